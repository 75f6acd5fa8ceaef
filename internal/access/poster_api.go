package access

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/pattern"
	"folje/internal/problem"
)

// ErrNoInvite (404): the group has no live invite to print (with that id).
var ErrNoInvite = problem.New(http.StatusNotFound, "error.no_invite")

// poster is the data of the printable A4 poster. Address is what a parent
// types who can't scan.
type poster struct {
	Municipality string `json:"municipality"`
	Address      string `json:"address"`
	Unit         string `json:"unit"`
	Group        string `json:"group"`
	shownCode
	Lines []posterLine `json:"lines"`
}

// posterLine says in one language what to do with the QR code, how without one,
// and of a slip that its code works once.
type posterLine struct {
	Locale string `json:"locale"`
	Dir    string `json:"dir"`
	Text   string `json:"text"`
	Typed  string `json:"typed"`
	Once   string `json:"once"`
}

// showPoster answers GET staff/groups/{id}/poster?invite=&letter= with the
// group's newest live invite, or the one asked for. With a letter's id the QR
// code leads to that letter.
func (a *api) showPoster(e *core.RequestEvent) error {
	_, group, err := a.inviter(e)
	if err != nil {
		return err
	}
	invite, err := a.posterInvite(e, group.Id)
	if err != nil {
		return err
	}
	shown, err := a.show(e.Request, invite, letterOf(e.Request))
	if err != nil {
		return err
	}
	about, err := a.posterOf(e, group)
	if err != nil {
		return err
	}
	about.shownCode = shown
	return answer(e, http.StatusOK, about)
}

// posterOf is what all papers of the group say, without a code.
func (a *api) posterOf(e *core.RequestEvent, group *core.Record) (poster, error) {
	unit, err := e.App.FindRecordById("units", group.GetString("unit"))
	if err != nil {
		return poster{}, fmt.Errorf("find the group's unit: %w", err)
	}
	name, address, err := municipality(e.App)
	if err != nil {
		return poster{}, err
	}
	if address == "" {
		address = typedAddress(a.Origin(e.Request))
	}
	return poster{
		Municipality: name, Address: address, Unit: unit.GetString("name"), Group: group.GetString("name"),
		Lines: a.posterLines(group.GetString("name"), address),
	}, nil
}

// letterOf is the letter that a code's link is to lead to, "" for none. Whether
// there is one is for the phone to find out.
func letterOf(r *http.Request) string {
	if id := r.URL.Query().Get("letter"); recordID.MatchString(id) {
		return id
	}
	return ""
}

// recordID is what PocketBase's ids look like.
var recordID = pattern.Of(`^[a-z0-9]{15}$`)

func (a *api) posterInvite(e *core.RequestEvent, group string) (*Invite, error) {
	live, err := FindInvites(e.App, group, a.Now())
	if err != nil {
		return nil, err
	}
	wanted := e.Request.URL.Query().Get("invite")
	i := slices.IndexFunc(live, func(i *Invite) bool { return wanted == "" || i.Id == wanted })
	if i < 0 {
		return nil, ErrNoInvite
	}
	return live[i], nil
}

func (a *api) posterLines(group, address string) []posterLine {
	var lines []posterLine
	for _, l := range a.Locales.Locales() {
		lines = append(lines, posterLine{
			Locale: l.Tag, Dir: l.Dir,
			Text:  a.Locales.Text(l.Tag, "poster.scan", map[string]any{"Group": group}),
			Typed: a.Locales.Text(l.Tag, "poster.type", map[string]any{"Address": address}),
			Once:  a.Locales.Text(l.Tag, "poster.once", nil),
		})
	}
	return lines
}

// municipality gives the name and the short address of the settings, "" where
// they are not set.
func municipality(app core.App) (name, address string, err error) {
	record, err := app.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		return "", "", fmt.Errorf("find the municipality's settings: %w", err)
	}
	var set struct{ Name, Address string }
	if err := record.UnmarshalJSONField("value", &set); err != nil {
		return "", "", fmt.Errorf("read the municipality's settings: %w", err)
	}
	return set.Name, set.Address, nil
}

// typedAddress is the origin as one types it, without the scheme that every
// browser adds.
func typedAddress(origin string) string {
	if u, err := url.Parse(origin); err == nil && u.Host != "" {
		return u.Host
	}
	return origin
}

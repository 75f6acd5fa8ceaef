package access

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/pocketbase/pocketbase/core"

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

// posterLine says in one language what to do with the QR code, and how without
// one.
type posterLine struct {
	Locale string `json:"locale"`
	Dir    string `json:"dir"`
	Text   string `json:"text"`
	Typed  string `json:"typed"`
}

// showPoster answers GET staff/groups/{id}/poster?invite= with the group's
// newest live invite, or the one asked for.
func (a *api) showPoster(e *core.RequestEvent) error {
	_, group, err := a.inviter(e)
	if err != nil {
		return err
	}
	invite, err := a.posterInvite(e, group.Id)
	if err != nil {
		return err
	}
	unit, err := e.App.FindRecordById("units", group.GetString("unit"))
	if err != nil {
		return fmt.Errorf("find the group's unit: %w", err)
	}
	shown, err := a.show(e.Request, invite)
	if err != nil {
		return err
	}
	name, address, err := municipality(e.App)
	if err != nil {
		return err
	}
	if address == "" {
		address = typedAddress(a.Origin(e.Request))
	}
	return answer(e, http.StatusOK, poster{
		Municipality: name, Address: address, Unit: unit.GetString("name"), Group: group.GetString("name"),
		shownCode: shown, Lines: a.posterLines(group.GetString("name"), address),
	})
}

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

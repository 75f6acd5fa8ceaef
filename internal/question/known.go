package question

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"folje/internal/access"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// mostLines bounds how many contacts of meetings are read, newest first.
const mostLines = 300

// known is what letters of the caller's units may hold without a warning: Names
// of colleagues, units and groups, the domains that colleagues write from (Mails,
// each with its @), Lines in which everything is the unit's own
// (where it is, whom parents reach, the public guide's contacts), and what the
// municipality Allowed.
type known struct {
	Names   []string `json:"names"`
	Mails   []string `json:"mails"`
	Lines   []string `json:"lines"`
	Allowed []string `json:"allowed"`
}

// knownTo gives what is known to somebody who writes letters; others get
// nothing but what everybody has, the guide's.
func knownTo(app core.App, staff *core.Record) (known, error) {
	k := known{Names: []string{}, Mails: []string{}, Lines: []string{}}
	if err := k.addGuide(app); err != nil {
		return k, err
	}
	if !access.HasRole(staff, access.RoleEditor) {
		return k, nil
	}
	units := staff.GetStringSlice("units")
	if access.IsAdmin(staff) {
		units = nil
	}
	for _, add := range []func(core.App, []string) error{k.addUnits, k.addColleagues, k.addMeetings} {
		if err := add(app, units); err != nil {
			return k, err
		}
	}
	k.Names, k.Mails, k.Lines = lines(k.Names), lines(k.Mails), lines(k.Lines)
	return k, nil
}

// of is the condition that a column names one of the units; nil units are all.
func of(column string, units []string) dbx.Expression {
	if units == nil {
		return nil
	}
	ids := make([]any, len(units))
	for i, id := range units {
		ids[i] = id
	}
	return dbx.In(column, ids...)
}

func (k *known) addUnits(app core.App, units []string) error {
	var rows []struct {
		Name    string `db:"name"`
		Address string `db:"address"`
	}
	if err := app.DB().Select("name", "address").From("units").Where(of("id", units)).OrderBy("name").All(&rows); err != nil {
		return fmt.Errorf("list units: %w", err)
	}
	for _, r := range rows {
		k.Names, k.Lines = append(k.Names, r.Name), append(k.Lines, r.Address)
	}
	var groups []string
	if err := app.DB().Select("name").From("groups").Where(of("unit", units)).OrderBy("name").Column(&groups); err != nil {
		return fmt.Errorf("list groups: %w", err)
	}
	k.Names = append(k.Names, groups...)
	return nil
}

// everybodys are domains at which anybody has an address: such a one is a
// person's own.
var everybodys = []string{"@gmail.com", "@googlemail.com", "@hotmail.com", "@hotmail.se", "@outlook.com", "@live.se", "@live.com", "@yahoo.com", "@yahoo.se", "@icloud.com", "@telia.com", "@proton.me"}

// addColleagues adds those who work in one of the units, and the domain that
// they write from; who left has neither any more.
func (k *known) addColleagues(app core.App, units []string) error {
	all, err := app.FindAllRecords("staff", dbx.HashExp{"left": ""})
	if err != nil {
		return fmt.Errorf("list colleagues: %w", err)
	}
	for _, r := range all {
		shared := units == nil || slices.ContainsFunc(r.GetStringSlice("units"), func(id string) bool { return slices.Contains(units, id) })
		if !shared {
			continue
		}
		k.Names = append(k.Names, r.GetString("name"))
		if _, domain, ok := strings.Cut(strings.ToLower(r.GetString("email")), "@"); ok && !slices.Contains(everybodys, "@"+domain) {
			k.Mails = append(k.Mails, "@"+domain)
		}
	}
	return nil
}

// addMeetings adds whom parents were to reach about the units' meetings. What is
// only planned is not known yet: it is being asked about.
func (k *known) addMeetings(app core.App, units []string) error {
	var rows []struct {
		Contact string `db:"contact"`
		HeldBy  string `db:"heldBy"`
	}
	query := app.DB().Select("contact", "heldBy").Distinct(true).From("meetings").
		Where(dbx.NewExp("published != ''")).AndWhere(of("unit", units)).OrderBy("starts DESC").Limit(mostLines)
	if err := query.All(&rows); err != nil {
		return fmt.Errorf("list the contacts of meetings: %w", err)
	}
	for _, r := range rows {
		k.Lines = append(k.Lines, r.Contact, r.HeldBy)
	}
	return nil
}

// addGuide adds what the guide tells everybody.
func (k *known) addGuide(app core.App) error {
	var rows []struct {
		Name     string        `db:"name"`
		Contacts types.JSONRaw `db:"contacts"` // may be NULL
		Place    types.JSONRaw `db:"place"`
	}
	err := app.DB().Select("name", "contacts", "place").From("guide_entries").
		Where(dbx.HashExp{"audience": "everyone", "hidden": false}).OrderBy("key").All(&rows)
	if err != nil {
		return fmt.Errorf("list the guide's contacts: %w", err)
	}
	for _, r := range rows {
		k.Names = append(k.Names, r.Name)
		for _, raw := range []types.JSONRaw{r.Contacts, r.Place} {
			var value any
			if json.Unmarshal(raw, &value) == nil {
				k.Lines = append(k.Lines, texts(value)...)
			}
		}
	}
	return nil
}

// texts are the strings of a JSON value.
func texts(value any) (out []string) {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		for _, part := range v {
			out = append(out, texts(part)...)
		}
	case map[string]any:
		for _, part := range v {
			out = append(out, texts(part)...)
		}
	}
	slices.Sort(out)
	return out
}

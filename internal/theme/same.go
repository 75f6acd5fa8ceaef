package theme

import (
	"fmt"
	"slices"
	"time"

	"folje/internal/access"
	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Same is something else on the evening of a row, which a family with several
// children may have to choose between. It is found by units and years alone,
// never by whose phones follow what: that would tell who has which children.
type Same struct {
	Unit   string  `json:"unit"`            // its name
	Theme  string  `json:"theme,omitempty"` // of another row, its title
	Years  *[2]int `json:"years,omitempty"`
	Starts string  `json:"starts,omitempty"` // of a meeting
}

// pointOut says of each row what else there is on its day: other rows of the
// same copy, rows of any school's plan, which are public, and the meetings of
// units that the member of staff works in.
func pointOut(app core.App, staff *core.Record, unit string, rows []Copied) error {
	own, err := find(app, "units", unit)
	if err != nil || own == nil {
		return err
	}
	for i := range rows {
		if rows[i].Day == "" {
			continue
		}
		for j, other := range rows {
			if i != j && other.Day == rows[i].Day && !rows[j].There {
				title, err := titleOf(app, other.Theme)
				if err != nil {
					return err
				}
				rows[i].Same = append(rows[i].Same, Same{Unit: own.GetString("name"), Theme: title, Years: &rows[j].Years})
			}
		}
		more, err := sameEvening(app, staff, rows[i].Day, nil)
		if err != nil {
			return err
		}
		rows[i].Same = append(rows[i].Same, more...)
	}
	return nil
}

// sameEvening lists the rows and meetings of a day, without the row given and
// its meetings.
func sameEvening(app core.App, staff *core.Record, day string, but *Plan) ([]Same, error) {
	same := []Same{}
	rows, err := rowsOf(app, dbx.HashExp{"day": day})
	if err != nil {
		return nil, err
	}
	var planned []string
	for _, p := range rows {
		planned = append(planned, p.Meetings()...)
		if but != nil && p.Id == but.Id {
			continue
		}
		title, err := titleOf(app, p.Theme())
		if err != nil {
			return nil, err
		}
		name, err := unitName(app, p.Unit())
		if err != nil {
			return nil, err
		}
		years := p.Years()
		same = append(same, Same{Unit: name, Theme: title, Years: &years})
	}
	meetings, err := meetingsOn(app, staff, day)
	if err != nil {
		return nil, err
	}
	for _, m := range meetings {
		if slices.Contains(planned, m.Id) || but != nil && slices.Contains(but.Meetings(), m.Id) {
			continue
		}
		name, err := unitName(app, m.GetString("unit"))
		if err != nil {
			return nil, err
		}
		same = append(same, Same{Unit: name, Starts: m.GetDateTime("starts").Time().Format(time.RFC3339)})
	}
	return same, nil
}

// meetingsOn are the meetings of a day, by the clock in Stockholm, that are not
// cancelled, of the units that the member of staff works in.
func meetingsOn(app core.App, staff *core.Record, day string) ([]*core.Record, error) {
	from, err := time.ParseInLocation(time.DateOnly, day, zone.Stockholm())
	if err != nil {
		return nil, fmt.Errorf("read the day of a row: %w", err)
	}
	var found []*core.Record
	err = app.RecordQuery("meetings").AndWhere(dbx.HashExp{"cancelled": ""}).
		AndWhere(dbx.NewExp("[[starts]] >= {:from} AND [[starts]] < {:to}", dbx.Params{
			"from": sortable(from), "to": sortable(from.AddDate(0, 0, 1)),
		})).OrderBy("starts", "id").All(&found)
	if err != nil {
		return nil, fmt.Errorf("list the day's meetings: %w", err)
	}
	return slices.DeleteFunc(found, func(m *core.Record) bool { return !access.InUnit(staff, m.GetString("unit")) }), nil
}

// sortable is a time as PocketBase stores it, in UTC and sortable as text.
func sortable(t time.Time) string { return t.UTC().Format(types.DefaultDateLayout) }

func titleOf(app core.App, theme string) (string, error) {
	r, err := find(app, themes, theme)
	if err != nil || r == nil {
		return "", err
	}
	return Theme{r}.Title(), nil
}

func unitName(app core.App, unit string) (string, error) {
	r, err := find(app, "units", unit)
	if err != nil || r == nil {
		return "", err
	}
	return r.GetString("name"), nil
}

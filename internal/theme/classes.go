package theme

import (
	"fmt"
	"slices"
	"strconv"

	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Class is a group of the row's years.
type Class struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Made bool   `json:"made"` // it has its meeting
}

// Usual is how a school's meetings are: clocks in Stockholm, such as 18:00.
type Usual struct {
	From      string `json:"from"`
	To        string `json:"to"`
	Place     string `json:"place"`
	HeldBy    string `json:"heldBy"`
	Contact   string `json:"contact"`
	Childcare bool   `json:"childcare"`
}

// evening is what is usual where a school has had no meeting yet.
var evening = Usual{From: "18:00", To: "19:30"}

// classesOf are the groups of the school with some of the row's years.
func classesOf(app core.App, p Plan) ([]Class, error) {
	groups, err := app.FindRecordsByFilter("groups", "unit = {:unit}", "name", 0, 0, dbx.Params{"unit": p.Unit()})
	if err != nil {
		return nil, fmt.Errorf("list the school's classes: %w", err)
	}
	made, err := invited(app, p)
	if err != nil {
		return nil, err
	}
	classes := []Class{}
	for _, g := range groups {
		if years, ok := yearsOf(g); ok && meet(years, p.Years()) {
			classes = append(classes, Class{g.Id, g.GetString("name"), slices.Contains(made, g.Id)})
		}
	}
	return classes, nil
}

// yearsOf are the years of school in a class; false for a group that has none.
func yearsOf(group *core.Record) ([2]int, bool) {
	from, err := strconv.Atoi(group.GetString("yearFrom"))
	if err != nil {
		return [2]int{}, false
	}
	to, err := strconv.Atoi(group.GetString("yearTo"))
	if err != nil || to < from {
		to = from
	}
	return [2]int{from, to}, true
}

// invited are the groups of the row's meetings that are not cancelled.
func invited(app core.App, p Plan) ([]string, error) {
	found, err := app.FindRecordsByIds("meetings", p.Meetings())
	if err != nil {
		return nil, fmt.Errorf("find the row's meetings: %w", err)
	}
	var groups []string
	for _, m := range found {
		if m.GetDateTime("cancelled").IsZero() {
			groups = append(groups, m.GetStringSlice("groups")...)
		}
	}
	return groups, nil
}

// usualOf is how the unit's thematic meeting was that was planned last, or what
// is usual anywhere.
func usualOf(app core.App, unit string) (Usual, error) {
	found, err := app.FindRecordsByFilter("meetings", "unit = {:unit} && kind = 'thematic'", "-created", 1, 0, dbx.Params{"unit": unit})
	if err != nil {
		return evening, fmt.Errorf("find the unit's last meeting: %w", err)
	}
	if len(found) == 0 {
		return evening, nil
	}
	m := found[0]
	usual := Usual{Place: m.GetString("place"), HeldBy: m.GetString("heldBy"), Contact: m.GetString("contact"),
		Childcare: m.GetBool("childcare"), From: clock(m, "starts"), To: clock(m, "ends")}
	if usual.To <= usual.From {
		usual.To = ""
	}
	return usual, nil
}

func clock(m *core.Record, field string) string {
	at := m.GetDateTime(field).Time()
	if at.IsZero() {
		return ""
	}
	return at.In(zone.Stockholm()).Format("15:04")
}

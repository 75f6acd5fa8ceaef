package town

import (
	"net/http"
	"net/url"
	"time"
)

// Saves stores a new record of a collection and answers its id.
func (o *Office) Saves(collection string, fields map[string]any) string {
	o.town.r.Helper()
	var made struct{ ID string }
	o.ask(http.MethodPost, "/api/collections/"+collection+"/records", fields, &made)
	return made.ID
}

// Unit answers the id of the unit that a group is of.
func (o *Office) Unit(group string) string {
	o.town.r.Helper()
	return o.group(group).Unit
}

// GivesYears says which years of school are in a class, as digits.
func (o *Office) GivesYears(group, from, to string) {
	o.town.r.Helper()
	o.ask(http.MethodPatch, "/api/collections/groups/records/"+o.group(group).ID, map[string]string{"yearFrom": from, "yearTo": to}, nil)
}

// Term is one of the municipality's.
type Term struct{ ID, Name, Starts, Ends string }

// TermOf answers the term that has the day. Where there is none it makes one
// round it.
func (o *Office) TermOf(day time.Time) Term {
	o.town.r.Helper()
	var found struct{ Items []Term }
	at := day.Format(time.DateOnly)
	o.ask(http.MethodGet, "/api/collections/terms/records?filter="+url.QueryEscape("starts <= '"+at+"' && ends >= '"+at+"'"), nil, &found)
	if len(found.Items) > 0 {
		return found.Items[0]
	}
	o.ask(http.MethodPost, "/api/collections/terms/records", map[string]any{
		"name": "Terminen", "starts": day.AddDate(0, 0, -20).Format(time.DateOnly), "ends": day.AddDate(0, 0, 30).Format(time.DateOnly),
	}, &found)
	return o.TermOf(day)
}

package municipality_test

import (
	"net/http"
	"testing"

	"folje/internal/apptest"
)

func TestNamesOfUnitsAndGroupsAreOnesOwn(t *testing.T) {
	w := newWorld(t)
	unit := apptest.MustUnit(t, w.app, "Ängen")
	other := apptest.MustUnit(t, w.app, "Skogen")
	group, next := apptest.MustGroup(t, w.app, unit, "Tallen"), apptest.MustGroup(t, w.app, other, "Eken")
	for name, c := range map[string]struct {
		method, path string
		body         map[string]any
		field, code  string
	}{
		"a unit twice":         {"POST", "units/records", map[string]any{"name": " ängen ", "kind": "school"}, "name", "error.unit_name_taken"},
		"another name":         {"POST", "units/records", map[string]any{"name": "Dalen", "kind": "school"}, "", ""},
		"a group twice":        {"POST", "groups/records", map[string]any{"name": "TALLEN", "unit": unit.Id}, "name", "error.group_name_taken"},
		"in another unit":      {"POST", "groups/records", map[string]any{"name": "Tallen", "unit": other.Id}, "", ""},
		"years upside down":    {"PATCH", "groups/records/" + group.Id, map[string]any{"yearFrom": "3", "yearTo": "1"}, "yearTo", "error.group_years"},
		"moved to a unit":      {"PATCH", "groups/records/" + group.Id, map[string]any{"unit": other.Id}, "unit", "error.field_invalid"},
		"children":             {"PATCH", "groups/records/" + group.Id, map[string]any{"children": 17}, "", ""},
		"far too many":         {"PATCH", "groups/records/" + group.Id, map[string]any{"children": 1000}, "children", "validation_max_number_constraint"},
		"asked for a year":     {"PATCH", "groups/records/" + group.Id, map[string]any{"moves": map[string]any{"from": "2027-01-01", "until": "2027-12-31", "to": []string{}}}, "moves", "error.group_moves"},
		"asked backwards":      {"PATCH", "groups/records/" + group.Id, map[string]any{"moves": map[string]any{"from": "2027-08-10", "until": "2027-08-01", "to": []string{}}}, "moves", "error.group_moves"},
		"on to nowhere":        {"PATCH", "groups/records/" + group.Id, map[string]any{"moves": map[string]any{"from": "2027-08-10", "until": "2027-08-31", "to": []string{"nothing"}}}, "moves", "error.group_moves"},
		"on to itself":         {"PATCH", "groups/records/" + group.Id, map[string]any{"moves": map[string]any{"from": "2027-08-10", "until": "2027-08-31", "to": []string{group.Id}}}, "moves", "error.group_moves"},
		"on to another":        {"PATCH", "groups/records/" + group.Id, map[string]any{"moves": map[string]any{"from": "2027-08-10", "until": "2027-08-31", "to": []string{next.Id}}}, "", ""},
		"asked nothing":        {"PATCH", "groups/records/" + next.Id, map[string]any{"moves": map[string]any{"from": "", "until": "", "to": []string{}}}, "", ""},
		"a unit with groups":   {"DELETE", "units/records/" + unit.Id, nil, "name", "error.unit_used"},
		"a group with nothing": {"DELETE", "groups/records/" + apptest.MustGroup(t, w.app, unit, "Granen").Id, nil, "", ""},
	} {
		a := apptest.Ask(t, w.handler, w.tokens["admin"], c.method, "/api/collections/"+c.path, c.body)
		if c.field == "" && a.Status >= 400 || c.field != "" && a.Get("data", c.field, "code") != c.code {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
}

func TestAGroupWithPhonesOrLettersStays(t *testing.T) {
	w := newWorld(t)
	unit := apptest.MustUnit(t, w.app, "Ängen")
	followed, written := apptest.MustGroup(t, w.app, unit, "Tallen"), apptest.MustGroup(t, w.app, unit, "Granen")
	device := apptest.MustRecord(t, w.app, "devices", map[string]any{
		"id": "dddddddd-0000-4000-8000-000000000000", "secretHash": "0000000000000000000000000000000000000000000000000000000000000000", "locale": "sv"})
	apptest.MustRecord(t, w.app, "memberships", map[string]any{"device": device.Id, "group": followed.Id, "ends": "2027-11-22 09:00:00.000Z"})
	apptest.MustRecord(t, w.app, "letters", map[string]any{"unit": unit.Id, "groups": []string{written.Id}, "title": "Hej"})
	for _, id := range []string{followed.Id, written.Id} {
		a := apptest.Ask(t, w.handler, w.tokens["admin"], http.MethodDelete, "/api/collections/groups/records/"+id, nil)
		if a.Status != http.StatusBadRequest || a.Get("data", "name", "code") != "error.group_used" {
			t.Errorf("%d %s", a.Status, a.Body)
		}
	}
}

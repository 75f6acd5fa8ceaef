package apptest

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// Password is every test member of staff's.
const Password = "ett långt lösenord"

// MustRecord saves a record of the collection with the values given.
func MustRecord(tb testing.TB, app core.App, collection string, values map[string]any) *core.Record {
	tb.Helper()
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		tb.Fatalf("find collection %s: %v", collection, err)
	}
	r := core.NewRecord(c)
	r.Load(values)
	if err := app.Save(r); err != nil {
		tb.Fatalf("save %s: %v", collection, err)
	}
	return r
}

// MustUnit saves a preschool.
func MustUnit(tb testing.TB, app core.App, name string) *core.Record {
	tb.Helper()
	return MustRecord(tb, app, "units", map[string]any{"name": name, "kind": "preschool"})
}

// MustGroup saves a group of the unit.
func MustGroup(tb testing.TB, app core.App, unit *core.Record, name string) *core.Record {
	tb.Helper()
	return MustRecord(tb, app, "groups", map[string]any{"name": name, "unit": unit.Id})
}

// MustStaff saves a member of staff with [Password]; translators read en and ar.
func MustStaff(tb testing.TB, app core.App, email string, roles []string, units ...*core.Record) *core.Record {
	tb.Helper()
	ids := make([]string, len(units))
	for i, u := range units {
		ids[i] = u.Id
	}
	values := map[string]any{"name": email, "email": email, "password": Password, "verified": true, "roles": roles, "units": ids}
	for _, role := range roles {
		if role == "translator" {
			values["locales"] = []string{"en", "ar"}
		}
	}
	return MustRecord(tb, app, "staff", values)
}

// MustMeeting saves a QPM meeting of the groups, which are all of one unit.
func MustMeeting(tb testing.TB, app core.App, starts time.Time, groups ...*core.Record) *core.Record {
	tb.Helper()
	return MustRecord(tb, app, "meetings", map[string]any{
		"kind": "qpm", "unit": groups[0].GetString("unit"), "groups": ids(groups),
		"starts": starts.UTC(), "ends": starts.Add(90 * time.Minute).UTC(), "place": "Stora rummet",
		"question": "Hur kan vi hjälpas åt så att barnen får sova gott?",
	})
}

// MustToken signs the member of staff in and gives the Authorization header.
func MustToken(tb testing.TB, staff *core.Record) string {
	tb.Helper()
	token, err := staff.NewAuthToken()
	if err != nil {
		tb.Fatalf("sign in: %v", err)
	}
	return token
}

func ids(records []*core.Record) []string {
	out := make([]string, len(records))
	for i, r := range records {
		out[i] = r.Id
	}
	return out
}

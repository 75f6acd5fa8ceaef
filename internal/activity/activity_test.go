package activity_test

import (
	"net/http"
	"testing"
	"time"

	"folje/internal/activity"
	"folje/internal/apptest"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const path = "/api/collections/activities/records"

// centre is a family centre with its editor Eva, and Bo, an editor elsewhere.
type centre struct {
	*testing.T
	app     core.App
	h       http.Handler
	now     time.Time
	eva, bo string
	unit    *core.Record
}

func open(t *testing.T) *centre {
	t.Helper()
	app, bundle := apptest.New(t), apptest.Locales(t)
	c := &centre{T: t, app: app, now: at("2026-09-02 12:00")}
	clock := func() time.Time { return c.now }
	source := activity.Register(app, activity.Config{Locales: bundle, Now: clock})
	sync.Register(app, sync.Config{
		Locales: bundle, Sources: map[string]sync.Source{"activities": source}, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock,
	})
	translation.RegisterDesk(app, translation.DeskConfig{Locales: bundle, Works: []translation.Work{activity.Work()}, Now: clock})
	c.unit = apptest.MustUnit(t, app, "Familjecentralen")
	c.eva = apptest.MustToken(t, apptest.MustStaff(t, app, "eva@example.org", []string{"editor"}, c.unit))
	c.bo = apptest.MustToken(t, apptest.MustStaff(t, app, "bo@example.org", []string{"editor", "coordinator"}, apptest.MustUnit(t, app, "Granen")))
	c.h = apptest.Handler(t, app)
	return c
}

func (c *centre) ask(who, method, path string, body any) apptest.Answer {
	c.Helper()
	return apptest.Ask(c, c.h, who, method, path, body)
}

func (c *centre) body(change map[string]any) map[string]any {
	body := map[string]any{"unit": c.unit.Id, "title": "Öppen förskola", "information": "Kom och gå som du vill.", "place": "Pilgården",
		"ageFrom": 0, "ageTo": 5, "starts": "2026-08-18T09:00", "ends": "2026-08-18T11:30", "rrule": "FREQ=WEEKLY;BYDAY=TU,TH"}
	for name, value := range change {
		body[name] = value
	}
	return body
}

func (c *centre) add(change map[string]any) string {
	c.Helper()
	a := c.ask(c.eva, "POST", path, c.body(change))
	if a.Status != http.StatusOK {
		c.Fatalf("save: %d %s", a.Status, a.Body)
	}
	return a.Get("id").(string)
}

// feed gives the records after a cursor, what is gone, and the next cursor.
func (c *centre) feed(after string) (records []map[string]any, gone []any, cursor string) {
	c.Helper()
	a := c.ask("", "GET", "/api/folje/v1/feeds/public?after="+after, nil)
	all, _ := a.Get("records").([]any)
	for _, r := range all {
		records = append(records, r.(map[string]any))
	}
	gone, _ = a.Get("gone").([]any)
	return records, gone, a.Get("cursor").(string)
}

func TestAnActivityReachesPhonesWithItsTimes(t *testing.T) {
	c := open(t)
	id := c.add(map[string]any{"exceptions": []map[string]any{{"on": "2026-09-03", "cancelled": true}}})
	records, _, _ := c.feed("")
	if len(records) != 1 || records[0]["id"] != id || records[0]["kind"] != "activity" {
		t.Fatalf("phones have %v", records)
	}
	times := records[0]["times"].([]any)
	first, last := times[0].([]any), times[len(times)-1].([]any)
	if len(times) != 51 || first[0] != "2026-09-01T07:00:00Z" || first[1] != "2026-09-01T09:30:00Z" || last[0] != "2027-02-25T08:00:00Z" {
		t.Errorf("%d times, from %v to %v", len(times), first, last)
	}
	if off := records[0]["cancelled"].([]any); len(off) != 1 || off[0] != "2026-09-03T07:00:00Z" || records[0]["until"] != "" {
		t.Errorf("off: %v, until %v", off, records[0]["until"])
	}
}

// Phones hear of later times once a week, and only of what has later ones.
func TestLaterTimesAreTold(t *testing.T) {
	c := open(t)
	weekly, once := c.add(nil), c.add(map[string]any{"title": "Höstfest", "starts": "2026-09-12T13:00", "ends": "2026-09-12T15:00", "rrule": ""})
	ending := c.add(map[string]any{"title": "Babycafé", "starts": "2026-08-20T13:00", "ends": "2026-08-20T15:00", "rrule": "FREQ=WEEKLY;UNTIL=20261001T215959Z"})
	_, _, cursor := c.feed("")
	told := func(day string) (ids []string, gone []any) {
		t.Helper()
		c.now = at(day + " 02:17")
		if err := activity.Extend(c.app, c.now); err != nil {
			t.Fatal(err)
		}
		var records []map[string]any
		records, gone, cursor = c.feed(cursor)
		for _, r := range records {
			ids = append(ids, r["id"].(string))
		}
		return ids, gone
	}
	if ids, gone := told("2026-09-06"); len(ids)+len(gone) != 0 {
		t.Errorf("in the same week they are told %v %v", ids, gone)
	}
	if ids, gone := told("2026-09-07"); len(ids) != 1 || ids[0] != weekly || len(gone) != 0 {
		t.Errorf("in the next week they are told %v %v", ids, gone)
	}
	if ids, gone := told("2026-09-08"); len(ids)+len(gone) != 0 {
		t.Errorf("on its Tuesday they are told %v %v", ids, gone)
	}
	if ids, gone := told("2026-09-14"); len(ids) != 1 || len(gone) != 1 || gone[0] != once {
		t.Errorf("after the feast they are told %v %v", ids, gone)
	}
	if _, gone := told("2026-10-05"); len(gone) != 1 || gone[0] != ending {
		t.Errorf("after the last one they are told %v", gone)
	}
}

func TestWhatPhonesLose(t *testing.T) {
	c := open(t)
	hidden, deleted := c.add(nil), c.add(map[string]any{"title": "Babycafé"})
	_, _, cursor := c.feed("")
	if a := c.ask(c.eva, "PATCH", path+"/"+hidden, map[string]any{"hidden": true, "base": 1}); a.Status != http.StatusOK {
		t.Fatalf("hide: %d %s", a.Status, a.Body)
	}
	if a := c.ask(c.eva, "DELETE", path+"/"+deleted, nil); a.Status != http.StatusNoContent {
		t.Fatalf("delete: %d %s", a.Status, a.Body)
	}
	if records, gone, _ := c.feed(cursor); len(records) != 0 || len(gone) != 2 {
		t.Errorf("%v, gone %v", records, gone)
	}
	// A unit's new name is told with what it holds, not with what is hidden.
	shown := c.add(map[string]any{"title": "Språkcafé"})
	_, _, cursor = c.feed("")
	c.unit.Set("name", "Familjens hus")
	if err := c.app.Save(c.unit); err != nil {
		t.Fatal(err)
	}
	records, _, _ := c.feed(cursor)
	if len(records) != 1 || records[0]["id"] != shown || records[0]["unit"].(map[string]any)["name"] != "Familjens hus" {
		t.Errorf("then %v", records)
	}
}

func TestBadActivitiesAreToldAtTheField(t *testing.T) {
	c := open(t)
	for _, bad := range []struct {
		name, field, code string
		change            map[string]any
	}{
		{"no title", "title", "error.field_required", map[string]any{"title": " "}},
		{"ages backwards", "ageTo", "error.activity_ages", map[string]any{"ageFrom": 5, "ageTo": 2}},
		{"grown up", "ageTo", "error.activity_ages", map[string]any{"ageTo": 21}},
		{"no start", "starts", "error.field_invalid", map[string]any{"starts": "snart"}},
		{"long ago", "starts", "error.field_invalid", map[string]any{"starts": "1926-08-17T09:00", "ends": "1926-08-17T10:00"}},
		{"a Monday", "starts", "error.activity_first", map[string]any{"starts": "2026-08-17T09:00", "ends": "2026-08-17T10:00"}},
		{"backwards", "ends", "error.activity_ends", map[string]any{"ends": "2026-08-18T08:30"}},
		{"no rule", "rrule", "error.activity_rule", map[string]any{"rrule": "varje tisdag"}},
		{"before there were clocks", "starts", "error.field_invalid", map[string]any{"starts": "0002-01-01T09:00", "ends": "0002-01-01T10:00",
			"rrule": "FREQ=DAILY", "exceptions": []any{map[string]any{"on": "2026-13-01", "cancelled": true}}}},
		{"every second", "rrule", "error.activity_rule", map[string]any{"rrule": "FREQ=SECONDLY"}},
		{"cancelled on a Monday", "exceptions", "error.activity_exception", map[string]any{"exceptions": []map[string]any{{"on": "2026-09-07", "cancelled": true}}}},
		{"exceptions are no list", "exceptions", "error.field_invalid", map[string]any{"exceptions": "none"}},
	} {
		a := c.ask(c.eva, "POST", path, c.body(bad.change))
		if got := a.Get("data", bad.field, "code"); a.Status != http.StatusBadRequest || got != bad.code {
			t.Errorf("%s: %d %s", bad.name, a.Status, a.Body)
		}
		if bad.field == "title" || bad.field == "ageTo" {
			continue
		}
		if a = c.ask(c.eva, "POST", "/api/folje/v1/staff/activities/times", c.body(bad.change)); a.Status != http.StatusBadRequest {
			t.Errorf("%s, previewed: %d %s", bad.name, a.Status, a.Body)
		}
	}
	id := c.add(nil)
	if a := c.ask(c.eva, "PATCH", path+"/"+id, map[string]any{"place": "Här", "base": 7}); a.Status != http.StatusConflict {
		t.Errorf("from another base: %d %s", a.Status, a.Body)
	}
	if a := c.ask(c.bo, "PATCH", path+"/"+id, map[string]any{"place": "Här", "base": 1}); a.Status != http.StatusNotFound {
		t.Errorf("by an editor elsewhere: %d", a.Status)
	}
	if a := c.ask(c.eva, "POST", "/api/folje/v1/staff/activities/times", c.body(nil)); a.Status != http.StatusOK || len(a.Get("times").([]any)) != 52 {
		t.Errorf("a preview: %d %s", a.Status, a.Body)
	}
	if a := c.ask("", "POST", "/api/folje/v1/staff/activities/times", c.body(nil)); a.Status != http.StatusUnauthorized {
		t.Errorf("by nobody: %d", a.Status)
	}
}

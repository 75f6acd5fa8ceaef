package theme_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/meeting"
	"folje/internal/sync"
	"folje/internal/theme"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

var now = time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)

// school is a server with themes, plans and meetings, and a school whose editor
// is Eva; Cora is the coordinator, Bo an editor elsewhere.
type school struct {
	*testing.T
	app           core.App
	h             http.Handler
	cora, eva, bo string
	unit          *core.Record
	three, five   *core.Record
}

func open(t *testing.T) *school {
	t.Helper()
	app, bundle, clock := apptest.New(t), apptest.Locales(t), func() time.Time { return now }
	sources := theme.Register(app, theme.Config{Locales: bundle, Now: clock})
	sources["meetings"] = meeting.Register(app, meeting.Config{Locales: bundle, Now: clock})
	sync.Register(app, sync.Config{
		Locales: bundle, Sources: sources, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock,
	})
	translation.RegisterDesk(app, translation.DeskConfig{Locales: bundle, Works: []translation.Work{theme.Work(), meeting.Work()}, Now: clock})
	s := &school{T: t, app: app, unit: apptest.MustUnit(t, app, "Bergskolan")}
	other := apptest.MustUnit(t, app, "Granen")
	s.three = apptest.MustRecord(t, app, "groups", map[string]any{"name": "3A", "unit": s.unit.Id, "yearFrom": "3", "yearTo": "3"})
	s.five = apptest.MustRecord(t, app, "groups", map[string]any{"name": "4–5B", "unit": s.unit.Id, "yearFrom": "4", "yearTo": "5"})
	apptest.MustGroup(t, app, s.unit, "Fritids")
	s.cora = apptest.MustToken(t, apptest.MustStaff(t, app, "cora@example.org", []string{"coordinator"}))
	s.eva = apptest.MustToken(t, apptest.MustStaff(t, app, "eva@example.org", []string{"editor"}, s.unit))
	s.bo = apptest.MustToken(t, apptest.MustStaff(t, app, "bo@example.org", []string{"editor", "translator", "steget"}, other))
	s.h = apptest.Handler(t, app)
	return s
}

func (s *school) ask(who, method, path string, body any) apptest.Answer {
	s.Helper()
	return apptest.Ask(s, s.h, who, method, path, body)
}

// add saves a record through the API and gives its id.
func (s *school) add(who, collection string, body map[string]any) string {
	s.Helper()
	a := s.ask(who, "POST", "/api/collections/"+collection+"/records", body)
	if a.Status != http.StatusOK {
		s.Fatalf("save %s: %d %s", collection, a.Status, a.Body)
	}
	return a.Get("id").(string)
}

// theme adds a theme with all three parts.
func (s *school) theme(title string) string {
	s.Helper()
	return s.add(s.cora, "themes", map[string]any{
		"title": title, "also": []string{"Betygskriterier", " Betygskriterier "},
		"information": "Betyg ges från årskurs 6. Läraren berättar hur.\n- Ta med frågor", "discussion": "Hur pratar vi om betyg hemma?",
		"think": "Vad vill du veta?\nVad oroar?",
	})
}

func (s *school) terms() (autumn, spring string) {
	s.Helper()
	autumn = s.add(s.cora, "terms", map[string]any{"name": "Höstterminen 2026", "starts": "2026-08-18", "ends": "2026-12-18",
		"free": []map[string]string{{"from": "2026-10-26", "to": "2026-10-30", "name": "Höstlov"}}})
	spring = s.add(s.cora, "terms", map[string]any{"name": "Vårterminen 2027", "starts": "2027-01-11", "ends": "2027-06-11"})
	return autumn, spring
}

func (s *school) row(term, theme string, from, to int, day string) string {
	s.Helper()
	return s.add(s.eva, "term_plans", map[string]any{"unit": s.unit.Id, "term": term, "theme": theme, "yearFrom": from, "yearTo": to, "day": day})
}

// records are those of a kind in a scope's feed.
func (s *school) records(scope, kind string) (found []map[string]any, texts map[string]any) {
	s.Helper()
	a := s.ask("", "GET", "/api/folje/v1/feeds/"+scope, nil)
	if a.Status != http.StatusOK {
		s.Fatalf("feed: %d %s", a.Status, a.Body)
	}
	all, _ := a.Get("records").([]any)
	for _, r := range all {
		if m := r.(map[string]any); m["kind"] == kind {
			found = append(found, m)
		}
	}
	return found, a.Get("texts").(map[string]any)
}

func TestAThemeReachesEveryPhoneInParts(t *testing.T) {
	s := open(t)
	id := s.theme("Betyg och bedömning")
	found, texts := s.records("public", "theme")
	if len(found) != 1 || found[0]["id"] != id || found[0]["key"] != "betyg_och_bedomning" {
		t.Fatalf("the feed has %v", found)
	}
	var parts, kinds []string
	for _, b := range found[0]["blocks"].([]any) {
		parts = append(parts, b.(map[string]any)["part"].(string))
		kinds = append(kinds, b.(map[string]any)["kind"].(string))
	}
	if !slices.Equal(parts, []string{"information", "information", "discussion", "think", "think"}) ||
		!slices.Equal(kinds, []string{"paragraph", "item", "item", "item", "item"}) {
		t.Errorf("its blocks are %v %v", parts, kinds)
	}
	if also := found[0]["also"].([]any); len(also) != 1 || len(texts) != 7 {
		t.Errorf("it was called %v, its texts are %v", also, texts)
	}
	if a := s.ask(s.bo, "GET", "/api/folje/v1/staff/themes/"+id+"/places/ar", nil); a.Status != http.StatusNotFound && a.Status != http.StatusOK {
		t.Errorf("its places: %d", a.Status)
	}
}

func TestWhatIsWrongIsToldAtTheField(t *testing.T) {
	s := open(t)
	betyg := s.theme("Betyg och bedömning")
	autumn, spring := s.terms()
	s.row(autumn, betyg, 4, 6, "2026-11-12")
	row := func(change map[string]any) map[string]any {
		body := map[string]any{"unit": s.unit.Id, "term": spring, "theme": betyg, "yearFrom": 4, "yearTo": 6}
		for name, value := range change {
			body[name] = value
		}
		return body
	}
	for _, c := range []struct {
		name, who, collection, field, code string
		body                               map[string]any
	}{
		{"no title", s.cora, "themes", "title", "error.field_required", map[string]any{"title": "  "}},
		{"the title again", s.cora, "themes", "title", "error.theme_known", map[string]any{"title": "betyg OCH bedömning"}},
		{"a key with capitals", s.cora, "themes", "key", "error.field_invalid", map[string]any{"title": "Hälsa", "key": "Hälsa"}},
		{"a long part", s.cora, "themes", "think", "error.block_too_long", map[string]any{"title": "Hälsa", "think": string(make([]rune, 5001))}},
		{"also is no list", s.cora, "themes", "also", "error.theme_also", map[string]any{"title": "Hälsa", "also": "x"}},
		{"a term backwards", s.cora, "terms", "ends", "error.term_ends", map[string]any{"name": "X", "starts": "2028-08-18", "ends": "2028-08-01"}},
		{"a term of two years", s.cora, "terms", "ends", "error.term_ends", map[string]any{"name": "X", "starts": "2028-08-18", "ends": "2030-08-01"}},
		{"a term at another's time", s.cora, "terms", "starts", "error.term_overlap", map[string]any{"name": "X", "starts": "2026-12-01", "ends": "2027-01-05"}},
		{"free days outside", s.cora, "terms", "free", "error.term_free", map[string]any{"name": "X", "starts": "2028-08-18", "ends": "2028-12-18",
			"free": []map[string]string{{"from": "2029-01-01", "to": "2029-01-02", "name": "Lov"}}}},
		{"no day at all", s.cora, "terms", "starts", "error.field_invalid", map[string]any{"name": "X", "starts": "i morgon", "ends": "2028-12-18"}},
		{"years backwards", s.eva, "term_plans", "yearTo", "error.plan_years", row(map[string]any{"yearFrom": 6, "yearTo": 4})},
		{"no such year", s.eva, "term_plans", "yearTo", "error.plan_years", row(map[string]any{"yearTo": 10})},
		{"a day of another term", s.eva, "term_plans", "day", "error.plan_day_outside", row(map[string]any{"day": "2026-11-12"})},
		{"a day in the holidays", s.eva, "term_plans", "day", "error.plan_day_free", row(map[string]any{"term": autumn, "yearFrom": 7, "yearTo": 9, "day": "2026-10-28"})},
		{"a public holiday", s.eva, "term_plans", "day", "error.plan_day_holiday", row(map[string]any{"day": "2027-05-06"})},
		{"the row again", s.eva, "term_plans", "theme", "error.plan_known", row(map[string]any{"term": autumn, "yearFrom": 6, "yearTo": 9})},
		{"no theme", s.eva, "term_plans", "theme", "error.field_required", row(map[string]any{"theme": ""})},
	} {
		a := s.ask(c.who, "POST", "/api/collections/"+c.collection+"/records", c.body)
		if got := a.Get("data", c.field, "code"); a.Status != http.StatusBadRequest || got != c.code {
			t.Errorf("%s: %d %s", c.name, a.Status, a.Body)
		}
	}
}

func TestWhatIsUsedStays(t *testing.T) {
	s := open(t)
	betyg := s.theme("Betyg och bedömning")
	autumn, _ := s.terms()
	row := s.row(autumn, betyg, 4, 6, "2026-11-12")
	for path, want := range map[string][2]string{"themes/records/" + betyg: {"title", "error.theme_used"}, "terms/records/" + autumn: {"name", "error.term_used"}} {
		if a := s.ask(s.cora, "DELETE", "/api/collections/"+path, nil); a.Status != http.StatusBadRequest || a.Get("data", want[0], "code") != want[1] {
			t.Errorf("delete %s: %d %s", path, a.Status, a.Body)
		}
	}
	if a := s.ask(s.eva, "DELETE", "/api/collections/term_plans/records/"+row, nil); a.Status != http.StatusNoContent {
		t.Fatalf("delete the row: %d %s", a.Status, a.Body)
	}
	if found, _ := s.records("public", "plan"); len(found) != 0 {
		t.Errorf("phones have %v", found)
	}
	if a := s.ask(s.cora, "DELETE", "/api/collections/themes/records/"+betyg, nil); a.Status != http.StatusNoContent {
		t.Errorf("delete the theme: %d %s", a.Status, a.Body)
	}
}

// A theme is saved by one at a time; a term's new name reaches phones with the
// plan.
func TestChangesReachPhones(t *testing.T) {
	s := open(t)
	betyg := s.theme("Betyg och bedömning")
	autumn, _ := s.terms()
	s.row(autumn, betyg, 4, 6, "2026-11-12")
	at := "/api/collections/themes/records/" + betyg
	if a := s.ask(s.cora, "PATCH", at, map[string]any{"think": "Nytt?", "base": 0}); a.Status != http.StatusOK || a.Get("base") != 1.0 {
		t.Fatalf("change: %d %s", a.Status, a.Body)
	}
	if a := s.ask(s.cora, "PATCH", at, map[string]any{"think": "Äldre?", "base": 0}); a.Status != http.StatusConflict {
		t.Errorf("from an old base: %d %s", a.Status, a.Body)
	}
	if a := s.ask(s.eva, "PATCH", at, map[string]any{"think": "Min?", "base": 1}); a.Status != http.StatusNotFound {
		t.Errorf("an editor changes a theme: %d", a.Status)
	}
	if a := s.ask(s.cora, "PATCH", "/api/collections/terms/records/"+autumn, map[string]any{"name": "Hösten"}); a.Status != http.StatusOK {
		t.Fatalf("rename the term: %d %s", a.Status, a.Body)
	}
	s.unit.Set("name", "Nya skolan")
	if err := s.app.Save(s.unit); err != nil {
		t.Fatal(err)
	}
	found, _ := s.records("public", "plan")
	if len(found) != 1 || found[0]["term"].(map[string]any)["name"] != "Hösten" || found[0]["unit"].(map[string]any)["name"] != "Nya skolan" {
		t.Errorf("phones have %v", found)
	}
}

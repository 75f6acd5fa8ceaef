package question_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/policy"
	"folje/internal/question"

	"github.com/pocketbase/pocketbase/core"
)

const at = "/api/folje/v1/staff/question"

// office is a server with the rules, two units and their staff.
type office struct {
	*testing.T
	app              core.App
	helper           *question.Helper
	h                http.Handler
	eva, cora        string // an editor of Granen, the coordinator
	tara, root, none string
}

func open(t *testing.T, scripts ...string) *office {
	t.Helper()
	o := &office{T: t, app: apptest.New(t)}
	o.helper = question.Register(o.app, question.Config{Locales: apptest.Locales(t)})
	for _, script := range scripts {
		dir := t.TempDir()
		mustWrite(t, dir+"/a.pb.js", script)
		if err := policy.Register(o.app, dir, apptest.Locales(t), policy.Binding{Name: "$question", Value: o.helper.Add}); err != nil {
			t.Fatal(err)
		}
	}
	granen, linden := apptest.MustUnit(t, o.app, "Granen"), apptest.MustUnit(t, o.app, "Linden")
	kotten := apptest.MustGroup(t, o.app, granen, "Kotten")
	token := func(email string, roles []string, units ...*core.Record) string {
		return apptest.MustToken(t, apptest.MustStaff(t, o.app, email, roles, units...))
	}
	o.eva = token("eva@granen.example", []string{"editor"}, granen)
	token("bo@gmail.com", []string{"editor"}, granen)
	token("siv@linden.example", []string{"editor"}, linden)
	left := apptest.MustStaff(t, o.app, "gone@left.invalid", nil, granen)
	left.Set("left", "2026-11-01 09:00:00.000Z")
	if err := o.app.Save(left); err != nil {
		t.Fatal(err)
	}
	o.cora = token("cora@kommun.example", []string{"coordinator"})
	o.tara = token("tara@kommun.example", []string{"translator"}, granen)
	o.root = token("rut@kommun.example", []string{"admin"})
	m := apptest.MustMeeting(t, o.app, time.Date(2026, 11, 26, 17, 0, 0, 0, time.UTC), kotten)
	m.Set("contact", "Kim, 0980-12 34 56")
	m.Set("published", time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC))
	if err := o.app.Save(m); err != nil {
		t.Fatal(err)
	}
	planned := apptest.MustMeeting(t, o.app, time.Date(2026, 12, 3, 17, 0, 0, 0, time.UTC), kotten)
	planned.Set("contact", "070-765 43 21") // nobody was invited yet
	if err := o.app.Save(planned); err != nil {
		t.Fatal(err)
	}
	apptest.MustRecord(t, o.app, "guide_entries", map[string]any{"key": "bvc", "name": "BVC", "title": "Hälsa", "type": "service", "audience": "everyone",
		"contacts": []map[string]string{{"kind": "phone", "value": "0980-99 88 77"}}})
	apptest.MustRecord(t, o.app, "guide_entries", map[string]any{"key": "hemligt", "name": "Hemligt", "title": "Dolt", "type": "service", "audience": "staff",
		"contacts": []map[string]string{{"kind": "phone", "value": "0980-00 00 00"}}})
	o.h = apptest.Handler(t, o.app)
	return o
}

func (o *office) ask(who, method string, body any) apptest.Answer {
	o.Helper()
	return apptest.Ask(o, o.h, who, method, at, body)
}

// rule gives a rule of the answer, nil where there is none of the id.
func rule(a apptest.Answer, id string) map[string]any {
	for _, r := range a.Get("rules", "rules").([]any) {
		if r := r.(map[string]any); r["id"] == id {
			return r
		}
	}
	return nil
}

func changes(rules map[string]any, own ...any) map[string]any {
	return map[string]any{"base": 0, "changes": map[string]any{"rules": rules, "own": own, "allowed": []string{" Lilla  Anna ", ""}}}
}

func TestStaffReadTheRulesAndKeepersChangeThem(t *testing.T) {
	o := open(t)
	body := changes(map[string]any{
		"positive": map[string]any{"add": []string{" Tråkig* "}, "remove": []string{"inte"}, "advice": " Fråga glatt. "},
		"plain":    map[string]any{"off": true},
		"short":    map[string]any{"words": 12},
		"unknown":  map[string]any{"off": true},
	}, map[string]any{"words": []string{"Läxa*"}, "advice": "Säg hemuppgift."})
	for who, want := range map[string]int{o.none: 401, o.tara: 403, o.eva: 403, o.cora: 200} {
		if a := o.ask(who, http.MethodPut, body); a.Status != want {
			t.Errorf("changed: %d, want %d: %s", a.Status, want, a.Body)
		}
	}
	if a := o.ask(o.none, http.MethodGet, nil); a.Status != http.StatusUnauthorized {
		t.Errorf("read by anybody: %d", a.Status)
	}
	a := o.ask(o.eva, http.MethodGet, nil)
	positive := rule(a, "positive")
	finds := fmt.Sprint(positive["finds"])
	if !strings.Contains(finds, "tråkig*") || strings.Contains(finds, " inte ") || !strings.Contains(finds, "varför") || positive["advice"] != "Fråga glatt." {
		t.Errorf("positive: %v", positive)
	}
	if rule(a, "plain") != nil || rule(a, "short")["words"] != 12.0 || rule(a, "own.1")["advice"] != "Säg hemuppgift." {
		t.Errorf("rules: %s", a.Body)
	}
	if a.Get("changes") != nil || a.Get("base") != 1.0 {
		t.Errorf("an editor gets %v, %v", a.Get("changes"), a.Get("base"))
	}
	if got := fmt.Sprint(o.ask(o.cora, http.MethodGet, nil).Get("changes", "allowed")); got != "[Lilla Anna]" {
		t.Errorf("allowed: %s", got)
	}
	if a := o.ask(o.root, http.MethodPut, body); a.Status != http.StatusConflict || a.Get("current", "base") != 1.0 {
		t.Errorf("from an old base: %d %s", a.Status, a.Body)
	}
	body["base"] = 1
	if a := o.ask(o.root, http.MethodPut, body); a.Status != http.StatusOK || a.Get("base") != 2.0 {
		t.Errorf("from the new one: %d %s", a.Status, a.Body)
	}
}

func TestWhatIsWrongIsToldAtItsField(t *testing.T) {
	o := open(t)
	long := strings.Repeat("ö", 201)
	for field, body := range map[string]map[string]any{
		"rules.short":    changes(map[string]any{"short": map[string]any{"words": 3}}),
		"rules.positive": changes(map[string]any{"positive": map[string]any{"add": []string{long}}}),
		"rules.we":       changes(map[string]any{"we": map[string]any{"advice": long}}),
		"rules.open":     changes(map[string]any{"open": map[string]any{"add": []string{"*"}}}),
		"own.0.words":    changes(nil, map[string]any{"advice": "Så"}),
		"own.0.advice":   changes(nil, map[string]any{"words": []string{"så"}}),
		"own":            changes(nil, make([]any, 21)...),
	} {
		a := o.ask(o.cora, http.MethodPut, body)
		if a.Status != http.StatusBadRequest || a.Get("fields", field, "message") == nil {
			t.Errorf("%s: %d %s", field, a.Status, a.Body)
		}
	}
	if a := o.ask(o.cora, http.MethodGet, nil); a.Get("base") != 0.0 {
		t.Errorf("something was stored: %s", a.Body)
	}
}

// The row of the settings has a way of its own, so that saves are counted.
func TestTheRecordAPILeavesTheRulesAlone(t *testing.T) {
	o := open(t)
	o.ask(o.cora, http.MethodPut, changes(nil))
	r, err := o.app.FindFirstRecordByData("settings", "name", "question")
	if err != nil {
		t.Fatal(err)
	}
	a := apptest.Ask(t, o.h, o.root, http.MethodPatch, "/api/collections/settings/records/"+r.Id, map[string]any{"value": "nonsense"})
	if a.Status != http.StatusForbidden {
		t.Errorf("written past the route: %d %s", a.Status, a.Body)
	}
}

// Who writes for a unit is told what is its own; nobody hears of another's.
func TestWhatIsKnownIsTheUnitsOwn(t *testing.T) {
	o := open(t)
	known := func(who string) string {
		a := o.ask(who, http.MethodGet, nil)
		names := slices.DeleteFunc(a.Get("known", "names").([]any), func(name any) bool { return strings.Contains(name.(string), "@") }) // tests' staff are called what they are reached by
		return fmt.Sprint(names, a.Get("known", "mails"), a.Get("known", "lines"))
	}
	for who, want := range map[string]struct{ has, lacks []string }{
		o.eva:  {[]string{"Granen", "Kotten", "@granen.example", "0980-12 34 56", "BVC", "0980-99 88 77"}, []string{"Linden", "@linden.example", "@gmail.com", "Hemligt", "0980-00 00 00", "070-765 43 21"}},
		o.tara: {[]string{"BVC"}, []string{"Granen", "Kotten", "0980-12 34 56", "@granen.example"}},
		o.cora: {[]string{"BVC"}, []string{"Granen", "0980-12 34 56"}},
		o.root: {[]string{"Granen", "Linden", "Kotten", "@linden.example"}, []string{"Hemligt", "@left.invalid"}},
	} {
		got := known(who)
		for _, s := range want.has {
			if !strings.Contains(got, s) {
				t.Errorf("lacks %s: %s", s, got)
			}
		}
		for _, s := range want.lacks {
			if strings.Contains(got, s) {
				t.Errorf("has %s: %s", s, got)
			}
		}
	}
}

func TestThePolicyAddsRulesOfItsOwn(t *testing.T) {
	o := open(t, `$question({ words: ['Mobilförbud*'], advice: 'Säg mobilvanor.' })`)
	a := o.ask(o.eva, http.MethodGet, nil)
	if r := rule(a, "policy.1"); r == nil || r["advice"] != "Säg mobilvanor." || fmt.Sprint(r["finds"]) != "[mobilförbud*]" {
		t.Errorf("rules: %s", a.Body)
	}
	if err := o.helper.Add(question.Own{Words: []string{"x"}, Advice: "y"}); err == nil {
		t.Error("a rule came while the app serves")
	}
}

func TestABrokenRuleOfThePolicyStopsTheStart(t *testing.T) {
	for _, script := range []string{`$question({ words: [], advice: 'x' })`, `$question({ words: ['x'] })`, `$question({ words: ['*'], advice: 'x' })`, `$question()`} {
		app, dir := apptest.New(t), t.TempDir()
		h := question.Register(app, question.Config{Locales: apptest.Locales(t)})
		mustWrite(t, dir+"/july.pb.js", script)
		err := policy.Register(app, dir, apptest.Locales(t), policy.Binding{Name: "$question", Value: h.Add})
		if err == nil || !strings.Contains(err.Error(), "july.pb.js") || !strings.Contains(err.Error(), "$question") {
			t.Errorf("%s: %v", script, err)
		}
	}
}

// Every rule can be said: a message for its advice, its name, and both of its
// signs.
func TestEveryRuleHasItsWords(t *testing.T) {
	rules, err := question.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	says := apptest.Locales(t)
	seen := []string{}
	for _, r := range rules.Rules {
		ids := []string{"staff.question.advice." + r.ID, "staff.rules." + r.ID}
		if r.Sign {
			ids = append(ids, "staff.question.sign."+r.ID, "staff.question.sign."+r.ID+"_not")
		}
		for _, id := range ids {
			if text := says.Text("sv", id, nil); text == id || text == "" {
				t.Errorf("%s says nothing", id)
			}
		}
		if slices.Contains(seen, r.ID) {
			t.Errorf("%s is there twice", r.ID)
		}
		seen = append(seen, r.ID)
	}
}

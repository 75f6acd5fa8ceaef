package message_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"folje/internal/apptest"

	"github.com/pocketbase/dbx"
)

func TestWhoMayTranslateMessages(t *testing.T) {
	w := newWorld(t)
	unit := apptest.MustUnit(t, w.app, "Tallen")
	token := func(email string, roles ...string) string {
		return apptest.MustToken(t, apptest.MustStaff(t, w.app, email, roles, unit))
	}
	for _, c := range []struct {
		who, token, locale string
		want               int
	}{
		{"nobody", "", "ar", 401}, {"a phone", "Device x.y", "ar", 401},
		{"an editor", token("e@example.org", "editor"), "ar", 403},
		{"a coordinator", token("c@example.org", "coordinator"), "ar", 403},
		{"its translator", w.amal, "ar", 200}, {"another's translator", w.amal, "uk", 403}, {"a translator, the source", w.amal, "sv", 403},
		{"an administrator", token("a@example.org", "admin"), "uk", 200}, {"an administrator, the source", token("b@example.org", "admin"), "sv", 403},
		{"a locale there is not", w.amal, "xx", 404},
	} {
		places := "parent/places/" + c.locale
		status(t, w.ask(c.token, http.MethodGet, places, nil), c.want, "")
		for _, write := range []apptest.Answer{
			w.ask(c.token, http.MethodPut, places+"/a.right", map[string]any{"text": "x", "base": "wrong"}),
			w.ask(c.token, http.MethodPost, places+"/a.none/confirm", map[string]any{}),
		} {
			if refused := write.Status == c.want; refused == (c.want == 200) {
				t.Errorf("%s writes: %d %s", c.who, write.Status, write.Body)
			}
		}
	}
	status(t, w.ask(w.amal, http.MethodGet, "everybody/places/ar", nil), 404, "")
	status(t, w.ask(w.amal, http.MethodPut, "staff/places/ar/a.right", map[string]any{"text": "x"}), 404, "")
	status(t, w.ask(w.amal, http.MethodPut, "parent/places/ar/locale.name", map[string]any{"text": "x"}), 404, "")
}

func TestTheDeskShowsEveryForm(t *testing.T) {
	w := newWorld(t)
	a := w.ask(w.amal, http.MethodGet, "parent/places/ar", nil)
	var got []string
	for _, p := range a.JSON["places"].([]any) {
		p := p.(map[string]any)
		got = append(got, fmt.Sprint(p["segment"], " ", p["context"], " ", p["state"], " ", p["outdated"], " ", p["source"], " ", p["note"]))
	}
	want := []string{
		"a.hello  machine false Hej {{.Name}}, klockan 17:30. A greeting",
		"a.n zero machine false {{.Count}} brev Letters", "a.n one machine false {{.Count}} brev Letters", "a.n two machine false {{.Count}} brev Letters",
		"a.n few machine false {{.Count}} brev Letters", "a.n many machine false {{.Count}} brev Letters", "a.n other machine false {{.Count}} brev Letters",
		"a.old  reused true Så här nu Old", "a.right  reviewed false Rätt Right",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if a.JSON["title"] != "translate.messages.parent" || a.JSON["dir"] != "rtl" || a.JSON["total"] != 9.0 || a.JSON["missing"] != 0.0 {
		t.Errorf("head %v %v %v %v", a.JSON["title"], a.JSON["dir"], a.JSON["total"], a.JSON["missing"])
	}
	for audience, key := range map[string]string{"push": "push.x", "staff": "staff.x"} {
		places := w.ask(w.amal, http.MethodGet, audience+"/places/ar", nil).JSON["places"].([]any)
		if len(places) != 1 || places[0].(map[string]any)["segment"] != key {
			t.Errorf("%s: %v", audience, places)
		}
	}
}

func TestAnEditedMessageIsSaidAtOnce(t *testing.T) {
	w := newWorld(t)
	a := w.save(w.amal, "a.hello", "", "  أهلاً {{.Name}}،  الساعة 17:30. ")
	status(t, a, 200, "")
	if a.JSON["text"] != "أهلاً {{.Name}}، الساعة 17:30." || a.JSON["state"] != "reviewed" || a.JSON["draft"] != nil {
		t.Errorf("%s", a.Body)
	}
	if got := w.locales.Text("ar", "a.hello", map[string]any{"Name": 1}); got != "أهلاً 1، الساعة 17:30." {
		t.Errorf("says %q", got)
	}
	status(t, w.save(w.amal, "a.n", "few", "{{.Count}} رسائل الآن"), 200, "")
	if got := w.locales.TextCount("ar", "a.n", 3, nil); got != "3 رسائل الآن" {
		t.Errorf("says %q", got)
	}
	if got := w.locales.TextCount("ar", "a.n", 2, nil); got != "رسالتان" {
		t.Errorf("another form says %q", got)
	}
	if w.changed.Load() != 2 {
		t.Errorf("browsers got other texts %d times", w.changed.Load())
	}
	status(t, w.save(w.amal, "a.hello", "", ""), 200, "")
	if got := w.locales.Text("ar", "a.hello", map[string]any{"Name": 1}); got != "مرحبا 1، الساعة 17:30." {
		t.Errorf("taken back, says %q", got)
	}
	want := []string{"saved a.hello other أهلاً {{.Name}}، الساعة 17:30.", "saved a.n few {{.Count}} رسائل الآن", "removed a.hello other "}
	if got := w.history(); !slices.Equal(got, want) {
		t.Errorf("history %q", got)
	}
}

func TestADraftSaysNothing(t *testing.T) {
	w := newWorld(t)
	draft := func(text string) apptest.Answer {
		return w.ask(w.amal, http.MethodPut, at("a.hello"), map[string]any{"text": text, "draft": true, "base": w.place(w.amal, "a.hello", "")["version"]})
	}
	a := draft("أهلاً") // the name and the time are still to come
	status(t, a, 200, "")
	if a.JSON["draft"] != "أهلاً" || a.JSON["text"] != "مرحبا {{.Name}}، الساعة 17:30." || a.JSON["state"] != "machine" {
		t.Errorf("%s", a.Body)
	}
	if got := w.locales.Text("ar", "a.hello", map[string]any{"Name": 1}); got != "مرحبا 1، الساعة 17:30." || w.changed.Load() != 0 {
		t.Errorf("says %q, changed %d times", got, w.changed.Load())
	}
	status(t, w.save(w.amal, "a.hello", "", "أهلاً {{.Name}}، الساعة 17:30."), 200, "")
	status(t, draft("أهلاً بك"), 200, "")
	if p := w.place(w.amal, "a.hello", ""); p["draft"] != "أهلاً بك" || p["text"] != "أهلاً {{.Name}}، الساعة 17:30." {
		t.Errorf("%v", p)
	}
	status(t, draft(""), 200, "")
	if p := w.place(w.amal, "a.hello", ""); p["draft"] != nil || p["state"] != "reviewed" || w.changed.Load() != 1 {
		t.Errorf("%v, changed %d times", p, w.changed.Load())
	}
}

func TestAMisleadingTextIsRefused(t *testing.T) {
	w := newWorld(t)
	for text, code := range map[string]string{
		"أهلاً، الساعة 17:30.":                         "placeholder",
		"أهلاً {{.Name}}، الساعة 17:00.":               "time",
		"أهلاً {{.Name}} {{.Other}}، الساعة 17:30.":    "placeholder",
		"أهلاً {{if .Name}}x{{end}}، الساعة 17:30.":    "placeholder",
		"أهلاً {{.Name}، الساعة 17:30.":                "placeholder",
		"أهلاً {{.Name}}، الساعة 17:30. 0980-123 456.": "phone",
	} {
		a := w.save(w.amal, "a.hello", "", text)
		status(t, a, 400, "error.translation_check")
		if !strings.Contains(string(a.Body), `"`+code+`"`) {
			t.Errorf("%s: %s", text, a.Body)
		}
	}
	status(t, w.save(w.amal, "a.n", "one", "رسالة واحدة"), 200, "") // one may be said in words
	status(t, w.save(w.amal, "a.n", "many", "رسائل"), 400, "error.translation_check")
	status(t, w.save(w.amal, "a.hello", "", strings.Repeat("x", 2001)), 400, "error.invalid")
	status(t, w.save(w.amal, "a.right", "", strings.Repeat("صحيح ", 10)), 400, "error.translation_check") // it is a button
	if a := w.save(w.amal, "a.right", "", "\u200f\u200c"); a.JSON["text"] != "صحيح" {                     // nothing to be seen is nothing
		t.Errorf("%s", a.Body)
	}
	if len(w.history()) != 1 {
		t.Errorf("history %q", w.history())
	}
}

func TestTwoTranslatorsAtOnePlace(t *testing.T) {
	w := newWorld(t)
	seen := w.place(w.ib, "a.right", "")["version"]
	status(t, w.save(w.amal, "a.right", "", "مضبوط"), 200, "")
	a := w.ask(w.ib, http.MethodPut, at("a.right"), map[string]any{"text": "تمام", "base": seen})
	status(t, a, 409, "error.translation_conflict")
	current, ok := a.JSON["current"].(map[string]any)
	if !ok || current["text"] != "مضبوط" || current["segment"] != "a.right" {
		t.Fatalf("%s", a.Body)
	}
	status(t, w.ask(w.ib, http.MethodPut, at("a.right"), map[string]any{"text": "تمام", "base": current["version"]}), 200, "")
	if got := w.locales.Text("ar", "a.right", nil); got != "تمام" {
		t.Errorf("says %q", got)
	}
}

func TestConfirming(t *testing.T) {
	w := newWorld(t)
	for _, key := range []string{"a.hello", "a.old", "a.right"} {
		a := w.confirm(w.amal, key)
		status(t, a, 200, "")
		if a.JSON["state"] != "reviewed" || a.JSON["outdated"] != false {
			t.Errorf("%s: %s", key, a.Body)
		}
	}
	status(t, w.confirm(w.amal, "a.n"), 404, "")  // which form?
	status(t, w.confirm(w.amal, "a.no"), 404, "") // no such message
	want := []string{"reviewed a.hello other مرحبا {{.Name}}، الساعة 17:30.", "confirmed a.old other هكذا الآن"}
	if got := w.history(); !slices.Equal(got, want) {
		t.Errorf("history %q", got)
	}
}

func TestASecondPersonReviews(t *testing.T) {
	w := newWorld(t)
	w.review()
	a := w.save(w.amal, "a.right", "", "مضبوط")
	if a.JSON["state"] != "draft" || a.JSON["mayReview"] != false || w.locales.Text("ar", "a.right", nil) != "مضبوط" {
		t.Errorf("%s", a.Body)
	}
	status(t, w.confirm(w.amal, "a.right"), 403, "error.review_own")
	if p := w.place(w.ib, "a.right", ""); p["mayReview"] != true {
		t.Errorf("%v", p)
	}
	if a := w.confirm(w.ib, "a.right"); a.JSON["state"] != "reviewed" {
		t.Errorf("%s", a.Body)
	}
	if a := w.confirm(w.ib, "a.hello"); a.JSON["state"] != "draft" {
		t.Errorf("the first to find a machine's right: %s", a.Body)
	}
	status(t, w.confirm(w.ib, "a.hello"), 403, "error.review_own")
	if a := w.save(w.amal, "a.hello", "", "مرحبا {{.Name}}، الساعة 17:30."); a.JSON["state"] != "reviewed" {
		t.Errorf("the same words from another: %s", a.Body)
	}
}

// A source that is worded anew makes nobody's text one that somebody found right.
func TestADraftOfAnotherSourceStaysADraft(t *testing.T) {
	w := newWorld(t)
	w.review()
	status(t, w.save(w.amal, "a.old", "", "هكذا"), 200, "")
	if _, err := w.app.DB().Update("locale_messages", dbx.Params{"source": hash("Så här då")}, dbx.HashExp{"key": "a.old"}).Execute(); err != nil {
		t.Fatal(err)
	}
	if p := w.place(w.ib, "a.old", ""); p["state"] != "draft" || p["outdated"] != true || p["mayReview"] != true {
		t.Errorf("%v", p)
	}
	status(t, w.confirm(w.amal, "a.old"), 403, "error.review_own")
	if a := w.confirm(w.ib, "a.old"); a.JSON["state"] != "reviewed" || a.JSON["outdated"] != false {
		t.Errorf("%s", a.Body)
	}
}

func TestTasks(t *testing.T) {
	w := newWorld(t)
	for i := range 7 {
		apptest.MustRecord(t, w.app, "devices", map[string]any{"id": fmt.Sprintf("dddddddd-0000-4000-8000-00000000000%d", i), "secretHash": fmt.Sprint("h", i), "locale": "ar"})
	}
	summary := func() (all []string) {
		tasks, err := w.service.Tasks(w.app, nil, []string{"ar"})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range tasks {
			if x.Needed != "" || x.Published != "" || !x.Open || x.Collection != "messages" || x.Title != "translate.messages."+x.ID {
				t.Errorf("%+v", x)
			}
			all = append(all, fmt.Sprint(x.ID, " ", x.Locale, " ", x.Readers, ": ", x.Total, " ", x.Missing, " ", x.Machine, " ", x.Draft, " ", x.Reused, " ", x.Reviewed))
		}
		return all
	}
	want := []string{"parent ar 5: 9 0 7 0 1 1", "push ar 5: 1 0 1 0 0 0", "staff ar 0: 1 0 1 0 0 0"}
	if got := summary(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	status(t, w.ask(w.amal, http.MethodPost, "push/places/ar/push.x/confirm", map[string]any{}), 200, "")
	status(t, w.save(w.amal, "a.hello", "", "أهلاً {{.Name}}، الساعة 17:30."), 200, "")
	want = []string{"parent ar 5: 9 0 6 0 1 2", "staff ar 0: 1 0 1 0 0 0"}
	if got := summary(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	missing, err := w.service.Tasks(w.app, nil, []string{"uk"})
	if err != nil || len(missing) != 3 || missing[0].Missing != missing[0].Total || missing[0].Total != 7 {
		t.Errorf("a locale without messages: %+v, %v", missing, err)
	}
}

func TestClaiming(t *testing.T) {
	w := newWorld(t)
	const claims = "parent/claims/ar"
	a := w.ask(w.amal, http.MethodPost, claims, nil)
	status(t, a, 200, "")
	if a.JSON["mine"] != true || a.JSON["until"] != "2026-11-29T12:00:00Z" || a.JSON["name"] != "amal@example.org" {
		t.Errorf("%s", a.Body)
	}
	a = w.ask(w.ib, http.MethodPost, claims, nil)
	status(t, a, 409, "error.claimed")
	status(t, w.ask(w.ib, http.MethodDelete, claims, nil), 204, "")
	status(t, w.ask(w.ib, http.MethodPost, claims, nil), 409, "error.claimed")
	status(t, w.ask(w.ib, http.MethodPost, "push/claims/ar", nil), 200, "")
	status(t, w.ask(w.ib, http.MethodPut, at("a.right"), map[string]any{"text": "مضبوط", "base": w.place(w.ib, "a.right", "")["version"]}), 200, "")
	status(t, w.ask(w.amal, http.MethodDelete, claims, nil), 204, "")
	status(t, w.ask(w.ib, http.MethodPost, claims, nil), 200, "")
	status(t, w.ask(w.ib, http.MethodPost, "parent/claims/uk", nil), 403, "")
	status(t, w.ask("", http.MethodPost, claims, nil), 401, "")
}

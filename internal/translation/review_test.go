package translation_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
)

const calm, nine = "En lugn stund före läggdags.", "Vi ses kl. 9.30."

func TestAFinishedTextThatMisleadsIsRefused(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", nine)
	a := p.translate(p.tara, l, "en", nine, "See you at 19:30.")
	p.ok(a, http.StatusBadRequest, "error.translation_check")
	if a.Get("fields", "text", "code") != "error.translation_check" {
		t.Errorf("%s", a.Body)
	}
	fault := a.Get("faults").([]any)[0].(map[string]any)
	if fault["code"] != "time" || fault["hard"] != true {
		t.Errorf("faults: %v", fault)
	}
	if at := p.place(p.tara, l, "en", nine); at["state"] != "missing" || at["text"] != nil {
		t.Errorf("it was stored: %v", at)
	}
	at := p.place(p.tara, l, "en", nine)
	a = p.ask(p.tara, http.MethodPut, "staff/letters/"+l.Id+"/places/en/"+at["segment"].(string),
		map[string]any{"text": "See you at 19:30.", "base": "", "draft": true})
	p.ok(a, http.StatusOK, "")
	if got := p.deeds("en"); got != "" {
		t.Errorf("the history tells of a draft: %s", got)
	}
	p.ok(p.translate(p.tara, l, "en", nine, "See you at 9:30."), http.StatusOK, "")
}

// A text of which nothing is to be seen is none.
func TestAnInvisibleTextIsNone(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Brev", "Ta med mössa.")
	if a := p.translate(p.tara, l, "ar", "Ta med mössa.", "\u200f\u200c \u200d"); a.Status != http.StatusOK || a.JSON["state"] != "missing" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestAMachinesTextThatMisleadsIsNotConfirmed(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", nine)
	p.machine(l, "en", nine, "See you at 10:30.")
	p.ok(p.confirm(p.tara, l, "en", nine), http.StatusBadRequest, "error.translation_check")
	if at := p.place(p.tara, l, "en", nine); at["state"] != "machine" {
		t.Errorf("%v", at)
	}
}

func TestASecondPersonReviewsWhereItIsWanted(t *testing.T) {
	p := newPreschool(t)
	p.wantSecondReview(true)
	l := p.write("Sömn", calm)
	a := p.translate(p.tara, l, "en", calm, "A calm moment before bedtime.")
	if a.Status != http.StatusOK || a.JSON["state"] != "draft" || a.JSON["mayReview"] != false {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	p.ok(p.confirm(p.tara, l, "en", calm), http.StatusForbidden, "error.review_own")
	if at := p.place(p.sofi, l, "en", calm); at["mayReview"] != true {
		t.Errorf("the second: %v", at)
	}
	for _, who := range []string{"editor", "translator of another language"} {
		at := p.place(p.anna, l, "en", calm)
		if who != "editor" {
			at = p.place(p.sofi, l, "fi", calm)
		}
		if at["mayReview"] != false {
			t.Errorf("an %s may review: %v", who, at)
		}
	}
	a = p.confirm(p.sofi, l, "en", calm)
	if a.Status != http.StatusOK || a.JSON["state"] != "reviewed" || a.JSON["mayReview"] != false {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if got := p.deeds("en"); got != "saved reviewed" {
		t.Errorf("history: %s", got)
	}
	r, err := p.app.FindFirstRecordByFilter("translations", "locale = 'en'")
	if err != nil || r.GetString("author") != p.tara.Id || r.GetString("reviewer") != p.sofi.Id {
		t.Errorf("%v %v", r, err)
	}
}

func TestADraftStaysADraftInEveryPlace(t *testing.T) {
	p := newPreschool(t)
	p.wantSecondReview(true)
	first, second := p.write("Ett", calm), p.write("Två", calm)
	p.translate(p.tara, first, "en", calm, "A calm moment before bedtime.")
	if at := p.place(p.tara, second, "en", calm); at["state"] != "draft" {
		t.Errorf("in another letter: %v", at)
	}
	p.ok(p.confirm(p.sofi, second, "en", calm), http.StatusOK, "")
	if at := p.place(p.tara, first, "en", calm); at["state"] != "reviewed" {
		t.Errorf("where it was written: %v", at)
	}
}

func TestSavingTheSameWordsIsFindingThemRight(t *testing.T) {
	p := newPreschool(t)
	p.wantSecondReview(true)
	l := p.write("Sömn", calm)
	p.translate(p.tara, l, "en", calm, "A calm moment.")
	if a := p.translate(p.tara, l, "en", calm, "A calm moment."); a.JSON["state"] != "draft" {
		t.Errorf("by herself: %s", a.Body)
	}
	if a := p.translate(p.sofi, l, "en", calm, "A calm moment."); a.JSON["state"] != "reviewed" {
		t.Errorf("by the second: %s", a.Body)
	}
	if a := p.translate(p.sofi, l, "en", calm, "A quiet moment."); a.JSON["state"] != "draft" {
		t.Errorf("in other words: %s", a.Body)
	}
	p.ok(p.confirm(p.sofi, l, "en", calm), http.StatusForbidden, "error.review_own")
	p.ok(p.confirm(p.tara, l, "en", calm), http.StatusOK, "")
}

func TestAPersonWhoTakesAnEnginesTextIsTheFirst(t *testing.T) {
	p := newPreschool(t)
	p.wantSecondReview(true)
	l := p.write("Sömn", calm)
	p.machine(l, "en", calm, "A calm moment before bed.")
	if a := p.confirm(p.tara, l, "en", calm); a.JSON["state"] != "draft" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	p.ok(p.confirm(p.tara, l, "en", calm), http.StatusForbidden, "error.review_own")
	if a := p.confirm(p.sofi, l, "en", calm); a.JSON["state"] != "reviewed" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if got := p.deeds("en"); got != "machine reviewed reviewed" {
		t.Errorf("history: %s", got)
	}
}

func TestWithoutASecondReviewOnePersonIsEnough(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", calm)
	p.machine(l, "en", calm, "A calm moment before bed.")
	if a := p.confirm(p.tara, l, "en", calm); a.JSON["state"] != "reviewed" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if a := p.translate(p.tara, l, "ar", calm, "لحظة هادئة قبل النوم."); a.JSON["state"] != "reviewed" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	p.ok(p.translate(p.tara, l, "ar", calm, ""), http.StatusOK, "")
	if got := p.deeds("ar"); got != "saved removed" {
		t.Errorf("history: %s", got)
	}
}

// An engine overwrites nothing that a person wrote, or only began.
func TestAnEngineOverwritesNobody(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", calm, nine)
	p.translate(p.tara, l, "en", calm, "A calm moment.")
	at := p.place(p.tara, l, "en", nine)
	p.ask(p.tara, http.MethodPut, "staff/letters/"+l.Id+"/places/en/"+at["segment"].(string),
		map[string]any{"text": "See y", "base": "", "draft": true})
	for _, source := range []string{calm, nine} {
		if p.machine(l, "en", source, "Machine.") {
			t.Errorf("an engine's text was stored for %q", source)
		}
	}
	if n, _ := p.app.CountRecords("translations", dbx.HashExp{"text": "Machine."}); n != 0 {
		t.Errorf("%d texts of the engine", n)
	}
}

func TestOnlyAnAdministratorSaysHowTextsAreReviewed(t *testing.T) {
	p := newPreschool(t)
	r, err := p.app.FindFirstRecordByData("settings", "name", "translation")
	if err != nil {
		t.Fatal(err)
	}
	path := "/api/collections/settings/records/" + r.Id
	patch := func(value any) int {
		return p.askAt(p.admin, http.MethodPatch, path, map[string]any{"value": value}).Status
	}
	if got := patch(map[string]any{"secondReview": true}); got != http.StatusOK {
		t.Errorf("true: %d", got)
	}
	for _, bad := range []any{nil, "yes", 1, []any{}, map[string]any{}, map[string]any{"secondReview": "yes"},
		map[string]any{"secondReview": true, "third": true}} {
		if got := patch(bad); got != http.StatusBadRequest {
			t.Errorf("%v: %d", bad, got)
		}
	}
	if got := p.askAt(p.tara, http.MethodPatch, path, map[string]any{"value": map[string]any{"secondReview": false}}).Status; got < 400 {
		t.Errorf("a translator: %d", got)
	}
}

package letter_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/outbox"

	"github.com/pocketbase/pocketbase/core"
)

// out writes a letter and brings it to phones.
func (p *preschool) out(change func(map[string]any)) (id string, base int) {
	p.Helper()
	id, base = p.write(change)
	if a := p.publish(id, base); a.Status != http.StatusOK {
		p.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	p.pass(p.cfg.Undo)
	return id, base
}

// hold publishes with phones held back until then.
func (p *preschool) hold(id string, base int, until string) (status int, code any) {
	p.Helper()
	a := p.ask(p.anna, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base, "hold": until})
	return a.Status, a.Get("fields", "hold", "code")
}

func TestRowOfAPublication(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.publish(id, base)
	got := row(p.rows("letter")[0])
	due := p.now.Add(window)
	if got.Item != id || got.Number != 1 || got.Mark != "letter "+id+" 1" || !slices.Equal(got.Groups, []string{p.blue.Id}) ||
		got.Author != p.anna.Id || !got.Due.Equal(due) || !got.Hold.IsZero() || !got.Until.Equal(due.Add(14*24*time.Hour)) || got.Locale != "" {
		t.Errorf("%+v", got)
	}
}

func TestPhonesCanBeHeldBack(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	for until, want := range map[string]any{
		"i morgon": "error.field_invalid", "2026-11-27T18:00:01Z": "error.hold_too_far", "2026-13-01T00:00:00Z": "error.field_invalid",
	} {
		if status, code := p.hold(id, base, until); status != http.StatusBadRequest || code != want {
			t.Errorf("%s: %d %v, want %v", until, status, code, want)
		}
	}
	if status, _ := p.hold(id, base, "2026-11-14T07:30:00+01:00"); status != http.StatusOK {
		t.Fatalf("hold: %d", status)
	}
	until := time.Date(2026, 11, 14, 6, 30, 0, 0, time.UTC)
	got := row(p.rows("letter")[0])
	if !got.Hold.Equal(until) || !got.Until.Equal(until.Add(14*24*time.Hour)) || !got.Due.Equal(p.now.Add(window)) {
		t.Errorf("%+v", got)
	}
	if p.pass(window); p.revision(p.blue.Id) != 1 {
		t.Error("the letter itself waits for the phones")
	}
	p.now = until.Add(-time.Hour)
	base = p.retitle(id, base, "Nytt ord")
	p.publish(id, base)
	all := p.rows("letter", "correction")
	if last := row(all[len(all)-1]); len(all) != 2 || last.Kind != "letter" || last.Number != 2 || !last.Hold.Equal(until) {
		t.Errorf("a correction before anybody was told: %+v", last)
	}
	p.pass(window)
	if p.still(all[0]) || !p.still(all[1]) {
		t.Error("phones ring for the first, or not for the second")
	}
	base = p.retitle(id, base, "Ett ord till")
	if status, _ := p.hold(id, base, "2026-11-13T00:00:00Z"); status != http.StatusOK {
		t.Fatalf("hold until a time that has been: %d", status)
	}
	all = p.rows("letter", "correction")
	if last := row(all[len(all)-1]); !last.Hold.IsZero() {
		t.Errorf("told to ring at once: %+v", last)
	}
}

func TestCorrectionReplacesWhatWaits(t *testing.T) {
	p := openWith(t, window)
	id, base := p.out(nil)
	first := p.rows("letter")[0]
	if !p.still(first) {
		t.Error("a letter that is out doesn't ring")
	}
	base = p.retitle(id, base, "Nytt ord")
	p.publish(id, base)
	if !p.still(first) {
		t.Error("a correction that can be undone silenced the letter")
	}
	p.pass(window)
	second := p.rows("correction")[0]
	if got := row(second); got.Number != 2 || got.Mark != "letter "+id+" 2" {
		t.Errorf("%+v", got)
	}
	if p.still(first) || !p.still(second) {
		t.Error("phones would ring twice, or not at all")
	}
	if again := p.rows("letter")[0]; again.GetString("dropped") != "cancelled" {
		t.Errorf("the first row: %v", again.PublicExport())
	}
	if a, b := p.say(first, "sv", false), p.say(second, "sv", false); a.Tag != b.Tag || b.Quiet || a.Title == b.Title {
		t.Errorf("%+v, %+v", a, b)
	}
	p.retitle(id, base, "Tredje ordet")
	p.publish(id, base+1)
	p.pass(window)
	if p.still(second) {
		t.Error("the first correction rings after the second")
	}
}

func TestWithdrawalTellsThoseWhoWereTold(t *testing.T) {
	p := open(t)
	id, base := p.out(nil)
	told, at := p.phone(t, "a", p.blue)
	untold, _ := p.phone(t, "b", p.blue)
	first := p.rows("letter")[0]
	p.sent(first, at)
	if a := p.ask(p.anna, http.MethodPost, staffPath+id+"/withdraw", nil); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	if again := p.rows("letter")[0]; p.still(again) || again.GetString("dropped") != "cancelled" {
		t.Error("phones still ring for it")
	}
	w := p.rows("withdrawal")[0]
	if got := row(w); got.Mark != "withdrawal "+id+" 1" || !got.Until.Equal(p.now.Add(3*24*time.Hour)) || !slices.Equal(got.Groups, []string{p.blue.Id}) || !got.Due.Equal(p.now) {
		t.Errorf("%+v", got)
	}
	if skip := p.skips(w, told, untold); skip[told.Id] || !skip[untold.Id] || !p.still(w) {
		t.Errorf("skipped: %v", skip)
	}
	// It comes back: nobody must hear that it is gone.
	if a := p.publish(id, base); a.JSON["number"] != 2.0 {
		t.Fatalf("publish again: %s", a.Body)
	}
	if w = p.rows("withdrawal")[0]; p.still(w) || w.GetString("dropped") != "cancelled" {
		t.Errorf("the withdrawal: %v", w.PublicExport())
	}
	if all := p.rows("letter", "correction"); len(all) != 2 || all[1].GetString("kind") != "letter" {
		t.Error("a letter that comes back is a new one")
	}
}

func TestGroupsThatLoseTheLetterAreTold(t *testing.T) {
	p := open(t)
	id, base := p.out(func(b map[string]any) { b["groups"] = []string{p.blue.Id, p.pine.Id} })
	lost, lostAt := p.phone(t, "a", p.blue)
	both, bothAt := p.phone(t, "b", p.blue, p.pine)
	for _, at := range []*core.Record{lostAt, bothAt} {
		p.sent(p.rows("letter")[0], at)
	}
	p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) { b["base"], b["groups"] = base, []string{p.pine.Id} }))
	p.publish(id, base+1)
	w := p.rows("withdrawal")[0]
	if got := row(w); got.Mark != "withdrawal "+id+" 1" || !slices.Equal(got.Groups, []string{p.blue.Id}) {
		t.Errorf("%+v", got)
	}
	if skip := p.skips(w, lost, both); skip[lost.Id] || !skip[both.Id] || !p.still(w) {
		t.Errorf("skipped: %v", skip)
	}
	if a := p.ask(p.anna, http.MethodPost, staffPath+id+"/withdraw", nil); a.Status != http.StatusOK || len(p.rows("withdrawal")) != 2 {
		t.Errorf("withdrawn from the others as well: %d %s", a.Status, a.Body)
	}
}

func TestNotesAreNeutral(t *testing.T) {
	p := open(t)
	_, _ = p.out(nil)
	r := p.rows("letter")[0]
	for locale, want := range map[string][2]string{
		"sv":        {"Ett nytt brev", "Öppna Följe och läs det."},
		"sv-simple": {"Ett nytt brev", "Öppna Följe och läs brevet."},
		"en":        {"A new letter", "Open Följe to read it."},
		"ar":        {"رسالة جديدة", "افتح Följe لقراءتها."},
	} {
		note := p.say(r, locale, false)
		if want := (outbox.Note{Title: want[0], Body: want[1], Navigate: "/letters/" + r.GetString("item"), Tag: "letter-" + r.GetString("item")}); note != want {
			t.Errorf("%s: %+v, want %+v", locale, note, want)
		}
	}
}

func TestTitlesForThoseWhoWantThem(t *testing.T) {
	p := open(t)
	id, base := p.out(nil)
	r := p.rows("letter")[0]
	p.translate(id, "en", "Föräldramöte om sömn", "Parents’ meeting about sleep", nil)
	for locale, want := range map[string]string{
		"sv": "”Föräldramöte om sömn”", "en": "“Parents’ meeting about sleep”", "sv-simple": "”Föräldramöte om sömn”",
		"ar": "«\u2068Föräldramöte om sömn\u2069»",
	} {
		if got := p.say(r, locale, true).Body; got != want {
			t.Errorf("%s: %q, want %q", locale, got, want)
		}
		if got := p.say(r, locale, false).Body; strings.Contains(got, "sömn") || strings.Contains(got, "sleep") {
			t.Errorf("%s without titles: %q", locale, got)
		}
	}
	p.translate(id, "en", "Föräldramöte om sömn", strings.Repeat("e\u0301 ", 100), nil)
	if got := p.say(r, "en", true).Body; got != "“"+strings.Repeat("e\u0301 ", 59)+"e\u0301…”" && got != "“"+strings.Repeat("é ", 59)+"é…”" {
		t.Errorf("a long title: %q", got)
	}
	// The draft is sensitive already; the revision that is out isn't.
	p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) { b["base"], b["sensitive"] = base, true }))
	if got := p.say(r, "sv", true).Body; strings.Contains(got, "sömn") {
		t.Errorf("sensitive: %q", got)
	}
}

func TestNothingOfASensitiveLetterIsShown(t *testing.T) {
	p := open(t)
	id, base := p.out(func(b map[string]any) { b["sensitive"] = true })
	_, at := p.phone(t, "a", p.blue)
	p.sent(p.rows("letter")[0], at)
	p.retitle(id, base, "Sömn och oro")
	p.publish(id, base+1)
	p.ask(p.anna, http.MethodPost, staffPath+id+"/withdraw", nil)
	secrets := []string{"sömn", "Sömn", "Skogsgläntan", "Blåsippan", "Stora rummet"}
	for _, r := range p.rows("letter", "correction", "withdrawal") {
		for _, locale := range []string{"sv", "sv-simple", "en", "ar"} {
			note := p.say(r, locale, true)
			for _, secret := range secrets {
				if strings.Contains(note.Title+note.Body+note.Navigate+note.Tag, secret) {
					t.Errorf("%s in %s: %+v", r.GetString("kind"), locale, note)
				}
			}
		}
	}
	if w := p.say(p.rows("withdrawal")[0], "en", true); !w.Quiet || w.Title != "A letter has been taken back" || w.Navigate != "/letters" {
		t.Errorf("%+v", w)
	}
}

func TestWhoSeesWhenPhonesRing(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	path := staffPath + id + "/ringing"
	if a := p.ask(p.anna, http.MethodGet, path, nil); a.Status != http.StatusOK || string(a.Body) != "null\n" {
		t.Errorf("a draft: %d %q", a.Status, a.Body)
	}
	p.now = time.Date(2026, 11, 12, 21, 0, 0, 0, time.UTC) // 22 in Stockholm
	p.publish(id, base)
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		_, at := p.phone(t, name, p.blue)
		p.sent(p.rows("letter")[0], at)
	}
	a := p.ask(p.anna, http.MethodGet, path, nil)
	for name, want := range map[string]any{
		"kind": "letter", "due": "2026-11-12T21:00:30Z", "rings": "2026-11-13T06:00:00Z", "released": false, "done": false,
		"phones": 5.0, "rung": 5.0, "waiting": 0.0, "failed": 0.0,
	} {
		if a.JSON[name] != want {
			t.Errorf("%s: %v, want %v", name, a.JSON[name], want)
		}
	}
	for who, want := range map[*core.Record]int{nil: 401, p.tara: 404, p.elsewhere: 404} {
		if a := p.ask(who, http.MethodGet, path, nil); a.Status != want {
			t.Errorf("%v: %d, want %d", who, a.Status, want)
		}
	}
	p.pass(window)
	if p.ask(p.anna, http.MethodPost, staffPath+id+"/withdraw", nil); p.ask(p.anna, http.MethodGet, path, nil).JSON["kind"] != "withdrawal" {
		t.Error("after it was withdrawn")
	}
}

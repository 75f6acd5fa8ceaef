package letter_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// await publishes with phones held back for locales, until a moment at the latest.
func (p *preschool) await(id string, base int, until string, tags ...string) {
	p.Helper()
	a := p.ask(p.anna, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base, "hold": until, "awaits": tags})
	if a.Status != http.StatusOK {
		p.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	p.pass(p.cfg.Undo)
}

// holds reports until when the letter's newest row holds phones back, and for which locales.
func (p *preschool) holds() (until time.Time, awaits string) {
	p.Helper()
	all := p.rows("letter", "correction")
	r := all[len(all)-1]
	return r.GetDateTime("hold").Time(), r.GetString("awaits")
}

// machine puts an engine's texts where there are none.
func (p *preschool) machine(tag string, all ...string) {
	p.Helper()
	err := p.app.RunInTransaction(func(tx core.App) error {
		for _, s := range all {
			if err := translation.Put(tx, text.SegmentID("sv", s), tag, tag+": "+s, translation.Machine); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		p.Fatal(err)
	}
}

func (p *preschool) confirm(id, tag, source string) {
	p.Helper()
	path := staffPath + id + "/places/" + tag + "/" + text.SegmentID("sv", source) + "/confirm"
	if a := p.ask(p.tara, http.MethodPost, path, map[string]any{}); a.Status != http.StatusOK {
		p.Fatalf("confirm: %d %s", a.Status, a.Body)
	}
}

const latest = "2026-11-15T12:00:00Z"

func TestPhonesWaitForLanguages(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.await(id, base, latest, "en", "ar", "en")
	until, awaits := p.holds()
	if awaits != "ar en" || until.Format(time.RFC3339) != latest {
		t.Fatalf("held for %q until %v", awaits, until)
	}
	if p.revision(p.blue.Id) != 1 {
		t.Error("the letter itself waits for its translations")
	}
	p.translateAll(id, "en", sentences...)
	p.translateAll(id, "ar", sentences[1:]...)
	if _, awaits := p.holds(); awaits == "" {
		t.Fatal("phones ring before the last sentence")
	}
	p.now = p.now.Add(time.Hour)
	p.translateAll(id, "ar", sentences[0])
	if until, awaits := p.holds(); awaits != "" || !until.Equal(p.now) {
		t.Errorf("held for %q until %v, and it is %v", awaits, until, p.now)
	}
	if late := p.rows("translation"); len(late) != 0 {
		t.Errorf("%d rows ring for a language that nobody had been told without", len(late))
	}
}

func TestALanguageNobodyWaitedForRingsLater(t *testing.T) {
	p := openWith(t, 0)
	id, base := p.write(nil)
	p.await(id, base, latest, "en")
	p.translateAll(id, "en", sentences...)
	p.now = p.now.Add(time.Hour)
	p.translateAll(id, "ar", sentences...)
	if late := p.rows("translation"); len(late) != 0 && late[0].GetString("locale") != "ar" {
		t.Errorf("it rings for %s", late[0].GetString("locale"))
	} else if len(late) != 1 {
		t.Errorf("%d rows ring for a language that came later", len(late))
	}
}

// What a machine wrote is there to read, and isn't what staff wait for.
func TestPhonesWaitForAPerson(t *testing.T) {
	p := openWith(t, 0)
	id, base := p.write(nil)
	p.await(id, base, latest, "en")
	p.machine("en", sentences...)
	if _, awaits := p.holds(); awaits != "en" {
		t.Fatal("phones ring for a machine's texts")
	}
	for _, s := range sentences {
		p.confirm(id, "en", s)
	}
	if _, awaits := p.holds(); awaits != "" {
		t.Error("phones still wait for what a person has found right")
	}
}

// Texts that come while the letter can still be undone count when it goes out.
func TestLanguagesThatAreReadyAtOnce(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.translateAll(id, "en", sentences...)
	p.await(id, base, latest, "en")
	if until, awaits := p.holds(); awaits != "" || until.After(p.now) {
		t.Errorf("held for %q until %v", awaits, until)
	}
}

func TestCorrectionWaitsForTheSameLanguages(t *testing.T) {
	p := openWith(t, 0)
	id, base := p.write(nil)
	p.await(id, base, latest, "en")
	p.translateAll(id, "en", sentences...)
	base = p.retitle(id, base, "Nytt ord")
	p.await(id, base, latest, "en")
	base = p.retitle(id, base, "Ett ord till")
	if a := p.publish(id, base); a.Status != http.StatusOK {
		t.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	until, awaits := p.holds()
	if awaits != "en" || until.Format(time.RFC3339) != latest {
		t.Errorf("held for %q until %v", awaits, until)
	}
	p.translateAll(id, "en", "Ett ord till")
	if _, awaits := p.holds(); awaits != "" {
		t.Error("phones still wait")
	}
}

func TestStaffSeeAndEndTheWaiting(t *testing.T) {
	p := openWith(t, 0)
	id, base := p.write(nil)
	p.await(id, base, latest, "en", "ar")
	ringing := func(method, path string) (awaits []any, hold any) {
		t.Helper()
		a := p.ask(p.anna, method, staffPath+id+path, nil)
		if a.Status != http.StatusOK {
			t.Fatalf("%s: %d %s", path, a.Status, a.Body)
		}
		awaits, _ = a.Get("awaits").([]any)
		return awaits, a.Get("hold")
	}
	if awaits, hold := ringing(http.MethodGet, "/ringing"); !slices.Equal(awaits, []any{"ar", "en"}) || hold != latest {
		t.Errorf("%v %v", awaits, hold)
	}
	if awaits, _ := ringing(http.MethodPost, "/ring"); awaits != nil {
		t.Errorf("still waits for %v", awaits)
	}
	if until, awaits := p.holds(); awaits != "" || !until.Equal(p.now) {
		t.Errorf("held for %q until %v", awaits, until)
	}
	p.now = p.now.Add(time.Minute)
	ringing(http.MethodPost, "/ring")
	if until, _ := p.holds(); until.Equal(p.now) {
		t.Error("a second press told it to ring again")
	}
}

func TestWhatCanBeWaitedFor(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	for name, c := range map[string]struct {
		hold   string
		awaits []string
		field  string
		code   string
	}{
		"no latest moment": {"", []string{"en"}, "hold", "error.field_required"},
		"the source":       {latest, []string{"sv"}, "awaits", "error.field_invalid"},
		"no locale":        {latest, []string{"en", "xx"}, "awaits", "error.field_invalid"},
	} {
		a := p.ask(p.anna, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base, "hold": c.hold, "awaits": c.awaits})
		if a.Status != http.StatusBadRequest || a.Get("fields", c.field, "code") != c.code {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	if rows := p.rows("letter"); len(rows) != 0 {
		t.Errorf("%d rows", len(rows))
	}
}

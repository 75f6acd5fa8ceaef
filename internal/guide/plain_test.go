package guide_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/guide"
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// paper is a town with the plain pages.
type paper struct {
	*town
	plain *guide.Plain
}

func openPaper(t *testing.T) *paper {
	t.Helper()
	tn := open(t)
	return &paper{tn, guide.NewPlain(tn.app, guide.Config{Locales: apptest.Locales(t), Now: func() time.Time { return tn.now }})}
}

func (p *paper) get(path string, header http.Header) apptest.Answer {
	p.Helper()
	return apptest.AskWith(p, p.plain, header, "GET", path, nil)
}

// page is the page in the locale, as it is after every change so far.
func (p *paper) page(tag string) string {
	p.Helper()
	p.plain.ChangedIn(sync.Public)
	a := p.get("/plain/"+tag, nil)
	if a.Status != http.StatusOK || a.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		p.Fatalf("/plain/%s: %d %s", tag, a.Status, a.Body)
	}
	return string(a.Body)
}

func (p *paper) has(page string, wants ...string) {
	p.Helper()
	at := 0
	for _, want := range wants {
		i := strings.Index(page[at:], want)
		if i < 0 {
			p.Errorf("%q is not there, or not in this order, in\n%s", want, page)
			return
		}
		at += i + len(want)
	}
}

func (p *paper) hasNot(page string, never ...string) {
	p.Helper()
	for _, s := range never {
		if strings.Contains(page, s) {
			p.Errorf("%q is in\n%s", s, page)
		}
	}
}

func TestTheWholeGuideIsOnePage(t *testing.T) {
	p := openPaper(t)
	p.setTown("Björkhults kommun")
	p.save(ofEntries, entry("akut", body{"name": "", "title": "Akut hjälp", "urgent": true, "ageFrom": 0, "ageTo": 20, "order": 1,
		"contacts": []body{{"kind": "phone", "value": "112", "label": "SOS"}, {"kind": "phone", "value": "040-628 01 20", "label": "{{.akut}}"}}}))
	steget := p.save(ofEntries, entry("steget", body{"sensitive": true, "contacts": []body{
		{"kind": "phone", "value": "040-628 04 12", "label": "Ledarna"}, {"kind": "sms", "value": "+46 40 628 04 12"},
		{"kind": "mail", "value": "steget@bjorkhult.example"}, {"kind": "web", "value": "https://bjorkhult.example/steget?a=1&b=2"}, {"kind": "visit", "value": "Gula villan"},
	}}))
	p.save(ofEntries, entry("bvc", body{"name": "BVC", "ageFrom": 0, "ageTo": 5, "related": []string{"steget", "akut"}, "parts": []body{
		{"id": "a", "part": "summary", "kind": "paragraph", "text": "{{.bvc}} i {{.municipality}} samarbetar med {{.steget}} i {{.steget_place}}."},
		{"id": "b", "part": "cost", "kind": "item", "text": "Gratis < 6 år."}, {"id": "c", "part": "cost", "kind": "item", "text": "Sedan också."},
	}}))
	p.save(ofEntries, entry("rutiner", body{"audience": "staff", "title": "Bara personal"}))
	p.save(ofEntries, entry("hidden", body{"title": "Gömd", "name": "Gömd", "hidden": true}))
	p.save(ofWorries, body{"key": "alcohol", "title": "Alkohol hemma", "synonyms": "full", "guide": []string{steget}, "order": 1})
	p.save(ofGroups, body{"entry": steget, "title": "Sex till åtta", "information": "Vi leker.", "ageFrom": 6, "ageTo": 8,
		"from": "2026-09-01", "to": "2026-12-15", "weekday": 3, "starts": "15:45", "ends": "17:15", "places": 2})
	p.save(ofGroups, body{"entry": steget, "title": "Förra terminen", "ageFrom": 6, "ageTo": 8, "from": "2026-01-10", "to": "2026-06-10"})
	page := p.page("sv")
	p.has(page, `<html lang="sv" dir="ltr">`, "Björkhults kommun", `href="/plain/ar" lang="ar" hreflang="ar" dir="rtl"`,
		`id="_urgent"`, `href="tel:112"`, `href="tel:11414"`, `href="#e1"`, `href="tel:0406280120"`,
		"040-628 01 20</a> <span lang=\"sv\" dir=\"auto\">(Akut hjälp)", "Hur gammalt är barnet?", "Alkohol hemma", `href="#e3"`,
		`<section id="e1">`, "<h2>Akut hjälp</h2>",
		`<section id="e3">`, "<h2>Steget</h2>", "Stödgrupp för barn", "6–12 år", "Barn träffar andra barn. Det är gratis.",
		`href="tel:0406280412"`, "Ledarna", `href="sms:&#43;46406280412"`, `href="mailto:steget@bjorkhult.example"`,
		`href="https://bjorkhult.example/steget?a=1&amp;b=2"`, "Gula villan, Storgatan 1",
		"Sex till åtta", "6–8 år", "1 september–15 december", "Vi leker.", "Dag och tid får du veta av en ledare.",
	)
	p.has(page, `<section id="e2">`, "BVC i Björkhults kommun samarbetar med Steget i Gula villan.", "<ul><li>Gratis &lt; 6 år.</li><li>Sedan också.</li></ul>",
		"Hör ihop med", `href="#e3"`, `href="#e1"`)
	urgent, _, _ := strings.Cut(page, `id="_index"`)
	if n := strings.Count(urgent, `href="tel:112"`); n != 1 {
		t.Errorf("112 stands there %d times", n)
	}
	p.hasNot(page, "#steget", "Bara personal", "Gömd", "Samtycke av båda", "<script", "onclick", "style=", "ZgotmplZ", "{{", "onsdag", "15:45", "Förra terminen", "Lediga platser")
	if again := p.get("/plain/sv", http.Header{"If-None-Match": {p.get("/plain/sv", nil).Header.Get("ETag")}}); again.Status != http.StatusNotModified || len(again.Body) != 0 {
		t.Errorf("asked again: %d", again.Status)
	}
}

// The municipality's own numbers stand behind those of all of Sweden, and
// whoever can't use the page is told where to say so.
func TestTheTownsNumbersAreOnThePage(t *testing.T) {
	p := openPaper(t)
	p.has(p.page("sv"), `href="tel:116111"`, "114 14. Vid fara", `id="_complain"`, "https://www.digg.se/tdosanmalan")
	p.say(map[string]any{"name": "Björkhults kommun", "mail": "kommun@bjorkhult.example", "phone": "0550-880 00", "numbers": []map[string]string{
		{"kind": "social", "name": "Socialjouren Björkhult", "number": "040-628 01 20"}, {"kind": "other", "name": "<b>Byns jour", "number": "040-628 01 21"}, {"kind": "care", "number": "112"},
	}})
	page := p.page("en")
	p.has(page, `href="tel:116111"`, `href="tel:0406280120"`, "Social services, out of hours", "Socialjouren Björkhult", `href="tel:0406280121"`, "&lt;b&gt;Byns jour",
		`id="_complain"`, `href="mailto:kommun@bjorkhult.example"`, `href="tel:055088000"`, "https://www.digg.se/tdosanmalan")
	p.hasNot(page, "urgent.kind", "Health centre")
}

func (tn *town) setTown(name string) {
	tn.Helper()
	tn.say(map[string]any{"name": name, "address": ""})
}

// say has the municipality say that of itself.
func (tn *town) say(value map[string]any) {
	tn.Helper()
	r, err := tn.app.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		tn.Fatal(err)
	}
	r.Set("value", value)
	if err := tn.app.Save(r); err != nil {
		tn.Fatal(err)
	}
}

// What is missing is there in plain Swedish, or in Swedish, and marked as such.
func TestThePageIsInTheReadersLanguage(t *testing.T) {
	p := openPaper(t)
	p.save(ofEntries, entry("steget", body{"parts": []body{
		{"id": "a", "part": "summary", "kind": "paragraph", "text": "Det är gratis. Föräldrarna säger ja. Kom till {{.steget}}."}}}))
	put := func(tag, sv, says, status string) {
		if err := translation.Put(p.app, text.SegmentID("sv", sv), tag, says, status); err != nil {
			t.Fatal(err)
		}
	}
	put("ar", "Kom till {{.steget}}.", "تعال إلى {{.steget}}.", translation.Reviewed)
	put("ar", "Stödgrupp för barn", "مجموعة", translation.Reviewed)
	put("sv-simple", "Föräldrarna säger ja.", "Mamma och pappa säger ja.", translation.Reviewed)
	page := p.page("ar")
	p.has(page, `<html lang="ar" dir="rtl">`, `<span class="other" lang="sv" dir="ltr">Det är gratis.</span>`,
		`<span class="other" lang="sv-simple" dir="ltr">Mamma och pappa säger ja.</span>`, "تعال إلى \u2068Steget\u2069.")
	p.hasNot(page, "marks.", "plain.about", "guide.part")
	p.has(page, "\u2066114 14\u2069") // its parts would change places
	simple := p.page("sv-simple")
	p.has(simple, "Mamma och pappa säger ja.")

	put("ar", "Det är gratis.", "مجاني.", translation.Machine)
	put("ar", "Föräldrarna säger ja.", "نعم.", translation.Machine)
	page = p.page("ar")
	p.has(page, `class="note"`, "مجاني.")
	p.hasNot(page, `class="other"`)
}

// A page is made once for all who ask, and again when it says something else.
func TestAPageIsMadeAgainWhenItChanges(t *testing.T) {
	p := openPaper(t)
	id := p.save(ofEntries, entry("steget", nil))
	before := p.get("/plain/sv", nil).Header.Get("ETag")
	if err := p.app.RunInTransaction(func(tx core.App) error {
		_, err := tx.DB().NewQuery("UPDATE guide_entries SET name = 'Trappan'").Execute()
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if now := p.get("/plain/sv", nil).Header.Get("ETag"); now != before {
		t.Error("the page was made again though nobody said that it changed")
	}
	p.plain.ChangedIn("a group")
	if now := p.get("/plain/sv", nil).Header.Get("ETag"); now != before {
		t.Error("a group's change changed the page")
	}
	p.change(ofEntries, id, body{"name": "Stegen"})
	p.plain.ChangedIn(sync.Public)
	a := p.get("/plain/sv", nil)
	if a.Header.Get("ETag") == before || !strings.Contains(string(a.Body), "Stegen") {
		t.Errorf("after the change: %s", a.Body)
	}
	p.setTown("Björkhult") // heard of without being told
	if a = p.get("/plain/sv", nil); !strings.Contains(string(a.Body), "Björkhult") {
		t.Error("the municipality's new name isn't there")
	}
}

func TestWhoAsksIsLedToALanguage(t *testing.T) {
	p := openPaper(t)
	for _, c := range []struct{ path, accept, to string }{
		{"/plain", "so,en;q=0.5", "/plain/so"}, {"/plain", "", "/plain/sv"}, {"/plain", "de", "/plain/en"},
		{"/plain/", "ar", "/plain/ar"}, {"/plain/xx", "prs", "/plain/fa-AF"}, {"/plain/sv/x", "", "/plain/sv"}, {"/plain/AR", "", "/plain/sv"},
	} {
		a := p.get(c.path, http.Header{"Accept-Language": {c.accept}})
		if a.Status != http.StatusFound || a.Header.Get("Location") != c.to || a.Header.Get("Vary") != "Accept-Language" {
			t.Errorf("%s for %q: %d to %s", c.path, c.accept, a.Status, a.Header.Get("Location"))
		}
	}
	zipped := p.get("/plain/sv", http.Header{"Accept-Encoding": {"gzip"}})
	plain := p.get("/plain/sv", nil)
	if zipped.Header.Get("Content-Encoding") != "gzip" || len(zipped.Body) >= len(plain.Body) || zipped.Header.Get("ETag") != plain.Header.Get("ETag") {
		t.Errorf("compressed: %v, %d of %d bytes", zipped.Header, len(zipped.Body), len(plain.Body))
	}
	if head := apptest.Ask(t, p.plain, "", "HEAD", "/plain/sv", nil); head.Status != 200 || len(head.Body) != 0 || head.Header.Get("Content-Length") != plain.Header.Get("Content-Length") {
		t.Errorf("HEAD: %d %v", head.Status, head.Header)
	}
}

// Whoever needs help when the database doesn't answer reads the page as it was,
// or at least the numbers.
func TestTheNumbersAreThereWithoutADatabase(t *testing.T) {
	p := openPaper(t)
	p.save(ofEntries, entry("steget", nil))
	before := p.page("sv")
	if _, err := p.app.DB().NewQuery("ALTER TABLE guide_entries RENAME TO elsewhere").Execute(); err != nil {
		t.Fatal(err)
	}
	if p.page("sv") != before {
		t.Error("the page that was made is not there")
	}
	if a := p.get("/plain/ar", nil); a.Status != http.StatusServiceUnavailable || !strings.Contains(string(a.Body), "112") || a.Header.Get("Content-Language") != "ar" {
		t.Errorf("a page that was not made: %d %s", a.Status, a.Body)
	}
}

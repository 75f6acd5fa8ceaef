package sync_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"folje/internal/apptest"
)

func TestEncodings(t *testing.T) {
	w := newWorld(t)
	w.mustWrite("1", strings.Repeat("En lång mening om fjällen. ", 40))
	plain := w.ask(feed, "")
	for accept, want := range map[string]string{
		"gzip, deflate, br, zstd": "br", "gzip": "gzip", "br;q=0, gzip": "gzip", "BR": "br",
		"": "", "identity": "", "gzip;q=0": "", "br;q=x": "",
	} {
		a := w.askAs(feed, "", accept)
		if a.encoding != want || a.etag != plain.etag || (a.sent >= plain.sent) != (want == "") {
			t.Errorf("%q: %q in %d bytes, plain %d", accept, a.encoding, a.sent, plain.sent)
		}
	}
	if len(plain.ids()) != 1 {
		t.Errorf("%s", plain.Body)
	}
	if a := w.askAs(feed+plain.cursor(), "", "br"); a.encoding != "" || len(a.ids()) != 0 {
		t.Errorf("nothing is not worth compressing: %q", a.encoding)
	}
}

// Only what phones write is answered quickly; all else goes the ordinary way.
func TestTheOrdinaryWayIsLeftForAllElse(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{
		"feeds/", "feeds/a/b", "feeds/" + scope + "/texts/", "feeds/" + scope + "/texts/xx", "feeds/" + scope + "/texts/ar/x",
		"feeds/" + scope + "?x=1", "feeds/" + scope + "?after=a&after=b", "feeds/" + scope + "?after=%61", "feeds/" + scope + "?after=a+b",
		"feeds/%61bcdefghijklmno", "hello?x", "hello/", "feed", "",
	} {
		r := httptest.NewRequest(http.MethodGet, "/api/folje/v1/"+path, nil)
		if status, _, _, ok := w.service.Quick(r); ok {
			t.Errorf("%q: %d", path, status)
		}
	}
	for _, method := range []string{http.MethodHead, http.MethodPost} {
		if _, _, _, ok := w.service.Quick(httptest.NewRequest(method, "/api/folje/v1/hello", nil)); ok {
			t.Error(method)
		}
	}
}

func TestHelloCostsNoSQLAndHearsOfSettings(t *testing.T) {
	w := newWorld(t)
	first := w.ask("hello", "")
	if first.Get("build") != "b1" || first.Get("now") != "2026-03-14T12:00:00Z" || first.Get("municipality", "name") != "" {
		t.Fatalf("%s", first.Body)
	}
	statements := w.asked.Load()
	w.clock.Add(1)
	if a := w.ask("hello", ""); a.Get("now") != "2026-03-14T12:00:01Z" {
		t.Errorf("%s", a.Body)
	}
	if w.asked.Load() != statements {
		t.Error("hello asked the database")
	}
	set, err := w.app.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		t.Fatal(err)
	}
	set.Set("value", map[string]string{"name": "Björkhult"})
	if err := w.app.Save(set); err != nil {
		t.Fatal(err)
	}
	if a := w.ask("hello", ""); a.Get("municipality", "name") != "Björkhult" {
		t.Errorf("%s", a.Body)
	}
	w.build.Store("b1-0000")
	if a := w.ask("hello", ""); a.Get("build") != "b1-0000" {
		t.Errorf("the build became another within the second: %s", a.Body)
	}
	if a := w.askAs("hello", "", "br, gzip"); a.encoding != "gzip" {
		t.Errorf("%q", a.encoding)
	}
}

// Both ways give the same answers, HEAD included.
func TestTheRoutesAnswerTheSame(t *testing.T) {
	w := newWorld(t)
	w.mustWrite("1", strings.Repeat("hej ", 100))
	h := w.handler
	for _, path := range []string{feed, arabic, "hello"} {
		quick, slow := w.ask(path, ""), apptest.Ask(t, h, "", http.MethodGet, "/api/folje/v1/"+path, nil)
		if string(quick.Body) != string(slow.Body) || quick.etag != slow.Header.Get("ETag") {
			t.Errorf("%s: %s\nand %s", path, quick.Body, slow.Body)
		}
		if a := apptest.Ask(t, h, "", http.MethodHead, "/api/folje/v1/"+path, nil); a.Status != http.StatusOK || len(a.Body) != 0 {
			t.Errorf("HEAD %s: %d %s", path, a.Status, a.Body)
		}
	}
}

package e2e_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"folje/test/browser"
)

// budget is how much JavaScript and CSS, gzip, a phone may fetch before the
// first letter is shown.
const budget = 60_000

// TestWeight follows a new phone from the scanned invitation to its first
// letter, and weighs every script and style sheet that the page needed on the
// way. What comes only after the letters are there is weighed apart: what the
// worker runs, and the views that it keeps before anybody opens them.
func TestWeight(t *testing.T) {
	w := shop.Beside(t)
	p := w.Parent("ar")
	p.Joins(w.Invitation("Blåsippan").Code)
	p.Click("a.letter-row")
	p.WaitFor("article.letter")
	p.KeepsAll()
	builds := regexp.MustCompile(`/builds/[0-9a-f]+/`)
	script := w.URL("/sw.js")
	later := regexp.MustCompile(`LATER = .*`).FindString(read(t, script))

	first, views := map[string]int{}, map[string]int{}
	worker := map[string]int{script: gzipped(t, script)} // DevTools doesn't see who fetches it
	var wire int64
	for _, x := range p.Profile().Traffic() {
		wire += x.Bytes
		address := builds.ReplaceAllString(fetched(t, x), "/")
		if address == "" {
			continue
		}
		of := first
		switch {
		case strings.Contains(later, `"`+strings.TrimPrefix(address, w.Server.Origin)+`"`):
			of = views
		case x.FromWorker, address == script: // which the test itself has read
			of = worker
		}
		of[address] = gzipped(t, address)
		if strings.Contains(address, "/js/staff/") || strings.Contains(address, "/js/translate/") || strings.Contains(address, "/pocketbase/") {
			t.Errorf("a parent's phone fetched %s, which is for staff", address)
		}
	}
	for address := range first {
		delete(worker, address)
	}
	t.Logf("before the first letter: %s; %d bytes over the wire in all", weigh(first), wire)
	t.Logf("after the letters, the worker's own: %s", weigh(worker))
	t.Logf("after the letters, views not opened yet: %s", weigh(views))
	if total := weigh(first).total; total > budget {
		t.Errorf("%d bytes are needed before the first letter is shown, more than %d", total, budget)
	}
	if len(first) == 0 || len(views) == 0 || len(worker) == 0 {
		t.Error("nothing was fetched, so nothing was weighed")
	}
}

// weight is what files weigh together, in bytes of gzip.
type weight struct{ files, scripts, total int }

func weigh(files map[string]int) (w weight) {
	for address, size := range files {
		w.files, w.total = w.files+1, w.total+size
		if strings.HasSuffix(address, ".js") {
			w.scripts += size
		}
	}
	return w
}

func (w weight) String() string {
	return fmt.Sprintf("%d files, %d bytes of gzip, of them %d of JavaScript and %d of CSS", w.files, w.total, w.scripts, w.total-w.scripts)
}

// fetched answers the address of a script or style sheet, or "".
func fetched(t *testing.T, x browser.Exchange) string {
	t.Helper()
	address, err := url.Parse(x.URL)
	if err != nil {
		t.Fatalf("read a request's address: %v", err)
	}
	if kind := path.Ext(address.Path); kind != ".js" && kind != ".mjs" && kind != ".css" && x.Type != "Script" && x.Type != "Stylesheet" {
		return ""
	}
	return x.URL
}

// read answers what the server says at an address.
func read(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// gzipped asks the server for an address in gzip and answers the body's size
// as it came; what it refuses to compress counts in full.
func gzipped(t *testing.T, address string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("weigh %s: %v", address, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("weigh %s: %s, %v", address, answer.Status, err)
	}
	if encoding := answer.Header.Get("Content-Encoding"); encoding != "gzip" {
		t.Errorf("%s came as %q although gzip was asked for", address, encoding)
	} else if _, err := gzip.NewReader(strings.NewReader(string(body))); err != nil {
		t.Errorf("%s says gzip but is not: %v", address, err)
	}
	return len(body)
}

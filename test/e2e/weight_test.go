package e2e_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"

	"folje/test/browser"
)

// budget is how much JavaScript and CSS, gzip, a phone may fetch before the
// first letter is shown.
const budget = 60_000

// TestWeight follows a new phone from the scanned invitation to its first
// letter, and weighs every script and style sheet that it asked for on the
// way: the page's, and those that the worker put aside for later.
func TestWeight(t *testing.T) {
	w := newTown(t)
	p := w.Parent("ar")
	p.Joins(w.Invitation("Blåsippan").Code)
	p.Click("a.letter-row")
	p.WaitFor("article.letter")
	p.WaitUntil("navigator.serviceWorker.ready")

	weights := map[string]int{}
	var wire int64
	for _, x := range p.Profile().Traffic() {
		wire += x.Bytes
		if address := fetched(t, x); address != "" && weights[address] == 0 {
			weights[address] = gzipped(t, address)
		}
	}
	total, scripts := 0, 0
	for address, size := range weights {
		total += size
		if strings.HasSuffix(address, ".js") {
			scripts += size
		}
		if strings.Contains(address, "/js/staff/") || strings.Contains(address, "/js/translate/") || strings.Contains(address, "/pocketbase/") {
			t.Errorf("a parent's phone fetched %s, which is for staff", address)
		}
	}
	t.Logf("%d files: %d bytes of JavaScript and %d of CSS, gzip; %d bytes over the wire in all", len(weights), scripts, total-scripts, wire)
	if total > budget {
		t.Errorf("%d bytes are needed before the first letter is shown, more than %d", total, budget)
	}
	if total == 0 {
		t.Error("nothing was fetched, so nothing was weighed")
	}
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

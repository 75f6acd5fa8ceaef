package translation_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// table is the month's words as who gets them: the lines below the head.
func (p *preschool) table(who *core.Record, month string) [][]string {
	p.Helper()
	a := p.ask(who, http.MethodGet, "staff/words/"+month, nil)
	if a.Status != http.StatusOK || a.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
		p.Fatalf("%d %s", a.Status, a.Body)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(a.Body), "\uFEFF")))
	r.Comma = ';'
	lines, err := r.ReadAll()
	if err != nil {
		p.Fatal(err)
	}
	return lines[1:]
}

func line(cells ...string) string { return strings.Join(cells, "|") }

func lines(table [][]string) string {
	var all []string
	for _, cells := range table {
		all = append(all, line(cells...))
	}
	return strings.Join(all, "\n")
}

func TestTheMonthsWordsAreCountedByTheOriginal(t *testing.T) {
	p := newPreschool(t)
	p.setStaff("tara", map[string]any{"name": "=HYPERLINK(1)"})
	l := p.write("Sömn", calm, nine)
	p.translate(p.tara, l, "en", calm, "A calm moment.")
	p.translate(p.tara, l, "en", calm, "A quiet moment before bedtime.") // the same text once more
	p.translate(p.tara, l, "ar", nine, "نلتقي الساعة 9:30.")
	p.machine(l, "en", nine, "See you at 9:30.")
	p.confirm(p.sofi, l, "en", nine)
	p.now = time.Date(2026, 11, 30, 23, 30, 0, 0, time.UTC) // December at home
	p.translate(p.tara, l, "en", "Sömn", "Sleep")
	const mine = "'=HYPERLINK(1)|العربية (ar)|1|4|0\n'=HYPERLINK(1)|English (en)|1|5|0"
	if got := lines(p.table(p.tara, "2026-11")); got != mine {
		t.Errorf("hers: %s", got)
	}
	if got, want := lines(p.table(p.admin, "2026-11")), mine+"\nsofi@example.org|English (en)|0|0|4"; got != want {
		t.Errorf("everybody's: %s", got)
	}
	if got := lines(p.table(p.tara, "2026-12")); got != "'=HYPERLINK(1)|English (en)|1|1|0" {
		t.Errorf("in December: %s", got)
	}
	if got := p.table(p.sofi, "2025-01"); len(got) != 0 {
		t.Errorf("before: %v", got)
	}
}

func TestWhoGetsNoWords(t *testing.T) {
	p := newPreschool(t)
	p.ok(p.ask(nil, http.MethodGet, "staff/words/2026-11", nil), http.StatusUnauthorized, "error.sign_in")
	p.ok(p.ask(p.anna, http.MethodGet, "staff/words/2026-11", nil), http.StatusForbidden, "error.forbidden")
	for _, month := range []string{"2026-13", "2026-1", "x", "1999-01"} {
		p.ok(p.ask(p.tara, http.MethodGet, "staff/words/"+month, nil), http.StatusNotFound, "")
	}
}

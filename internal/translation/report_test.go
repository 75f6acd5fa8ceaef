package translation_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/operation"
	"folje/internal/problem"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

var reportNow = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// reader is a phone and the sentences that its group can read.
type reader struct {
	testing.TB
	app                 core.App
	device              access.Device
	public, own, unseen string // segments: everybody's, its group's, another group's
}

func newReader(t *testing.T) *reader {
	app := apptest.New(t)
	r := &reader{TB: t, app: app, device: access.Device{Groups: map[string]time.Time{
		"own": reportNow.AddDate(0, 1, 0), "left": reportNow.AddDate(0, -1, 0)}}}
	unit := apptest.MustUnit(t, app, "Granen")
	segment := func(words, scope string, published bool) string {
		id := text.SegmentID("sv", words)
		apptest.MustRecord(t, app, "segments", map[string]any{"id": id, "locale": "sv", "text": words})
		apptest.MustRecord(t, app, "segment_uses", map[string]any{"segment": id, "unit": unit.Id, "context": "x",
			"collection": "letters", "record": words, "scope": scope, "drafted": true, "published": published})
		return id
	}
	r.public, r.own = segment("Alla.", "public", true), segment("Vi.", "own", true)
	r.unseen = segment("De.", "other", true)
	segment("Utkast.", "own", false)
	segment("Förr.", "left", true)
	return r
}

func (r *reader) report(segment, locale, note string) error {
	r.Helper()
	raw, err := json.Marshal(map[string]any{"segment": segment, "locale": locale, "note": note})
	if err != nil {
		r.Fatal(err)
	}
	kind := translation.Report(func(tag string) bool { return tag == "ar" || tag == "sv" }, func() time.Time { return reportNow })
	return r.app.RunInTransaction(func(tx core.App) error {
		_, err := kind.Apply(tx, r.device, operation.Operation{Body: raw})
		return err
	})
}

func TestReportsAreCountedUntilSettled(t *testing.T) {
	r := newReader(t)
	for _, note := range []string{"", " vad är\nIOR? "} {
		if err := r.report(r.own, "ar", note); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.report(r.public, "sv", ""); err != nil {
		t.Fatal(err)
	}
	found, err := translation.ReportsOf(r.app, "ar", []string{r.own, r.public})
	if err != nil {
		t.Fatal(err)
	}
	if got := found[r.own]; len(found) != 1 || got.Count != 2 || len(got.Notes) != 1 || got.Notes[0] != "vad är IOR?" {
		t.Errorf("%+v", found)
	}
	if n, err := translation.ResolveReports(r.app, r.own, "ar"); n != 2 || err != nil {
		t.Errorf("settled %d: %v", n, err)
	}
	if found, _ := translation.ReportsOf(r.app, "ar", []string{r.own}); len(found) != 0 {
		t.Errorf("left: %+v", found)
	}
	if found, _ := translation.ReportsOf(r.app, "sv", []string{r.public}); found[r.public].Count != 1 {
		t.Errorf("the other one went too: %+v", found)
	}
}

func TestReportOfWhatTheReaderCannotReadIsRefused(t *testing.T) {
	r := newReader(t)
	for name, c := range map[string]struct{ segment, locale, note, code string }{
		"another group's":    {r.unseen, "ar", "", "error.report_unknown"},
		"of a draft":         {text.SegmentID("sv", "Utkast."), "ar", "", "error.report_unknown"},
		"of a group it left": {text.SegmentID("sv", "Förr."), "ar", "", "error.report_unknown"},
		"of nothing":         {strings.Repeat("a", 32), "ar", "", "error.report_unknown"},
		"not a segment":      {"' OR 1=1 --", "ar", "", "error.report_unknown"},
		"in no locale":       {r.own, "xx", "", "error.report_unknown"},
		"with a long note":   {r.own, "ar", strings.Repeat("å", 301), "error.report_too_long"},
	} {
		if err := r.report(c.segment, c.locale, c.note); problem.From(err) == nil || problem.From(err).Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n, _ := r.app.CountRecords("translation_reports"); n != 0 {
		t.Errorf("%d reports are stored", n)
	}
}

func TestOnlyTheNewestNotesAreShown(t *testing.T) {
	r := newReader(t)
	for i := range 60 {
		apptest.MustRecord(t, r.app, "translation_reports", map[string]any{"segment": r.own, "locale": "ar",
			"note": fmt.Sprint(i), "day": reportNow.AddDate(0, 0, i).Format(time.DateOnly)})
	}
	found, err := translation.ReportsOf(r.app, "ar", []string{r.own})
	if err != nil {
		t.Fatal(err)
	}
	if got := found[r.own]; got.Count != 60 || len(got.Notes) != 50 || got.Notes[0] != "10" || got.Notes[49] != "59" {
		t.Errorf("%+v", got)
	}
}

package translation

import (
	"fmt"
	"net/http"
	"time"
	"unicode/utf8"

	"folje/internal/access"
	"folje/internal/database"
	"folje/internal/operation"
	"folje/internal/pattern"
	"folje/internal/problem"
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const reports = "translation_reports"

// maxReportNote is the longest note with a report, in runes.
const maxReportNote = 300

var (
	segmentID = pattern.Of(`^[a-z2-7]{32}$`)

	// errReportUnknown: the reader can't have read that sentence.
	errReportUnknown = problem.New(http.StatusBadRequest, "error.report_unknown")
	errReportTooLong = problem.New(http.StatusBadRequest, "error.report_too_long")
)

// Report is the operation "report" {segment, locale, note}: a reader did not
// understand a sentence in a locale (the source's counts too). The segment
// must stand in a published record of a scope that the device may read. knows
// says which locales there are.
func Report(knows func(locale string) bool, now func() time.Time) operation.Kind {
	return operation.Kind{Version: 1, Apply: func(tx core.App, device access.Device, op operation.Operation) (operation.Outcome, error) {
		var body struct {
			Segment string `json:"segment"`
			Locale  string `json:"locale"`
			Note    string `json:"note"`
		}
		if err := operation.Decode(op, &body); err != nil {
			return operation.Outcome{}, err
		}
		note := text.Fold(body.Note)
		if utf8.RuneCountInString(note) > maxReportNote {
			return operation.Outcome{}, errReportTooLong
		}
		if !segmentID.MatchString(body.Segment) || !knows(body.Locale) {
			return operation.Outcome{}, errReportUnknown
		}
		if err := readable(tx, device, body.Segment, now()); err != nil {
			return operation.Outcome{}, err
		}
		return operation.Outcome{}, saveReport(tx, body.Segment, body.Locale, note, now())
	}}
}

// readable fails with errReportUnknown where no published record that the
// device may read has the segment.
func readable(app core.App, device access.Device, segment string, now time.Time) error {
	scopes := []any{sync.Public}
	for group := range device.Groups {
		if device.In(group, now) {
			scopes = append(scopes, group)
		}
	}
	var n int
	err := app.DB().Select("COUNT(*)").From("segment_uses").
		Where(dbx.HashExp{"segment": segment, "published": true, "scope": scopes}).Row(&n)
	if err != nil {
		return fmt.Errorf("find the reported sentence: %w", err)
	}
	if n == 0 {
		return errReportUnknown
	}
	return nil
}

func saveReport(tx core.App, segment, locale, note string, now time.Time) error {
	r, err := database.NewRecord(tx, reports)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"segment": segment, "locale": locale, "note": note, "day": zone.Day(now)})
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("save report: %w", err)
	}
	return nil
}

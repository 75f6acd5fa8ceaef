package letter

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"folje/internal/outbox"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// lateDays is for how many days after a letter went out its readers are told
// that it can be read in their language.
const lateDays = 14

// bindLate tells, in the transaction that stores the last text which a letter
// lacked in a locale, the phones that read it there.
func (f *feature) bindLate(app core.App) {
	ring := func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			given, finished := improved(e.Record)
			if err := e.Next(); err != nil || !finished {
				return err
			}
			return ringLate(tx, e.Record, given, f.Now())
		})
	}
	app.OnRecordCreate("translations").BindFunc(ring)
	app.OnRecordUpdate("translations").BindFunc(ring)
}

// improved tells whether a text is saved where there was none (given), or where
// there was none but a machine's (finished).
func improved(text *core.Record) (given, finished bool) {
	if !text.GetBool("given") {
		return false, false
	}
	if text.IsNew() || !text.Original().GetBool("given") {
		return true, true
	}
	return false, text.Original().GetString("status") == translation.Machine && text.GetString("status") != translation.Machine
}

// ringLate looks at the letters that use the segment of the text and went out
// of late.
func ringLate(tx core.App, text *core.Record, given bool, now time.Time) error {
	var ids []string
	since := now.AddDate(0, 0, -lateDays)
	err := tx.DB().Select("l.id").Distinct(true).From("segment_uses u").
		InnerJoin("letters l", dbx.NewExp("[[l.id]] = [[u.record]]")).
		Where(dbx.HashExp{"u.segment": text.GetString("segment"), "u.published": true, "u.collection": letters, "l.withdrawn": ""}).
		AndWhere(dbx.NewExp("[[l.published]] >= {:since} OR [[l.corrected]] >= {:since}", dbx.Params{"since": since.UTC().Format("2006-01-02 15:04:05")})).
		Column(&ids)
	if err != nil {
		return fmt.Errorf("find letters that got a text: %w", err)
	}
	for _, id := range ids {
		if err := ringTranslation(tx, id, text, given, now); err != nil {
			return err
		}
	}
	return nil
}

// ringTranslation adds the row for one letter, where something was missing in
// the locale when it went out and nothing is any more. It is added once. While
// phones are still held back nobody has been told of the letter, and what they
// will be told is that it is there: the text may be the one it was held for.
func ringTranslation(tx core.App, id string, text *core.Record, given bool, now time.Time) error {
	l, err := Find(tx, id)
	if err != nil {
		return fmt.Errorf("find letter: %w", err)
	}
	latest, err := Latest(tx, l)
	if err != nil {
		return fmt.Errorf("find latest revision: %w", err)
	}
	places, err := latest.places()
	if err != nil {
		return err
	}
	row, waits, err := outbox.Held(tx, id, kindLetter, kindCorrection)
	if err != nil {
		return err
	}
	if waits && row.Number == l.Number() && row.Hold.After(now) {
		return ringReady(tx, id, places, now)
	}
	locale := text.GetString("locale")
	if !given {
		return nil
	}
	if was, known := latest.complete(); !known || slices.Contains(was, locale) {
		return nil
	}
	complete, err := translation.Complete(tx, places)
	if err != nil || !slices.Contains(complete, locale) {
		return err
	}
	_, err = outbox.Add(tx, outbox.Row{
		Kind: kindTranslation, Item: l.Id, Number: l.Number(), Mark: kindTranslation + " " + l.Id + " " + locale,
		Groups: latest.Groups(), Locale: locale, Author: text.GetString("author"), Due: now, Until: now.UTC().AddDate(0, 0, tellDays),
	})
	return err
}

// ringReady lets phones ring that were held back for locales in which the
// places can be read by now, in words that aren't a machine's alone.
func ringReady(tx core.App, letter string, places []translation.Place, now time.Time) error {
	finished, err := translation.Finished(tx, places)
	if err != nil {
		return err
	}
	return outbox.Ready(tx, letter, finished, now, kindLetter, kindCorrection)
}

// complete gives the locales in which nothing was missing when the revision
// went out; false where that isn't known.
func (r Revision) complete() ([]string, bool) {
	var locales []string
	err := json.Unmarshal([]byte(r.GetString("complete")), &locales)
	return locales, err == nil && locales != nil
}

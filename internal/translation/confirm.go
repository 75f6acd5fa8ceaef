package translation

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Confirm notes on every use of the segment in the record that this wording is
// right there.
func Confirm(app core.App, owner, segment, locale, wording string) error {
	uses, err := app.FindAllRecords("segment_uses", dbx.HashExp{"record": owner, "segment": segment})
	if err != nil {
		return fmt.Errorf("list uses to confirm: %w", err)
	}
	for _, u := range uses {
		confirmed := map[string]string{}
		if err := u.UnmarshalJSONField("confirmed", &confirmed); err != nil || confirmed == nil {
			confirmed = map[string]string{}
		}
		confirmed[locale] = version(wording)
		u.Set("confirmed", confirmed)
		if err := app.Save(u); err != nil {
			return fmt.Errorf("confirm: %w", err)
		}
	}
	return nil
}

// ConfirmPlace confirms the text that the edit's place has now; it reports false
// where there is none to confirm. It fails like [Save] where the text misleads,
// and with 403 error.review_own where a second person is to review it. Call it
// in a transaction.
func ConfirmPlace(app core.App, e Edit) (bool, error) {
	texts, err := rows(app, e.Locale, []string{e.Place.Segment.ID})
	if err != nil {
		return false, err
	}
	r := best(texts, e.Place.Segment.ID, e.Place.Context)
	if r == nil || !r.Given {
		return false, nil
	}
	e.Text, e.Only = r.Text, r.Context != ""
	if err := e.check(); err != nil {
		return false, err
	}
	second, err := SecondReview(app)
	if err != nil {
		return false, err
	}
	v, err := r.approve(e.Author, second)
	if err != nil {
		return false, err
	}
	if err := judge(app, r.ID, v); err != nil {
		return false, err
	}
	if err := e.deed(v.action).Write(app); err != nil {
		return false, err
	}
	if !e.Only {
		if err := Confirm(app, e.Record, e.Place.Segment.ID, e.Locale, r.Text); err != nil {
			return false, err
		}
	}
	return true, announceText(app, e.Place.Segment.ID, e.Locale)
}

func judge(app core.App, id string, v verdict) error {
	r, err := record(app, &row{ID: id})
	if err != nil {
		return err
	}
	v.onto(r)
	if err := app.Save(r); err != nil {
		return fmt.Errorf("save what became of a translation: %w", err)
	}
	return nil
}

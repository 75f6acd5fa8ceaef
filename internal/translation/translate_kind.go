package translation

import (
	"database/sql"
	"errors"

	"folje/internal/operation"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// Translate is the operation "translate" of staff {collection, record, locale,
// segment, context, text, base, draft}: a text that a translator wrote, also
// without a network, with what PUT …/places asks and checks. It is rejected with
// error.translation_conflict where the text was changed since base, and with
// error.translation_check where a finished one misleads. A sentence that is gone
// from the record is error.not_found. Where she has written too many it has no
// verdict yet.
func Translate(cfg DeskConfig) operation.Kind {
	d := newDesk(cfg)
	return operation.Kind{Version: 1, ForStaff: func(tx core.App, staff *core.Record, op operation.Operation) (operation.Outcome, error) {
		var in Sent
		if err := operation.Decode(op, &in); err != nil {
			return operation.Outcome{}, err
		}
		if err := d.Pace.Take(staff, d.Now()); err != nil {
			return operation.Outcome{}, err
		}
		save := d.apply
		if elsewhere, ok := d.Elsewhere[in.Collection]; ok {
			save = elsewhere
		}
		err := save(tx, staff, in)
		switch {
		case errors.Is(err, ErrConflict):
			err = errConflict
		case errors.Is(err, sql.ErrNoRows):
			err = problem.NotFound()
		}
		return operation.Outcome{}, err
	}}
}

// Sent is a text as a page sends it: of a place of a record, or in collections
// of [DeskConfig.Elsewhere] of what those call so.
type Sent struct {
	Collection string `json:"collection"`
	Record     string `json:"record"`
	Locale     string `json:"locale"`
	Segment    string `json:"segment"`
	Context    string `json:"context"`
	Text       string `json:"text"`
	Base       string `json:"base"`
	Draft      bool   `json:"draft"`
}

func (d *desk) apply(tx core.App, staff *core.Record, in Sent) error {
	w, ok := d.workOf(in.Collection)
	if !ok {
		return problem.NotFound()
	}
	record, err := tx.FindRecordById(w.Collection, in.Record)
	if err != nil {
		return err
	}
	if !w.reads(staff, record) {
		return problem.NotFound()
	}
	tag, err := d.mayWrite(staff, record, in.Locale)
	if err != nil {
		return err
	}
	place, err := item{record, w}.find(tx, in.Segment, in.Context)
	if err != nil {
		return err
	}
	return saveText(tx, Edit{
		Collection: w.Collection, Record: record.Id, Author: staff.Id, Place: place, Locale: tag,
		Text: in.Text, Base: in.Base, Only: in.Context != "", Unfinished: in.Draft, At: d.Now(),
	})
}

func (d *desk) workOf(collection string) (Work, bool) {
	for _, w := range d.Works {
		if w.Collection == collection {
			return w, true
		}
	}
	return Work{}, false
}

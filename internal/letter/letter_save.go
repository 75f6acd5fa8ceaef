package letter

import (
	"fmt"
	"slices"

	"folje/internal/access"
	"folje/internal/problem"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// owned are the fields that only the server sets.
var owned = []string{"number", "published", "corrected", "withdrawn", "release", "author"}

// Save stores the draft: it checks the fields, divides the text into segments,
// counts the save and says which segments the letter uses. The error is a
// [problem.Problem] naming the fields where the draft can't be stored.
func Save(app core.App, l Letter) error {
	return app.RunInTransaction(func(tx core.App) error {
		if err := prepare(tx, l); err != nil {
			return err
		}
		if err := tx.Save(l.Record); err != nil {
			return fmt.Errorf("save letter: %w", err)
		}
		return index(tx, l)
	})
}

// bindSave makes saves through the record API go the same way as [Save], with
// the base checked first. What the API answers waits for the transaction.
func (f *feature) bindSave(app core.App) {
	app.OnRecordCreateRequest(letters).BindFunc(func(e *core.RecordRequestEvent) error {
		return f.inTransaction(e, func(tx core.App, l Letter) error {
			for _, name := range owned {
				l.Set(name, nil)
			}
			l.Set("base", 0)
			if access.IsStaff(e.Auth) {
				l.Set("author", e.Auth.Id)
			}
			return prepare(tx, l)
		})
	})
	app.OnRecordUpdateRequest(letters).BindFunc(func(e *core.RecordRequestEvent) error {
		return f.inTransaction(e, func(tx core.App, l Letter) error {
			current, err := Find(tx, l.Id)
			if err != nil {
				return err
			}
			for _, name := range owned {
				l.Set(name, current.Get(name))
			}
			return f.checkBase(e, l, current, func() error { return prepare(tx, l) })
		})
	})
}

func (f *feature) inTransaction(e *core.RecordRequestEvent, before func(core.App, Letter) error) error {
	outer := e.App
	defer func() { e.App = outer }()
	return outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		l := Letter{e.Record}
		if err := before(tx, l); err != nil {
			return problem.API(e.RequestEvent, f.Locales, err)
		}
		if err := e.Next(); err != nil {
			return err
		}
		return problem.API(e.RequestEvent, f.Locales, index(tx, l))
	})
}

// checkBase lets the save through when it started from what is stored. A save
// that was repeated after a lost answer carries the old base and the text that
// is stored already: it gets the same answer again. Any other is told.
func (f *feature) checkBase(e *core.RecordRequestEvent, l, current Letter, save func() error) error {
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	if _, ok := info.Body["base"]; !ok {
		return problem.Invalid(map[string]problem.Field{"base": {Code: "error.field_required"}})
	}
	if l.Base() == current.Base() {
		return save()
	}
	body, err := l.Body()
	if err != nil {
		return unreadable(err)
	}
	stored, err := current.Body()
	if err != nil {
		return err
	}
	if !sameText(body, stored) || !sameFields(l, current) {
		return problem.Conflict("error.letter_conflict", current.PublicExport())
	}
	l.Set("base", current.Base())
	l.Set("blocks", stored)
	return nil
}

// sameFields compares all that staff may set beside the blocks: whatever it left
// out would pass with an old base, past the checks of prepare.
func sameFields(a, b Letter) bool {
	return a.GetString("title") == b.GetString("title") && a.GetString("question") == b.GetString("question") &&
		a.GetString("meeting") == b.GetString("meeting") && slices.Equal(a.Groups(), b.Groups()) &&
		a.Unit() == b.Unit() && a.GetBool("sensitive") == b.GetBool("sensitive")
}

// prepare checks the draft and writes segments and base into it.
func prepare(app core.App, l Letter) error {
	body, err := l.Body()
	if err != nil {
		return unreadable(err)
	}
	fields := draftFaults(l, body)
	if err := belongings(app, l, fields); err != nil {
		return err
	}
	if len(fields) > 0 {
		return problem.Invalid(fields)
	}
	for i := range body {
		body[i] = body[i].Segmented(sourceLocale)
	}
	if f := text.TooManySegments(body); f != nil {
		return problem.Invalid(map[string]problem.Field{fieldOf(""): {Code: f.Code, Params: f.Params}})
	}
	l.Set("blocks", body)
	l.Set("base", l.Base()+1)
	return nil
}

func unreadable(err error) error {
	return problem.Invalid(map[string]problem.Field{"blocks": {Code: "error.field_invalid"}}).Because(err)
}

// draftFaults tells what no draft may be. It may well be unfinished: empty
// fields and blocks are for publishing to complain about.
func draftFaults(l Letter, body []text.Block) map[string]problem.Field {
	fields := map[string]problem.Field{}
	for _, f := range text.Validate(append(heads(l), body...)) {
		if f.Code != text.CodeBlockEmpty {
			fields[fieldOf(f.Block)] = problem.Field{Code: f.Code, Params: f.Params}
		}
	}
	for _, b := range body {
		if b.ID == titleID || b.ID == questionID {
			fields[fieldOf("")] = problem.Field{Code: text.CodeBlockID}
		} else if !b.Kind.Body() {
			fields[fieldOf(b.ID)] = problem.Field{Code: text.CodeBlockKind, Params: map[string]any{"Kind": string(b.Kind)}}
		} else if !b.Kind.Attached() && b.Attachment != "" || len(b.Attachment) > maxAttachmentID {
			fields[fieldOf(b.ID)] = problem.Field{Code: "error.field_invalid"}
		}
	}
	return fields
}

func heads(l Letter) []text.Block {
	return []text.Block{
		{ID: titleID, Kind: text.Title, Text: l.GetString("title")},
		{ID: questionID, Kind: text.Question, Text: l.GetString("question")},
	}
}

// fieldOf names the form's field that a block is: title, question,
// "block.<id>", or "blocks" for a fault of them all.
func fieldOf(block string) string {
	switch block {
	case titleID, questionID:
		return block
	case "":
		return "blocks"
	}
	return "block." + block
}

// belongings checks that unit, groups and meeting belong together, and that a
// letter never changes its unit.
func belongings(app core.App, l Letter, fields map[string]problem.Field) error {
	if !l.IsNew() && l.Unit() != l.Original().GetString("unit") {
		fields["unit"] = problem.Field{Code: "error.unit_fixed"}
	}
	if groups := l.Groups(); len(groups) > 0 {
		same, err := countOfUnit(app, "groups", groups, l.Unit())
		if err != nil {
			return err
		}
		if same != len(groups) {
			fields["groups"] = problem.Field{Code: "error.other_unit"}
		}
	}
	if meeting := l.GetString("meeting"); meeting != "" {
		same, err := countOfUnit(app, "meetings", []string{meeting}, l.Unit())
		if err != nil {
			return err
		}
		if same != 1 {
			fields["meeting"] = problem.Field{Code: "error.other_unit"}
		}
	}
	return nil
}

func countOfUnit(app core.App, collection string, ids []string, unit string) (int, error) {
	values := make([]any, len(ids))
	for i, id := range ids {
		values[i] = id
	}
	n, err := app.CountRecords(collection, dbx.In("id", values...), dbx.HashExp{"unit": unit})
	if err != nil {
		return 0, fmt.Errorf("count %s of the unit: %w", collection, err)
	}
	return int(n), nil
}

func index(app core.App, l Letter) error {
	o, err := owner(app, l)
	if err != nil {
		return err
	}
	if err := translation.Index(app, o); err != nil {
		return fmt.Errorf("index letter: %w", err)
	}
	return nil
}

package phrase

import (
	"unicode/utf8"

	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// bindSave checks what comes through the record API. What is wrong is told at
// the field, in the caller's language. Who added a phrase is not for her to say.
func (f *feature) bindSave(app core.App) {
	save := func(e *core.RecordRequestEvent) error {
		if err := prepare(e.App, Phrase{e.Record}); err != nil {
			return problem.API(e.RequestEvent, f.Locales, err)
		}
		return e.Next()
	}
	app.OnRecordCreateRequest(collection).BindFunc(func(e *core.RecordRequestEvent) error {
		e.Record.Set("author", "")
		if e.Auth != nil && e.Auth.Collection().Name == "staff" {
			e.Record.Set("author", e.Auth.Id)
		}
		return save(e)
	})
	app.OnRecordUpdateRequest(collection).BindFunc(func(e *core.RecordRequestEvent) error {
		e.Record.Set("author", e.Record.Original().GetString("author"))
		return save(e)
	})
}

// prepare folds what was written and checks it.
func prepare(app core.App, p Phrase) error {
	fields := map[string]problem.Field{}
	for name, most := range map[string]int{"text": limit(p), "topic": MaxTopic} {
		s := text.Fold(p.GetString(name))
		p.Set(name, s)
		if n := utf8.RuneCountInString(s); n > most {
			fields[name] = problem.Field{Code: text.CodeBlockTooLong, Params: map[string]any{"Max": most, "Count": n}}
		}
	}
	if text.Blank(p.Text()) {
		fields["text"] = problem.Field{Code: "error.field_required"}
	}
	if from, to := p.GetInt("ageFrom"), p.GetInt("ageTo"); from < 0 || to > MaxAge || from > to {
		fields["ageTo"] = problem.Field{Code: "error.ages", Params: map[string]any{"Max": MaxAge}}
	}
	if len(fields) == 0 {
		if err := checkOnce(app, p, fields); err != nil {
			return err
		}
	}
	if len(fields) > 0 {
		return problem.Invalid(fields)
	}
	return nil
}

func limit(p Phrase) int {
	if p.GetString("kind") == Question {
		return text.MaxQuestion
	}
	return MaxText
}

// checkOnce finds a phrase that is there already, word for word.
func checkOnce(app core.App, p Phrase, fields map[string]problem.Field) error {
	n, err := app.CountRecords(collection, dbx.HashExp{"kind": p.GetString("kind"), "text": p.Text()},
		dbx.NewExp("id != {:id}", dbx.Params{"id": p.Id}))
	if err != nil {
		return err
	}
	if n > 0 {
		fields["text"] = problem.Field{Code: "error.phrase_known"}
	}
	return nil
}

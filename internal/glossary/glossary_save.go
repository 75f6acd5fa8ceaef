package glossary

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// bindSave checks what comes through the record API. What is wrong is told at
// the field, in the caller's language.
func (f *feature) bindSave(app core.App) {
	check := func(e *core.RecordRequestEvent) error {
		if err := prepare(e.App, Word{e.Record}); err != nil {
			return problem.API(e.RequestEvent, f.Locales, err)
		}
		return e.Next()
	}
	app.OnRecordCreateRequest(collection).BindFunc(check)
	app.OnRecordUpdateRequest(collection).BindFunc(check)
}

// prepare folds what was written and checks it. The term is among its forms
// whether it was named there or not.
func prepare(app core.App, w Word) error {
	fields := map[string]problem.Field{}
	for name, most := range map[string]int{"term": MaxTerm, "explanation": MaxExplanation} {
		s := text.Fold(w.GetString(name))
		w.Set(name, s)
		if fault := checkLine(s, most); fault != nil {
			fields[name] = *fault
		}
	}
	forms, fault := readForms(w)
	if fault == nil {
		forms, fault = checkForms(forms, w.Term())
	}
	if fault != nil {
		fields["forms"] = *fault
	}
	if len(fields) == 0 {
		if err := checkOnce(app, w, fields); err != nil {
			return err
		}
	}
	if len(fields) > 0 {
		return problem.Invalid(fields)
	}
	w.Set("forms", forms)
	return nil
}

func checkLine(s string, most int) *problem.Field {
	if s == "" {
		return &problem.Field{Code: "error.field_required"}
	}
	if n := utf8.RuneCountInString(s); n > most {
		return &problem.Field{Code: text.CodeBlockTooLong, Params: map[string]any{"Max": most, "Count": n}}
	}
	return nil
}

// readForms takes a list of strings and nothing else; none is an empty one.
func readForms(w Word) ([]string, *problem.Field) {
	raw, err := json.Marshal(w.Get("forms"))
	if err != nil {
		return nil, &problem.Field{Code: "error.word_forms"}
	}
	var forms []string
	if s := string(raw); s == "null" || s == `""` {
		return nil, nil
	}
	if err := json.Unmarshal(raw, &forms); err != nil {
		return nil, &problem.Field{Code: "error.word_forms"}
	}
	return forms, nil
}

func checkForms(forms []string, term string) ([]string, *problem.Field) {
	folded := Forms(term, forms)
	if len(folded) > MaxForms {
		return nil, &problem.Field{Code: "error.word_too_many_forms", Params: map[string]any{"Max": MaxForms, "Count": len(folded)}}
	}
	for _, form := range folded {
		if n := utf8.RuneCountInString(form); n > MaxForm && form != strings.ToLower(term) {
			return nil, &problem.Field{Code: text.CodeBlockTooLong, Params: map[string]any{"Max": MaxForm, "Count": n}}
		}
	}
	return folded, nil
}

// Forms are the forms as they are stored: folded, in lower case, each once, in
// their order, without empty ones, the term first.
func Forms(term string, forms []string) []string {
	out := []string{}
	for _, form := range append([]string{term}, forms...) {
		form = strings.ToLower(text.Fold(form))
		if form != "" && !slices.Contains(out, form) {
			out = append(out, form)
		}
	}
	return out
}

// checkOnce finds a word that is there already, whatever its capitals.
func checkOnce(app core.App, w Word, fields map[string]problem.Field) error {
	var terms []string
	err := app.DB().Select("term").From(collection).Where(dbx.NewExp("id != {:id}", dbx.Params{"id": w.Id})).Column(&terms)
	if err != nil {
		return fmt.Errorf("list the glossary's terms: %w", err)
	}
	if slices.ContainsFunc(terms, func(t string) bool { return strings.EqualFold(t, w.Term()) }) {
		fields["term"] = problem.Field{Code: "error.word_known"}
	}
	return nil
}

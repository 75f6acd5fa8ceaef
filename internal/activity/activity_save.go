package activity

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/pocketbase/core"
)

// bindSave checks what comes through the record API. What is wrong is told at
// the field, in the caller's language.
func (f *feature) bindSave(app core.App) {
	app.OnRecordCreateRequest(collection).BindFunc(func(e *core.RecordRequestEvent) error {
		return f.checked(e, func(a Activity) error {
			a.Set("base", 1)
			return f.prepare(a)
		})
	})
	app.OnRecordUpdateRequest(collection).BindFunc(func(e *core.RecordRequestEvent) error {
		return f.checked(e, func(a Activity) error {
			stored := a.Original()
			if a.GetInt("base") != stored.GetInt("base") {
				return problem.Conflict("error.activity_conflict", stored.PublicExport())
			}
			if a.Unit() != stored.GetString("unit") {
				return problem.Invalid(map[string]problem.Field{"unit": {Code: "error.unit_fixed"}})
			}
			a.Set("base", stored.GetInt("base")+1)
			return f.prepare(a)
		})
	})
}

// checked saves the record in one transaction with its check.
func (f *feature) checked(e *core.RecordRequestEvent, prepare func(Activity) error) error {
	outer := e.App
	defer func() { e.App = outer }()
	return outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		if err := prepare(Activity{e.Record}); err != nil {
			return problem.API(e.RequestEvent, f.Locales, err)
		}
		return e.Next()
	})
}

// prepare folds what was written and checks it.
func (f *feature) prepare(a Activity) error {
	fields := map[string]problem.Field{}
	for _, name := range []string{"title", "place"} {
		a.Set(name, text.Fold(a.GetString(name)))
	}
	if a.Title() == "" {
		fields["title"] = problem.Field{Code: "error.field_required"}
	}
	for name, most := range map[string]int{"title": MaxTitle, "information": MaxInformation, "place": MaxPlace} {
		if n := utf8.RuneCountInString(a.GetString(name)); n > most {
			fields[name] = problem.Field{Code: text.CodeBlockTooLong, Params: map[string]any{"Max": most, "Count": n}}
		}
	}
	if t := text.TooManySegments(a.Content()); t != nil {
		fields["information"] = problem.Field{Code: t.Code, Params: t.Params}
	}
	if from, to := a.GetInt("ageFrom"), a.GetInt("ageTo"); from > to || to > MaxAge {
		fields["ageTo"] = problem.Field{Code: "error.activity_ages", Params: map[string]any{"Max": MaxAge}}
	}
	f.checkTimes(a, fields)
	if len(fields) > 0 {
		return problem.Invalid(fields)
	}
	return nil
}

// checkTimes names the field that keeps the schedule from being understood.
func (f *feature) checkTimes(a Activity, fields map[string]problem.Field) {
	a.Set("rrule", strings.TrimSpace(strings.TrimPrefix(a.GetString("rrule"), "RRULE:")))
	s, err := a.Schedule()
	if err != nil || len(s.Exceptions) > MaxExceptions {
		fields["exceptions"] = problem.Field{Code: "error.field_invalid"}
		return
	}
	slices.SortFunc(s.Exceptions, func(x, y Exception) int { return strings.Compare(x.On, y.On) })
	a.Set("exceptions", s.Exceptions)
	if name, code, params := faultOf(s, f.Now()); name != "" {
		fields[name] = problem.Field{Code: code, Params: params}
	}
}

// faultOf is what is wrong with a schedule, and at which field; "" for nothing.
func faultOf(s Schedule, now time.Time) (field, code string, params map[string]any) {
	// Years away is a slip of the date, and a rule counts from there.
	if first, err := wall(s.Starts); err != nil || first.Before(now.AddDate(-20, 0, 0)) || first.After(now.AddDate(3, 0, 0)) {
		return "starts", "error.field_invalid", nil
	}
	_, err := s.Times(now, now)
	switch {
	case errors.Is(err, errEnds):
		return "ends", "error.activity_ends", nil
	case errors.Is(err, errFirst):
		return "starts", "error.activity_first", nil
	case errors.Is(err, errRule):
		return "rrule", "error.activity_rule", nil
	case errors.Is(err, errException):
		_, day, _ := strings.Cut(err.Error(), ": ")
		return "exceptions", "error.activity_exception", map[string]any{"Day": day}
	case err != nil:
		return "starts", "error.field_invalid", nil
	}
	return "", "", nil
}

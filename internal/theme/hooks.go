package theme

import (
	"fmt"

	"folje/internal/problem"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Bind makes every way of storing a theme or a row of a plan say which segments
// it uses, and tell the feed; a term or a unit that changes is told with its
// rows. What stores them before the features are bound calls it too. Calling it
// again changes nothing.
func Bind(app core.App) {
	translation.Bind(app, themes, ownerOf)
	translation.Bind(app, plans, planOwner)
	app.OnRecordUpdate(terms).Bind(tellRows("foljeTermRows", "term"))
	app.OnRecordUpdate("units").Bind(tellRows("foljeUnitRows", "unit"))
}

// tellRows marks the rows that name the record as changed.
func tellRows(id, field string) *hook.Handler[*core.RecordEvent] {
	return &hook.Handler[*core.RecordEvent]{Id: id, Func: func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := e.Next(); err != nil {
				return err
			}
			rows, err := rowsOf(tx, dbx.HashExp{field: e.Record.Id})
			if err != nil {
				return err
			}
			for _, p := range rows {
				if err := sync.Touch(tx, sync.Public, sync.Records, sync.Item(plans, p.Id)); err != nil {
					return err
				}
			}
			return nil
		})
	}}
}

// What a theme or a term is refused with that is to be deleted.
var (
	errThemeUsed = problem.Invalid(map[string]problem.Field{"title": {Code: "error.theme_used"}})
	errTermUsed  = problem.Invalid(map[string]problem.Field{"name": {Code: "error.term_used"}})
)

// bindSave checks what comes through the record API. What is wrong is told at
// the field, in the caller's language.
func (f *feature) bindSave(app core.App) {
	for collection, prepare := range map[string]func(core.App, *core.Record) error{
		themes: prepareTheme, terms: prepareTerm, plans: preparePlan,
	} {
		create := func(e *core.RecordRequestEvent) error {
			if collection == themes {
				e.Record.Set("base", 0)
			}
			return f.checked(e, prepare)
		}
		app.OnRecordCreateRequest(collection).BindFunc(create)
		app.OnRecordUpdateRequest(collection).BindFunc(func(e *core.RecordRequestEvent) error {
			if collection != themes {
				return f.checked(e, prepare)
			}
			return f.checked(e, func(tx core.App, r *core.Record) error {
				if stored := r.Original(); r.GetInt("base") != stored.GetInt("base") {
					return problem.Conflict("error.theme_conflict", stored.PublicExport())
				}
				if err := prepare(tx, r); err != nil {
					return err
				}
				r.Set("base", r.GetInt("base")+1)
				return nil
			})
		})
	}
	f.keepUsed(app, themes, "theme", errThemeUsed, plans, "meetings")
	f.keepUsed(app, terms, "term", errTermUsed, plans)
}

// checked saves the record in one transaction with its check.
func (f *feature) checked(e *core.RecordRequestEvent, prepare func(core.App, *core.Record) error) error {
	outer := e.App
	defer func() { e.App = outer }()
	return outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		if err := prepare(tx, e.Record); err != nil {
			return problem.API(e.RequestEvent, f.Locales, err)
		}
		return e.Next()
	})
}

// keepUsed refuses to delete a record that others name.
func (f *feature) keepUsed(app core.App, collection, field string, used *problem.Problem, by ...string) {
	app.OnRecordDeleteRequest(collection).BindFunc(func(e *core.RecordRequestEvent) error {
		return f.checked(e, func(tx core.App, r *core.Record) error {
			for _, other := range by {
				n, err := tx.CountRecords(other, dbx.HashExp{field: r.Id})
				if err != nil {
					return fmt.Errorf("look what names the record: %w", err)
				}
				if n > 0 {
					return used
				}
			}
			return nil
		})
	})
}

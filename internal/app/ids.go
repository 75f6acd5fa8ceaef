package app

import (
	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// keepIDs refuses a save that names another record in its body than in its
// path, before anything else looks at it. PocketBase takes the body's id over,
// asks its rules about the path's, and finds out only when it stores; what a
// feature tells of the stored record meanwhile would be the other one's.
func keepIDs(app core.App, messages *locale.Bundle) {
	app.OnRecordUpdateRequest().Bind(&hook.Handler[*core.RecordRequestEvent]{
		Id: "foljeSameRecord", Priority: -9000, // the outermost
		Func: func(e *core.RecordRequestEvent) error {
			if e.Record.Id != e.Record.LastSavedPK() {
				return problem.API(e.RequestEvent, messages, problem.Invalid(map[string]problem.Field{"id": {Code: "error.field_invalid"}}))
			}
			return e.Next()
		},
	})
}

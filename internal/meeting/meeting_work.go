package meeting

import (
	"time"

	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Work says how meetings are translated: those that are not over, the next one
// first.
func Work(now func() time.Time) translation.Work {
	return translation.Work{
		Collection: collection, Name: "meeting",
		Owner: func(_ core.App, r *core.Record) (translation.Owner, error) { return Meeting{r}.owner(), nil },
		Head: func(_ core.App, r *core.Record) (map[string]any, error) {
			return map[string]any{"starts": Meeting{r}.stamp("starts")}, nil
		},
		Queued: func(q *dbx.SelectQuery) {
			q.AndWhere(dbx.HashExp{"cancelled": ""}).AndWhere(notOver(now())).OrderBy("starts", "id")
		},
	}
}

// notOver is the condition of [Meeting.Ends] lying after the time now.
func notOver(now time.Time) dbx.Expression {
	return dbx.NewExp("CASE WHEN ends != '' THEN ends > {:now} ELSE starts > {:usual} END",
		dbx.Params{"now": sortable(now), "usual": sortable(now.Add(-usual))})
}

// sortable is a time as PocketBase stores it, in UTC and sortable as text.
func sortable(t time.Time) string {
	d, _ := types.ParseDateTime(t) // a time.Time always parses
	return d.String()
}

package meeting

import (
	"cmp"
	"fmt"
	"time"

	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Work says how meetings are translated: those that are not over, the next one
// first.
func Work() translation.Work {
	return translation.Work{
		Collection: collection, Name: "meeting",
		Owner: func(_ core.App, r *core.Record) (translation.Owner, error) { return Meeting{r}.owner(), nil },
		Drafted: func(r *core.Record) ([]translation.Place, error) {
			return translation.Places(Meeting{r}.Content()), nil
		},
		Head: func(_ core.App, r *core.Record) (map[string]any, error) {
			return map[string]any{"starts": Meeting{r}.stamp("starts"), "title": r.GetString("title")}, nil
		},
		Queue: queued,
	}
}

// queued lists the meetings that are not over. They are needed when they start,
// and a QPM meeting has no title but its question.
func queued(app core.App, now time.Time) ([]translation.Queued, error) {
	var found []struct {
		ID        string                  `db:"id"`
		Title     string                  `db:"title"`
		Question  string                  `db:"question"`
		Unit      string                  `db:"unit"`
		Base      string                  `db:"base"`
		Groups    types.JSONArray[string] `db:"groups"`
		Starts    types.DateTime          `db:"starts"`
		Published types.DateTime          `db:"published"`
		Updated   types.DateTime          `db:"updated"`
	}
	err := app.DB().Select("id", "title", "question", "unit", "base", "groups", "starts", "published", "updated").From(collection).
		Where(dbx.HashExp{"cancelled": ""}).AndWhere(notOver(now)).OrderBy("starts", "id").All(&found)
	if err != nil {
		return nil, fmt.Errorf("list meetings to translate: %w", err)
	}
	queue := make([]translation.Queued, len(found))
	for i, m := range found {
		queue[i] = translation.Queued{
			ID: m.ID, Title: text.Fold(cmp.Or(m.Title, m.Question)), Unit: m.Unit, Groups: m.Groups, Stamp: m.Base,
			Needed: m.Starts.Time(), Published: m.Published.Time(), Changed: m.Updated.Time(),
		}
	}
	return queue, nil
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

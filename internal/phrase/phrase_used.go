package phrase

import (
	"fmt"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Use says how often the meetings of one's units had the question, and when the
// last of them started (UTC, as PocketBase writes times).
type Use struct {
	Phrase string `db:"phrase" json:"phrase"`
	Times  int    `db:"times" json:"times"`
	Last   string `db:"last" json:"last"`
}

func (f *feature) bindUsed(app core.App) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljePhrases", Func: func(e *core.ServeEvent) error {
		e.Router.GET("/api/folje/v1/staff/phrases/used", problem.Handle(f.Locales, used))
		return e.Next()
	}})
}

// used answers GET staff/phrases/used → {uses}: which questions of the bank the
// meetings of the caller's units have had. A question that was changed for a
// meeting is another one.
func used(e *core.RequestEvent) error {
	staff, err := access.Staff(e)
	if err != nil {
		return err
	}
	query := e.App.DB().Select("p.record AS phrase", "COUNT(DISTINCT m.id) AS times", "MAX(m.starts) AS last").
		From("segment_uses p").
		InnerJoin("segment_uses u", dbx.NewExp("[[u.segment]] = [[p.segment]] AND [[u.collection]] = 'meetings'")).
		InnerJoin("meetings m", dbx.NewExp("[[m.id]] = [[u.record]]")).
		Where(dbx.HashExp{"p.collection": collection}).GroupBy("p.record").OrderBy("p.record")
	if !access.IsAdmin(staff) {
		query.AndWhere(dbx.HashExp{"m.unit": anyOf(staff.GetStringSlice("units"))})
	}
	uses := []Use{}
	if err := query.All(&uses); err != nil {
		return fmt.Errorf("list the uses of phrases: %w", err)
	}
	return e.JSON(200, map[string]any{"uses": uses})
}

func anyOf(ids []string) []any {
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = id
	}
	return all
}

package letter

import (
	"fmt"
	"time"

	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Work says how letters are translated: those that were not withdrawn and that
// feeds still reach, the latest saved first.
func Work() translation.Work {
	return translation.Work{
		Collection: letters, Name: "letter",
		Owner:   func(app core.App, r *core.Record) (translation.Owner, error) { return owner(app, Letter{r}) },
		Drafted: drafted,
		Head: func(app core.App, r *core.Record) (map[string]any, error) {
			meeting, err := meetingOf(app, r.GetString("meeting"))
			if err != nil {
				return nil, err
			}
			head := map[string]any{"title": r.GetString("title"), "meeting": ""}
			if meeting != nil {
				head["meeting"] = meeting.Starts
			}
			return head, nil
		},
		Queue: queued,
	}
}

func drafted(r *core.Record) ([]translation.Place, error) {
	content, err := Letter{r}.Content()
	return translation.Places(content), err
}

// row is a letter as the queue needs it.
type row struct {
	ID        string                  `db:"id"`
	Title     string                  `db:"title"`
	Unit      string                  `db:"unit"`
	Base      string                  `db:"base"`
	Groups    types.JSONArray[string] `db:"groups"`
	Published types.DateTime          `db:"published"`
	Updated   types.DateTime          `db:"updated"`
	Starts    types.DateTime          `db:"starts"`
}

func queued(app core.App, now time.Time) ([]translation.Queued, error) {
	held, err := heldNow(app, now)
	if err != nil {
		return nil, err
	}
	since, _ := types.ParseDateTime(now.AddDate(0, -reach, 0)) // a time.Time always parses
	var found []row
	err = app.DB().Select("l.id", "l.title", "l.unit", "l.base", "l.groups", "l.published", "l.updated", "COALESCE(m.starts, '') AS starts").
		From(letters+" l").LeftJoin("meetings m", dbx.NewExp("[[m.id]] = [[l.meeting]]")).
		Where(dbx.HashExp{"l.withdrawn": ""}).AndWhere(dbx.NewExp("[[l.updated]] >= {:since}", dbx.Params{"since": since.String()})).
		OrderBy("l.updated DESC").All(&found)
	if err != nil {
		return nil, fmt.Errorf("list letters to translate: %w", err)
	}
	queue := make([]translation.Queued, len(found))
	for i, l := range found {
		queue[i] = translation.Queued{
			ID: l.ID, Title: l.Title, Unit: l.Unit, Groups: l.Groups, Stamp: l.Base,
			Needed: l.needed(held[l.ID], now), Published: l.Published.Time(), Changed: l.Updated.Time(),
		}
	}
	return queue, nil
}

// needed is when phones ring for the letter, where they are held back; when its
// meeting starts, while that is to come or parents don't have the letter; and
// otherwise when it went out.
func (l row) needed(held, now time.Time) time.Time {
	starts, published := l.Starts.Time(), l.Published.Time()
	switch {
	case !held.IsZero():
		return held
	case published.IsZero(), starts.After(now):
		return starts
	}
	return published
}

// heldNow gives until when phones are held back, by letter.
func heldNow(app core.App, now time.Time) (map[string]time.Time, error) {
	var found []struct {
		Item string         `db:"item"`
		Hold types.DateTime `db:"hold"`
	}
	at, _ := types.ParseDateTime(now) // a time.Time always parses
	err := app.DB().Select("item", "MAX(hold) AS hold").From("outbox").
		Where(dbx.HashExp{"done": "", "kind": []any{kindLetter, kindCorrection}}).
		AndWhere(dbx.NewExp("[[hold]] > {:now}", dbx.Params{"now": at.String()})).GroupBy("item").All(&found)
	if err != nil {
		return nil, fmt.Errorf("list what is held back: %w", err)
	}
	held := make(map[string]time.Time, len(found))
	for _, f := range found {
		held[f.Item] = f.Hold.Time()
	}
	return held, nil
}

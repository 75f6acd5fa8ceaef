package translation

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"folje/internal/database"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const history = "translation_history"

// What somebody, or an engine, did with a text.
const (
	Saved     = "saved"     // finished it, in these words
	Confirmed = "confirmed" // found right in a place what was made for another
	Removed   = "removed"   // took it back
)

// Deed is one thing that was done with a text. Key names a message of the app
// instead of the segment. Source is what was translated, for counting its words.
type Deed struct {
	Segment, Key, Locale, Context string
	Collection, Record            string
	Action, Author                string
	Source, Text                  string
	At                            time.Time
}

// retold is for how long what somebody writes over was one deed.
const retold = 5 * time.Minute

// Write notes the deed in the history. What she finished in the last minutes and
// now says in other words is one deed, begun when she did, unless phones have the
// sentence: of what somebody may have read, every wording stays. Call it in the
// transaction of the deed.
func (d Deed) Write(tx core.App) error {
	if d.At.IsZero() {
		d.At = time.Now()
	}
	r, err := d.begun(tx)
	if err != nil {
		return err
	}
	if r == nil {
		if r, err = database.NewRecord(tx, history); err != nil {
			return err
		}
		r.Set("at", d.At.UTC())
	}
	r.Load(map[string]any{
		"segment": d.Segment, "key": d.Key, "locale": d.Locale, "context": d.Context,
		"collection": d.Collection, "record": d.Record, "action": d.Action, "author": d.Author,
		"text": d.Text, "words": Words(d.Source),
	})
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	return nil
}

// begun is the deed that this one goes on with, nil for none: the last thing that
// anybody did with the text.
func (d Deed) begun(tx core.App) (*core.Record, error) {
	if d.Action != Saved || d.Segment == "" {
		return nil, nil
	}
	var id string
	err := tx.DB().NewQuery(`SELECT id FROM (SELECT * FROM translation_history
			WHERE segment = {:segment} AND locale = {:locale} AND context = {:context} ORDER BY at DESC, rowid DESC LIMIT 1)
		WHERE action = {:action} AND author = {:author} AND collection = {:collection} AND record = {:record}
			AND at > {:since} AND at <= {:now}
			AND NOT EXISTS (SELECT 1 FROM segment_uses WHERE segment = {:segment} AND published)`).
		Bind(dbx.Params{"segment": d.Segment, "locale": d.Locale, "context": d.Context, "action": d.Action, "author": d.Author,
			"collection": d.Collection, "record": d.Record, "since": stored(d.At.Add(-retold)), "now": stored(d.At)}).Row(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find the deed before: %w", err)
	}
	return tx.FindRecordById(history, id)
}

// Words is how many words a text has: what stands between spaces.
func Words(text string) int { return len(strings.Fields(text)) }

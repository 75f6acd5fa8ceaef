package translation

import (
	"fmt"
	"strings"
	"time"

	"folje/internal/database"

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

// Write notes the deed in the history. Call it in the transaction of the deed.
func (d Deed) Write(tx core.App) error {
	r, err := database.NewRecord(tx, history)
	if err != nil {
		return err
	}
	at := d.At
	if at.IsZero() {
		at = time.Now()
	}
	r.Load(map[string]any{
		"segment": d.Segment, "key": d.Key, "locale": d.Locale, "context": d.Context,
		"collection": d.Collection, "record": d.Record, "action": d.Action, "author": d.Author,
		"text": d.Text, "words": Words(d.Source), "at": at.UTC(),
	})
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	return nil
}

// Words is how many words a text has: what stands between spaces.
func Words(text string) int { return len(strings.Fields(text)) }

package recording

import (
	"fmt"

	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Wire is a recording as phones get it: its length in bytes and milliseconds,
// so that they can say what loading costs, and the millisecond at which each
// of the letter's sentences begins. Version is of the words that were read: a
// phone that shows other words doesn't offer it.
type Wire struct {
	ID           string `json:"id"`
	Type         string `json:"type"`
	Bytes        int    `json:"bytes"`
	Milliseconds int    `json:"milliseconds"`
	Marks        []int  `json:"marks"`
	Version      string `json:"version"`
}

// Published gives the recordings of the letter for the feeds, by locale; places
// are those of the revision that phones have. One of other sentences is left
// out. Nil for none.
func Published(app core.App, letter string, places []translation.Place) (map[string]Wire, error) {
	records, err := app.FindAllRecords(collection, dbx.HashExp{"letter": letter})
	if err != nil {
		return nil, fmt.Errorf("list a letter's recordings: %w", err)
	}
	var all map[string]Wire
	for _, record := range records {
		r := Recording{record}
		marks, err := r.Marks()
		if err != nil {
			return nil, err
		}
		if !areOf(marks, places) {
			continue
		}
		if all == nil {
			all = map[string]Wire{}
		}
		all[r.Locale()] = r.wire(marks)
	}
	return all, nil
}

func (r Recording) wire(marks []Mark) Wire {
	w := Wire{
		ID: r.Id, Type: r.GetString("type"), Bytes: r.GetInt("bytes"), Milliseconds: r.GetInt("milliseconds"),
		Marks: make([]int, len(marks)), Version: r.GetString("version"),
	}
	for i, m := range marks {
		w.Marks[i] = m.At
	}
	return w
}

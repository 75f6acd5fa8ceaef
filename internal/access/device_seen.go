package access

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// seenChunk is how many devices one statement marks: well below SQLite's limit
// of parameters, and short enough not to hold others up.
const seenChunk = 500

// WriteSeen stores the days on which devices were heard from since the last
// call. It is one statement for many devices, past the record hooks, because
// nothing else follows from the day; days lost in a crash are heard again.
func (x *Index) WriteSeen(app core.App) error {
	x.mu.Lock()
	heard := x.heard
	x.heard = map[string]string{}
	x.mu.Unlock()
	byDay := map[string][]any{}
	for id, day := range heard {
		byDay[day] = append(byDay[day], id)
	}
	for _, day := range slices.Sorted(maps.Keys(byDay)) {
		for ids := range slices.Chunk(byDay[day], seenChunk) {
			_, err := app.NonconcurrentDB().Update("devices",
				dbx.Params{"seen": day + " 00:00:00.000Z"}, dbx.In("id", ids...)).Execute()
			if err != nil {
				return fmt.Errorf("write when devices were seen: %w", err)
			}
		}
	}
	return nil
}

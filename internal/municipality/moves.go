package municipality

import (
	"fmt"
	"slices"
	"time"

	"folje/internal/access"

	"github.com/pocketbase/pocketbase/core"
)

// Bounds of what a group's phones are asked when a school year ends.
const (
	longestAsking = 200 // days
	mostMoves     = 20
)

// badMoves reports whether what the group's phones are asked makes no sense: its
// days, or groups that there aren't.
func badMoves(tx core.App, r *core.Record) (bool, error) {
	m, err := access.MovesOf(r)
	if err != nil {
		return true, nil
	}
	if m.From == "" && m.Until == "" && len(m.To) == 0 {
		r.Set("moves", nil)
		return false, nil
	}
	from, err1 := time.Parse(time.DateOnly, m.From)
	until, err2 := time.Parse(time.DateOnly, m.Until)
	if err1 != nil || err2 != nil || until.Before(from) || until.After(from.AddDate(0, 0, longestAsking)) {
		return true, nil
	}
	if len(m.To) > mostMoves || slices.Contains(m.To, r.Id) {
		return true, nil
	}
	found, err := tx.FindRecordsByIds("groups", m.To)
	if err != nil {
		return false, fmt.Errorf("find the groups to go on to: %w", err)
	}
	slices.Sort(m.To)
	return len(found) != len(slices.Compact(m.To)), nil
}

package translation

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"folje/internal/access"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// readersHold is for how long a number of readers is said again. It only says
// what to do first.
const readersHold = 10 * time.Minute

// readers knows how many phones read which locale in groups, rounded down to
// whole steps of [access.CountStep]. It may be used from several goroutines.
type readers struct {
	now   func() time.Time
	mu    sync.Mutex
	known map[string]read // by groups
}

type read struct {
	at     time.Time
	phones map[string]int // by locale
}

func newReaders(now func() time.Time) *readers { return &readers{now: now, known: map[string]read{}} }

// of gives the phones that follow one of the groups, or all phones where there
// are none, by locale.
func (r *readers) of(app core.App, groups []string) (map[string]int, error) {
	groups = slices.Sorted(slices.Values(groups))
	key := strings.Join(groups, " ")
	now := r.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if found, ok := r.known[key]; ok && now.Sub(found.at).Abs() < readersHold {
		return found.phones, nil
	}
	phones, err := countReaders(app, groups, now)
	if err != nil {
		return nil, err
	}
	for key, old := range r.known {
		if now.Sub(old.at).Abs() >= readersHold {
			delete(r.known, key)
		}
	}
	r.known[key] = read{now, phones}
	return phones, nil
}

func countReaders(app core.App, groups []string, now time.Time) (map[string]int, error) {
	following, err := json.Marshal(groups)
	if err != nil {
		return nil, fmt.Errorf("encode groups: %w", err)
	}
	query := `SELECT d.locale AS locale, count(DISTINCT d.id) AS n FROM memberships m JOIN devices d ON d.id = m.device
		WHERE m."group" IN (SELECT value FROM json_each({:groups})) AND m.ends > {:now} AND d.revoked = '' GROUP BY d.locale`
	if len(groups) == 0 {
		query = `SELECT locale, count(*) AS n FROM devices WHERE revoked = '' GROUP BY locale`
	}
	var found []struct {
		Locale string `db:"locale"`
		N      int    `db:"n"`
	}
	at, _ := types.ParseDateTime(now) // a time.Time always parses
	if err := app.DB().NewQuery(query).Bind(dbx.Params{"groups": string(following), "now": at.String()}).All(&found); err != nil {
		return nil, fmt.Errorf("count readers: %w", err)
	}
	phones := make(map[string]int, len(found))
	for _, f := range found {
		phones[f.Locale] = f.N - f.N%access.CountStep
	}
	return phones, nil
}

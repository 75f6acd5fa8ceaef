package guide

import (
	"fmt"
	"time"

	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// season is a half of the year, at whose beginning every entry is looked
// through: in January and in August.
type season struct {
	name   string // 2026-08
	starts string // 2026-08-01
	over   bool   // its first month, in which entries are looked through, has passed
}

func seasonOf(now time.Time) season {
	local := now.In(zone.Stockholm())
	first := time.January
	if local.Month() >= time.August {
		first = time.August
	}
	name := fmt.Sprintf("%d-%02d", local.Year(), first)
	return season{name: name, starts: name + "-01", over: local.Month() != first}
}

// due gives the entries that phones or staff have and nobody has looked through
// since the season began, in the municipality's order. What has ended stays as
// it is.
func (s season) due(app core.App) ([]Entry, error) {
	var records []*core.Record
	err := app.RecordQuery(entries).AndWhere(dbx.HashExp{"hidden": false}).
		AndWhere(dbx.NewExp("[[type]] != {:ended} AND [[checked]] < {:since}", dbx.Params{"ended": History, "since": s.starts})).
		OrderBy("order", "key").All(&records)
	if err != nil {
		return nil, fmt.Errorf("list entries to look through: %w", err)
	}
	return asEntries(records), nil
}

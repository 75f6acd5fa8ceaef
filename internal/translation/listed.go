package translation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"folje/internal/access"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Listed makes the Queue of a [Work] whose records belong to no unit and are
// translated when somebody has time: the collection's records that match where
// (nil for all), in order, known by the first of the fields that are written in
// them.
func Listed(collection string, where dbx.Expression, order []string, fields ...string) func(core.App, time.Time) ([]Queued, error) {
	return func(app core.App, _ time.Time) ([]Queued, error) {
		var records []*core.Record
		query := app.RecordQuery(collection).OrderBy(order...)
		if where != nil {
			query.AndWhere(where)
		}
		if err := query.All(&records); err != nil {
			return nil, fmt.Errorf("list %s to translate: %w", collection, err)
		}
		queue := make([]Queued, len(records))
		for i, r := range records {
			written := make([]string, len(fields))
			for at, field := range fields {
				written[at] = r.GetString(field)
			}
			queue[i] = Queued{ID: r.Id, Title: written[0], Stamp: strings.Join(written, "\n\n")}
		}
		return queue, nil
	}
}

// ReadBy lets who has one of the roles read a [Work]'s texts, whatever her units.
func ReadBy(roles ...string) func(staff, r *core.Record) bool {
	return func(staff, _ *core.Record) bool {
		return slices.ContainsFunc(roles, func(role string) bool { return access.HasRole(staff, role) })
	}
}

package translation

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Read is how far a record has come in a locale, and for how many: phones of
// its groups, and phones of its whole unit, that read the locale, each rounded
// down to whole steps of five. So nobody learns that one family reads it.
type Read struct {
	Readiness
	Readers int `json:"readers"`
	Nearby  int `json:"nearby"`
}

// readiness answers GET …/readiness: the counts of every locale, those first
// that most phones read.
func (d *desk) readiness(e *core.RequestEvent, r item) error {
	all, err := d.ready(e.App, r, d.targets())
	if err != nil {
		return err
	}
	here, near, err := d.phones(e.App, r.Record)
	if err != nil {
		return err
	}
	read := make([]Read, len(all))
	for i, n := range all {
		read[i] = Read{n, here[n.Tag], near[n.Tag]}
	}
	slices.SortStableFunc(read, func(a, b Read) int { return cmp.Or(b.Readers-a.Readers, b.Nearby-a.Nearby) })
	return e.JSON(200, map[string]any{"locales": read})
}

func (d *desk) ready(app core.App, r item, locales []string) ([]Readiness, error) {
	places, err := r.places(app, false)
	if err != nil {
		return nil, err
	}
	all := make([]Readiness, len(locales))
	for i, tag := range locales {
		if all[i], err = Ready(app, r.Id, tag, places); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// phones counts who reads which locale in the record's groups, and in its unit.
// What belongs to no unit is read by everybody.
func (d *desk) phones(app core.App, r *core.Record) (here, near map[string]int, err error) {
	unit := r.GetString("unit")
	if unit == "" {
		all, err := d.readers.of(app, nil)
		return all, all, err
	}
	if groups := r.GetStringSlice("groups"); len(groups) > 0 {
		if here, err = d.readers.of(app, groups); err != nil {
			return nil, nil, err
		}
	}
	var groups []string
	if err := app.DB().Select("id").From("groups").Where(dbx.HashExp{"unit": unit}).Column(&groups); err != nil {
		return nil, nil, fmt.Errorf("list the unit's groups: %w", err)
	}
	if len(groups) > 0 {
		near, err = d.readers.of(app, groups)
	}
	return here, near, err
}

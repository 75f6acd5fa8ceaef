package letter

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"folje/internal/access"
	"folje/internal/sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Reach is how far a letter has come, in phones. Every number is rounded down
// to whole steps of five by itself, so that neither one of them nor the
// difference of two tells of fewer.
type Reach struct {
	Phones  int           `json:"phones"`  // that follow one of its groups now
	Arrived int           `json:"arrived"` // of them, those that were sent it as it is now
	Opened  int           `json:"opened"`  // on which somebody has opened it
	Locales []LocaleReach `json:"locales"` // those that five phones or more read, most first
}

// LocaleReach is the same of the phones that read one locale.
type LocaleReach struct {
	Tag     string `json:"tag"`
	Phones  int    `json:"phones"`
	Arrived int    `json:"arrived"`
	Opened  int    `json:"opened"`
}

// reached answers GET …/reach; null for a letter that phones don't have.
func (f *feature) reached(e *core.RequestEvent) error {
	l, err := f.letter(e)
	if err != nil {
		return err
	}
	if !l.Live() {
		return e.JSON(200, nil)
	}
	if f.Sent != nil {
		if err := f.Sent(e.App); err != nil {
			return err
		}
	}
	r, err := reachOf(e.App, l, f.Now())
	if err != nil {
		return err
	}
	return e.JSON(200, r)
}

func reachOf(app core.App, l Letter, now time.Time) (Reach, error) {
	phones, arrived, err := arrivals(app, l, now)
	if err != nil {
		return Reach{}, err
	}
	opened, err := opened(app, l.Id)
	if err != nil {
		return Reach{}, err
	}
	r := Reach{Locales: []LocaleReach{}}
	for tag, n := range phones {
		r.Phones, r.Arrived = r.Phones+n, r.Arrived+arrived[tag]
		one := LocaleReach{Tag: tag, Phones: n, Arrived: arrived[tag], Opened: min(opened[tag], n)}
		if one.step(); one.Phones > 0 {
			r.Locales = append(r.Locales, one)
		}
	}
	for _, n := range opened {
		r.Opened += n
	}
	// A phone that left since, or that changed its language, was counted too.
	r.Opened = min(r.Opened, r.Phones)
	down(&r.Phones, &r.Arrived, &r.Opened)
	slices.SortFunc(r.Locales, func(a, b LocaleReach) int { return cmp.Or(b.Phones-a.Phones, cmp.Compare(a.Tag, b.Tag)) })
	return r, nil
}

func (l *LocaleReach) step() { down(&l.Phones, &l.Arrived, &l.Opened) }

func down(numbers ...*int) {
	for _, n := range numbers {
		*n -= *n % access.CountStep
	}
}

// arrivals counts by locale the phones that follow a group of the letter, and
// those that were sent it through one.
func arrivals(app core.App, l Letter, now time.Time) (phones, arrived map[string]int, err error) {
	groups, err := scopes(app, l)
	if err != nil {
		return nil, nil, err
	}
	at := map[string]int{}
	for _, g := range groups {
		if at[g], err = sync.At(app, g, sync.Item(letters, l.Id)); err != nil {
			return nil, nil, err
		}
	}
	changes, err := json.Marshal(at)
	if err != nil {
		return nil, nil, fmt.Errorf("encode changes: %w", err)
	}
	var rows []struct {
		Locale  string `db:"locale"`
		Phones  int    `db:"phones"`
		Arrived int    `db:"arrived"`
	}
	err = app.DB().NewQuery(`SELECT locale, count(*) AS phones, sum(has) AS arrived FROM (
			SELECT d.locale AS locale, max(g.value > 0 AND m.has >= g.value) AS has
			FROM json_each({:changes}) g JOIN memberships m ON m."group" = g.key JOIN devices d ON d.id = m.device
			WHERE m.ends > {:now} AND d.revoked = '' GROUP BY d.id)
		GROUP BY locale`).Bind(dbx.Params{"changes": string(changes), "now": timestamp(now)}).All(&rows)
	if err != nil {
		return nil, nil, fmt.Errorf("count where the letter arrived: %w", err)
	}
	phones, arrived = map[string]int{}, map[string]int{}
	for _, r := range rows {
		phones[r.Locale], arrived[r.Locale] = r.Phones, r.Arrived
	}
	return phones, arrived, nil
}

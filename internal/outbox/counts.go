package outbox

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/push"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// countChunk is how many subscriptions are counted at a time.
const countChunk = 5000

// Counts is what staff see of how an item's latest row reaches phones. The
// numbers are rounded down to whole steps of five, each by itself.
type Counts struct {
	Kind     string     `json:"kind"`
	Due      time.Time  `json:"due"`
	Hold     *time.Time `json:"hold"`             // until when it is held, null once it is not any more
	Awaits   []string   `json:"awaits,omitempty"` // locales for which it is held, until Hold at the latest
	Rings    time.Time  `json:"rings"`            // when phones with the usual quiet hours ring
	Released bool       `json:"released"`         // it can't be undone any more
	Done     bool       `json:"done"`             // no phone waits to ring

	Phones    int `json:"phones"`    // that follow one of the groups
	Reachable int `json:"reachable"` // of them, those that something can be sent to
	Rung      int `json:"rung"`
	Waiting   int `json:"waiting"` // for their quiet hours to end, or their push service to answer
	Failed    int `json:"failed"`  // that could not be reached after all
}

// CountsOf gives the counts of the item's latest row of one of the kinds (of
// any, where none is given) that is for everybody in the groups, whatever their
// language. It fails with sql.ErrNoRows where there is none.
func CountsOf(app core.App, item string, groups []string, now time.Time, kinds ...string) (Counts, error) {
	var s struct {
		stored
		Counts sql.NullString `db:"counts"`
	}
	where := dbx.And(dbx.HashExp{"item": item, "locale": "", "device": ""})
	if len(kinds) > 0 {
		where = dbx.And(where, dbx.In("kind", anys(kinds)...))
	}
	err := app.DB().Select("*").From(collection).Where(where).OrderBy("created DESC", "due DESC", "rowid DESC").Limit(1).One(&s)
	if err != nil {
		return Counts{}, fmt.Errorf("find outbox row: %w", err)
	}
	c := Counts{Kind: s.Kind, Due: s.Due.Time(), Rings: s.Due.Time(), Released: !s.Released.IsZero(), Done: !s.Done.IsZero()}
	hold := s.Hold.Time()
	if hold.After(c.Rings) {
		c.Rings = hold
	}
	if hold.After(now) {
		c.Hold = &hold
		if s.Awaits != "" {
			c.Awaits = strings.Fields(s.Awaits)
		}
	}
	if ends := QuietEnds("", c.Rings); !ends.IsZero() {
		c.Rings = ends
	}
	if err := c.countAudience(app, groups, now); err != nil {
		return Counts{}, err
	}
	if err := c.countDeliveries(app, s.ID, s.Counts.String); err != nil {
		return Counts{}, err
	}
	for _, n := range []*int{&c.Phones, &c.Reachable, &c.Rung, &c.Waiting, &c.Failed} {
		*n -= *n % access.CountStep
	}
	return c, nil
}

func (c *Counts) countAudience(app core.App, groups []string, now time.Time) error {
	following, err := json.Marshal(groups)
	if err != nil {
		return fmt.Errorf("encode groups: %w", err)
	}
	err = app.DB().NewQuery(`SELECT count(DISTINCT m.device) FROM memberships m JOIN devices d ON d.id = m.device
		WHERE m.ends > {:now} AND d.revoked = '' AND m."group" IN (SELECT value FROM json_each({:groups}))`).
		Bind(dbx.Params{"now": format(now), "groups": string(following)}).Row(&c.Phones)
	if err != nil {
		return fmt.Errorf("count phones: %w", err)
	}
	devices := map[string]bool{}
	for after := ""; ; {
		reached, err := push.Reachable(app, push.Audience{Groups: groups}, after, countChunk, now)
		if err != nil {
			return err
		}
		for _, r := range reached {
			devices[r.Device] = true
		}
		if len(reached) < countChunk {
			c.Reachable = len(devices)
			return nil
		}
		after = reached[len(reached)-1].ID
	}
}

// countDeliveries counts the row's deliveries, or takes what it noted of them
// before they were deleted.
func (c *Counts) countDeliveries(app core.App, row, noted string) error {
	var found []struct {
		State string `db:"state"`
		N     int    `db:"n"`
	}
	err := app.DB().NewQuery(`SELECT d.state AS state, count(DISTINCT s.device) AS n
		FROM deliveries d JOIN push_subscriptions s ON s.id = d.subscription
		WHERE d.outbox = {:row} GROUP BY d.state`).Bind(dbx.Params{"row": row}).All(&found)
	if err != nil {
		return fmt.Errorf("count deliveries: %w", err)
	}
	n := map[string]int{}
	for _, f := range found {
		n[f.State] = f.N
	}
	if len(found) == 0 && noted != "" && noted != "null" {
		if err := json.Unmarshal([]byte(noted), &n); err != nil {
			return fmt.Errorf("read the row's counts: %w", err)
		}
	}
	c.Rung, c.Waiting, c.Failed = n["sent"], n["waiting"], n["ended"]+n["failed"]+n["expired"]
	return nil
}

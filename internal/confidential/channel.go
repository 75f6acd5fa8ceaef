package confidential

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"folje/internal/access"
	"folje/internal/problem"
	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// roles say who may be let into a channel. An administrator has neither for
// being one.
var roles = map[string]string{
	"steget":        access.RoleSteget,
	"familjeguiden": access.RoleCoordinator,
}

// door is what somebody may do at a channel.
type door struct {
	channel *core.Record
	staff   *core.Record
	holder  *core.Record // her row, nil where she never asked
	now     time.Time
}

// errCover (403): she covers for somebody, and not today.
var errCover = problem.New(403, "error.request_cover")

// door looks at the channel and at the member of staff as they are in app: call
// it in the transaction that what she may do is done in. Whoever has nothing to
// do with the channel gets 404, as for one that isn't there.
func (f *feature) door(app core.App, staff, name string) (door, error) {
	if roles[name] == "" {
		return door{}, problem.NotFound()
	}
	d := door{now: f.Now()}
	var err error
	if d.staff, err = app.FindRecordById("staff", staff); err != nil {
		return door{}, fmt.Errorf("find a member of staff: %w", err)
	}
	if d.channel, err = app.FindFirstRecordByData(channels, "name", name); err != nil {
		return door{}, fmt.Errorf("find a channel: %w", err)
	}
	d.holder, err = app.FindFirstRecordByFilter(holders, "channel = {:channel} && staff = {:staff}",
		dbx.Params{"channel": d.channel.Id, "staff": staff})
	if errors.Is(err, sql.ErrNoRows) {
		d.holder, err = nil, nil
	}
	if err != nil {
		return door{}, fmt.Errorf("find a holder: %w", err)
	}
	if !d.mayHold() && !d.isHead() && !d.isAdmin() {
		return door{}, problem.NotFound()
	}
	return d, nil
}

func (d door) name() string { return d.channel.GetString("name") }

func (d door) isHead() bool { return d.channel.GetString("head") == d.staff.Id }

func (d door) isAdmin() bool { return access.IsAdmin(d.staff) }

// mayHold reports whether she has the channel's role herself.
func (d door) mayHold() bool { return mayHold(d.staff, d.name()) }

func mayHold(staff *core.Record, channel string) bool {
	return slices.Contains(staff.GetStringSlice("roles"), roles[channel])
}

// isIn reports whether she is let in, whether or not she covers today.
func (d door) isIn() bool {
	return d.mayHold() && d.holder != nil && d.holder.GetString("state") == "in"
}

// reads fails unless she may read requests now: with 404 where she isn't in,
// with [errCover] outside the days that she covers.
func (d door) reads() error {
	if !d.isIn() {
		return problem.NotFound()
	}
	if !covers(d.holder, d.now) {
		return errCover
	}
	return nil
}

// covers reports whether the holder may read at the time now: always, unless
// she covers for somebody.
func covers(holder *core.Record, now time.Time) bool {
	from, to, today := holder.GetString("coverFrom"), holder.GetString("coverTo"), zone.Day(now)
	return from == "" || from <= today && today <= to
}

// subject names a thing of the channel in the audit log, so that the channel's
// holders, and they alone, may be told of it.
func (d door) subject(parts ...string) string { return subject(d.name(), parts...) }

func subject(channel string, parts ...string) string {
	s := channel
	for _, p := range parts {
		s += "/" + p
	}
	return s
}

// currentKey is the key that phones encrypt to, nil before the first.
func currentKey(app core.App, channel string) (*core.Record, error) {
	r, err := app.FindFirstRecordByFilter(keys, "channel = {:channel} && replaced = ''", dbx.Params{"channel": channel})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find the channel's key: %w", err)
	}
	return r, nil
}

// allKeys are the channel's, the newest first.
func allKeys(app core.App, channel string) ([]*core.Record, error) {
	all, err := app.FindRecordsByFilter(keys, "channel = {:channel}", "-number", 0, 0, dbx.Params{"channel": channel})
	if err != nil {
		return nil, fmt.Errorf("list the channel's keys: %w", err)
	}
	return all, nil
}

// state is a channel's as staff see it: without a key yet, taking requests, or
// not for now.
func state(channel *core.Record, key bool) string {
	switch {
	case !key:
		return "closed"
	case channel.GetBool("open"):
		return "open"
	}
	return "paused"
}

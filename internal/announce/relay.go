package announce

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"folje/internal/cluster"
	"folje/internal/ticket"

	"github.com/nats-io/nats.go"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/types"
)

const (
	// most is how many rows a round takes.
	most = 64
	// soonest and latest bound the pause after a round that failed; it doubles.
	soonest = time.Second
	latest  = 30 * time.Second
	// retold is how often the keys of tickets are told anew: NATS may have lost
	// its disks.
	retold = 5 * time.Minute
	// looked is how often it is looked whether NATS still has the words.
	looked = 15 * time.Second
	// kept is how long a word stays after it was told: longer than a ticket that
	// it is about can be shown.
	kept = ticket.Life + 5*ticket.Skew
	// grace is how long the end waits for a message that is on its way.
	grace = 500 * time.Millisecond
)

func (a *Announcer) start() {
	a.life.Lock()
	defer a.life.Unlock()
	if a.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	a.stop, a.ended = stop, make(chan struct{})
	go func() {
		defer close(a.ended)
		a.relay(ctx)
	}()
}

// end stops the relay. What is not acknowledged by then is told after the next
// start.
func (a *Announcer) end() {
	a.life.Lock()
	defer a.life.Unlock()
	if a.stop == nil {
		return
	}
	a.stop()
	select {
	case <-a.ended:
	case <-time.After(grace):
	}
}

// relay sends what there is, and waits for more.
func (a *Announcer) relay(ctx context.Context) {
	pause := soonest
	for ctx.Err() == nil {
		more, err := a.round(ctx)
		a.report(ctx, err)
		switch {
		case err != nil:
			wait(ctx, nil, pause)
			pause = min(2*pause, latest)
		case !more:
			pause = soonest
			wait(ctx, a.woken, looked)
		}
	}
}

func wait(ctx context.Context, woken <-chan struct{}, most time.Duration) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-woken:
	case <-timer.C:
	}
}

// report tells the operator when it begins to fail, and when it is over.
func (a *Announcer) report(ctx context.Context, err error) {
	switch {
	case ctx.Err() != nil || (err != nil) == a.failing:
		return
	case err != nil:
		a.app.Logger().Warn("can't announce to edges who may not read any more", "cause", err.Error())
	default:
		a.app.Logger().Info("announce to edges again")
	}
	a.failing = err != nil
}

// row is an announcement.
type row struct {
	ID   string `db:"id"`
	Kind string `db:"kind"`
	Key  string `db:"key"`
}

// round sends the oldest rows and notes which of them NATS has. It reports
// whether there may be more. Rows of a kind that only a newer program knows
// wait for it. The keys of tickets come last: whoever doesn't know all words
// takes no ticket.
func (a *Announcer) round(ctx context.Context) (more bool, err error) {
	if err := a.again(ctx); err != nil {
		return false, err
	}
	if more, err = a.words(ctx); more || err != nil {
		return more, err
	}
	return false, a.tellKeys(ctx)
}

// again has all words told once more where NATS may not have them: at the start,
// since an earlier writer may have been heard last, and in a stream that was made
// anew.
func (a *Announcer) again(ctx context.Context) error {
	made, err := a.cfg.Made(ctx)
	if err != nil {
		return fmt.Errorf("ask whether NATS still has what was announced: %w", err)
	}
	if a.begun && made.Equal(a.made) {
		return nil
	}
	if err := a.forget(ctx); err != nil {
		return err
	}
	_, err = a.app.NonconcurrentDB().Update(collection, dbx.Params{"kind": revoked}, dbx.HashExp{"kind": told}).WithContext(ctx).Execute()
	if err != nil {
		return fmt.Errorf("announce again: %w", err)
	}
	a.begun, a.made, a.keysTold = true, made, time.Time{}
	return nil
}

func (a *Announcer) words(ctx context.Context) (more bool, err error) {
	var rows []row
	err = a.app.DB().Select("id", "kind", "key").From(collection).Where(dbx.HashExp{"kind": revoked}).
		OrderBy("rowid").Limit(most).WithContext(ctx).All(&rows)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	if err := a.cfg.Barrier(ctx); err != nil {
		return false, fmt.Errorf("wait until it may be told: %w", err)
	}
	ids, err := a.tell(ctx, rows)
	if failed := a.note(ids); failed != nil {
		return false, failed
	}
	return len(rows) == most, err
}

// tell sends the rows in turn, one message for all that are about a device, and
// gives the ids of those that NATS has.
func (a *Announcer) tell(ctx context.Context, rows []row) (told []any, err error) {
	done := map[string]bool{}
	for _, r := range rows {
		if !done[r.Key] {
			m, err := a.word(r)
			if err != nil {
				return told, err
			}
			if err := a.cfg.Conn.Publish(ctx, m); err != nil {
				return told, fmt.Errorf("announce: %w", err)
			}
			done[r.Key] = true
		}
		told = append(told, r.ID)
	}
	return told, nil
}

// word is the message that the device's tickets are void, those that were
// issued until this moment, by whatever clock this process went, or in an earlier
// term. The index of devices is made true first: a ticket that is issued later
// says what is true, and bears a later time.
func (a *Announcer) word(r row) (*nats.Msg, error) {
	ended, term := a.cfg.Settle(a.app, r.Key), a.cfg.Term()
	at := a.cfg.Now()
	if newest := a.cfg.Newest(); newest.After(at) {
		at = newest
	}
	body, err := json.Marshal(ticket.Word{At: at.UTC(), Term: term, Ended: ended})
	if err != nil {
		return nil, fmt.Errorf("encode an announcement: %w", err)
	}
	return cluster.NewMsg(cluster.RevokedOf(r.Key), term, fmt.Sprintf("word-%d-%s", term, r.ID), body), nil
}

// note writes that NATS has the rows, past the record hooks: nothing follows
// from it.
func (a *Announcer) note(ids []any) error {
	if len(ids) == 0 {
		return nil
	}
	now, err := types.ParseDateTime(a.cfg.Now())
	if err != nil {
		return fmt.Errorf("note what was announced: %w", err)
	}
	_, err = a.app.NonconcurrentDB().Update(collection, dbx.Params{"kind": told, "updated": now.String()}, dbx.In("id", ids...)).Execute()
	if err != nil {
		return fmt.Errorf("note what was announced: %w", err)
	}
	return nil
}

// forget deletes the words that no ticket is left for.
func (a *Announcer) forget(ctx context.Context) error {
	until, err := types.ParseDateTime(a.cfg.Now().Add(-kept))
	if err != nil {
		return fmt.Errorf("forget what was announced: %w", err)
	}
	over := dbx.NewExp("kind = {:told} AND updated < {:until}", dbx.Params{"told": told, "until": until.String()})
	if _, err := a.app.NonconcurrentDB().Delete(collection, over).WithContext(ctx).Execute(); err != nil {
		return fmt.Errorf("forget what was announced: %w", err)
	}
	return nil
}

// tellKeys tells the keys that tickets are held against, at first and from time
// to time, and forgets then what is over.
func (a *Announcer) tellKeys(ctx context.Context) error {
	now := a.cfg.Now()
	if since := now.Sub(a.keysTold); since >= 0 && since < retold {
		return nil
	}
	if err := a.forget(ctx); err != nil {
		return err
	}
	body, err := json.Marshal(a.cfg.Tickets)
	if err != nil {
		return fmt.Errorf("encode the keys of tickets: %w", err)
	}
	if err := a.cfg.Conn.Publish(ctx, cluster.NewMsg(cluster.Tickets, a.cfg.Term(), "", body)); err != nil {
		return fmt.Errorf("tell the keys of tickets: %w", err)
	}
	a.keysTold = now
	return nil
}

package outbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// markMost is how many outcomes are written in one transaction.
const markMost = 128

// markAndClaim writes outcomes, and claims what there is room for then, in one
// transaction.
func (d *Dispatcher) markAndClaim(now time.Time) (claimed handful, marked bool, err error) {
	return d.transact(now, true)
}

// mark writes outcomes only.
func (d *Dispatcher) mark(now time.Time) (marked bool, err error) {
	_, marked, err = d.transact(now, false)
	return marked, err
}

func (d *Dispatcher) transact(now time.Time, claims bool) (claimed handful, marked bool, err error) {
	some := d.news[:min(len(d.news), markMost)]
	for _, o := range some {
		d.lane(o.delivery.Service).flying--
	}
	var lanes []*lane
	if claims {
		lanes = d.order(now)
	}
	if len(some) > 0 || roomy(lanes, now) {
		err = d.app.RunInTransaction(func(tx core.App) error {
			if err := write(tx, some, now); err != nil {
				return err
			}
			claimed, err = d.claim(tx, lanes, now)
			return err
		})
	}
	if err != nil {
		for _, o := range some {
			d.lane(o.delivery.Service).flying++
		}
		return handful{}, false, err
	}
	for _, c := range claimed.deliveries {
		d.lane(c.Service).flying++
	}
	for _, o := range some {
		if o.state != "waiting" {
			d.touched[o.delivery.Row] = true
		}
		if !o.unsent {
			d.trouble.over(o.delivery.Row)
		}
	}
	marked = len(some) > 0
	d.tell(some)
	d.count(some)
	d.news = append(d.news[:0:0], d.news[len(some):]...)
	return claimed, marked, nil
}

// write is all of the outcomes, and what they mean for subscriptions.
func write(tx core.App, outcomes []outcome, now time.Time) error {
	sent := map[int][]string{} // ids by status
	var errs []error
	for _, o := range outcomes {
		if o.state == "sent" {
			sent[o.answer] = append(sent[o.answer], o.delivery.ID)
		} else {
			errs = append(errs, writeOther(tx, o, now))
		}
		if o.heal {
			errs = append(errs, push.Heal(tx, o.delivery.Subscription))
		}
		if o.gone {
			errs = append(errs, endSubscription(tx, o.delivery.Subscription, now))
		}
		errs = append(errs, fault(tx, o.faults, now))
	}
	for status, ids := range sent {
		errs = append(errs, writeSent(tx, ids, status, now))
	}
	return errors.Join(errs...)
}

// writeSent marks deliveries that arrived, also where they were dropped while
// they were on their way.
func writeSent(tx core.App, ids []string, status int, now time.Time) error {
	raw, err := json.Marshal(ids) // one parameter: dbx takes its time for many
	if err != nil {
		return fmt.Errorf("encode ids: %w", err)
	}
	_, err = tx.DB().NewQuery(`UPDATE deliveries SET state = 'sent', answer = {:answer}, tries = tries + 1, lease = '', leased = '',
			finished = {:now} WHERE id IN (SELECT value FROM json_each({:ids}))`).
		Bind(dbx.Params{"answer": status, "now": format(now), "ids": string(raw)}).Execute()
	if err != nil {
		return fmt.Errorf("mark deliveries sent: %w", err)
	}
	return nil
}

// writeOther marks one that didn't arrive. What was dropped meanwhile stays so.
func writeOther(tx core.App, o outcome, now time.Time) error {
	tried, due, finished := 1, "", format(now)
	if o.unsent {
		tried = 0
	}
	if o.state == "waiting" {
		due, finished = format(o.due), ""
	}
	_, err := tx.DB().NewQuery(`UPDATE deliveries SET lease = '', leased = '', tries = tries + {:tried},
			answer = CASE WHEN {:tried} THEN {:answer} ELSE answer END,
			due = CASE WHEN state = 'waiting' AND {:due} <> '' THEN {:due} ELSE due END,
			finished = CASE WHEN state = 'waiting' THEN {:finished} ELSE finished END,
			state = CASE WHEN state = 'waiting' THEN {:state} ELSE state END
		WHERE id = {:id}`).
		Bind(dbx.Params{
			"tried": tried, "answer": o.answer, "due": due, "finished": finished, "state": o.state, "id": o.delivery.ID,
		}).Execute()
	if err != nil {
		return fmt.Errorf("mark delivery: %w", err)
	}
	return nil
}

// endSubscription ends it, and whatever else waits for it.
func endSubscription(tx core.App, id string, now time.Time) error {
	if err := push.End(tx, id, push.ReasonGone, now); err != nil {
		return err
	}
	_, err := tx.DB().Update(deliveries, dbx.Params{"state": "ended", "finished": format(now)},
		dbx.HashExp{"subscription": id, "state": "waiting", "lease": ""}).Execute()
	if err != nil {
		return fmt.Errorf("end deliveries: %w", err)
	}
	return nil
}

func fault(tx core.App, subscriptions []string, now time.Time) error {
	for _, id := range subscriptions {
		if _, err := push.Fault(tx, id, now); err != nil {
			return err
		}
	}
	return nil
}

// blameRest holds subscriptions to their refusals where nothing speaks against
// it: everything that was due has been tried, and their service has not stopped.
func (d *Dispatcher) blameRest(now time.Time) error {
	for _, l := range d.lanes {
		if len(l.suspects) == 0 {
			continue
		}
		err := d.app.RunInTransaction(func(tx core.App) error { return fault(tx, l.suspects, now) })
		if err != nil {
			return err
		}
		l.blame()
	}
	return nil
}

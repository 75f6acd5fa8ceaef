package outbox

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// leaseLife is how long a claimed delivery is its claimer's: longer than a push
// service can take to answer or not to.
const leaseLife = 2 * time.Minute

// unanswered gives a lease back whose holder is gone: the message may have been
// sent, and [Rang] counts it, also where the delivery was dropped meanwhile.
const unanswered = `lease = '', leased = '', tries = tries + 1, answer = 0`

// farFuture sorts behind every time that is stored.
const farFuture = "9999"

// delivery is a claimed one.
type delivery struct {
	ID           string `db:"id"`
	Row          string `db:"outbox"`
	Subscription string `db:"subscription"`
	Service      string `db:"service"`
	Tries        int    `db:"tries"`
}

// handful is what was claimed together, and whom of them something may be sent
// to, by subscription. It is read in the transaction that claims: the writing
// connection alone has what it needs in memory, for each write makes the
// others forget what they read.
type handful struct {
	deliveries []delivery
	recipients map[string]push.Recipient
	fault      error // they could not be read
}

func (h *handful) findRecipients(tx core.App) {
	if len(h.deliveries) == 0 {
		return
	}
	ids := make([]string, len(h.deliveries))
	for i, c := range h.deliveries {
		ids[i] = c.Subscription
	}
	found, err := push.Find(tx, ids)
	h.recipients, h.fault = make(map[string]push.Recipient, len(found)), err
	for _, r := range found {
		h.recipients[r.ID] = r
	}
}

// takeOver gives back what a process leased that is gone: the data folder
// belongs to one process at a time. What others have is left to their answers,
// until its lease ends. Rows that may have been done as it ended are looked at
// again.
func (d *Dispatcher) takeOver() error {
	before := farFuture
	if d.cfg.Others != nil {
		before = format(d.cfg.Now())
	}
	_, err := d.app.NonconcurrentDB().NewQuery(`UPDATE deliveries SET ` + unanswered + ` WHERE lease <> '' AND leased <= {:before}`).
		Bind(dbx.Params{"before": before}).Execute()
	if err != nil {
		return fmt.Errorf("give old leases back: %w", err)
	}
	var ids []string
	err = d.app.DB().NewQuery(`SELECT id FROM outbox WHERE done = '' AND expanded <> ''`).Column(&ids)
	if err != nil {
		return fmt.Errorf("find expanded rows: %w", err)
	}
	for _, id := range ids {
		d.touched[id] = true
	}
	return nil
}

// queue is what waits for a service.
type queue struct {
	Service string `db:"service"`
	Due     string `db:"due"`    // when the first is due that nobody claimed; "" for none
	Leased  bool   `db:"leased"` // some are claimed
}

// dueServices gives the queue of each service that deliveries wait for. It steps from one service to the next in the index, and so
// takes no longer for many deliveries.
// Where nothing can be sent, nothing waits for it.
func (d *Dispatcher) dueServices() (map[string]queue, error) {
	if d.cfg.Sender == nil {
		return nil, nil
	}
	var found []queue
	err := d.app.DB().NewQuery(`WITH RECURSIVE s(service) AS (
			SELECT min(service) FROM deliveries WHERE state = 'waiting'
			UNION ALL
			SELECT (SELECT min(service) FROM deliveries WHERE state = 'waiting' AND service > s.service)
			FROM s WHERE s.service IS NOT NULL
		) SELECT service, coalesce((SELECT min(due) FROM deliveries d
			WHERE d.state = 'waiting' AND d.service = s.service AND d.lease = ''), '') AS due,
			EXISTS (SELECT 1 FROM deliveries d WHERE d.state = 'waiting' AND d.service = s.service AND d.lease > '') AS leased
		FROM s WHERE service IS NOT NULL`).All(&found)
	if err != nil {
		return nil, fmt.Errorf("find services with deliveries: %w", err)
	}
	services := map[string]queue{}
	for _, f := range found {
		services[f.Service] = f
	}
	return services, nil
}

// findLanes finds the services for which something is due, and gives back
// leases that ran out: nobody holds them any more.
func (d *Dispatcher) findLanes(now time.Time) error {
	services, err := d.dueServices()
	if err != nil {
		return err
	}
	for service, waits := range services {
		l := d.lane(service)
		if waits.Leased && l.flying == 0 {
			_, err := d.app.NonconcurrentDB().NewQuery(`UPDATE deliveries SET ` + unanswered + `
				WHERE state = 'waiting' AND service = {:service} AND lease > '' AND leased <= {:now}`).
				Bind(dbx.Params{"service": service, "now": format(now)}).Execute()
			if err != nil {
				return fmt.Errorf("give leases back: %w", err)
			}
		}
		l.hungry = l.hungry || waits.Due != "" && waits.Due <= format(now)
	}
	for service, l := range d.lanes {
		if _, waits := services[service]; !waits && l.forgettable(now) {
			delete(d.lanes, service)
		}
	}
	return nil
}

// order gives the lanes that take part, by how little is on their way: a lane
// that was left out comes first the next time.
func (d *Dispatcher) order(now time.Time) []*lane {
	var lanes []*lane
	for _, l := range d.lanes {
		if l.active(now) && !d.away.shut(now) {
			lanes = append(lanes, l)
		}
	}
	slices.SortFunc(lanes, func(a, b *lane) int {
		return cmp.Or(cmp.Compare(a.flying, b.flying), cmp.Compare(a.service, b.service))
	})
	return lanes
}

// claim leases as many due deliveries as there is room for, lane by lane, the
// longest due first.
func (d *Dispatcher) claim(tx core.App, lanes []*lane, now time.Time) (claimed handful, err error) {
	lease := core.GenerateDefaultRandomId()
	left := d.away.window(d.cfg.most()) - d.flying - len(d.news)
	rooms := shares(lanes, now)
	for i, l := range lanes {
		room := min(rooms[i], left)
		if room <= 0 || !l.hungry {
			continue
		}
		var some []delivery
		err := tx.DB().NewQuery(`UPDATE deliveries SET lease = {:lease}, leased = {:until} WHERE rowid IN (
				SELECT rowid FROM deliveries WHERE state = 'waiting' AND service = {:service} AND lease = '' AND due <= {:now}
				ORDER BY due LIMIT {:room}
			) RETURNING id, outbox, subscription, service, tries`).
			Bind(dbx.Params{
				"lease": lease, "until": format(now.Add(leaseLife)), "service": l.service, "now": format(now), "room": room,
			}).All(&some)
		if err != nil {
			return handful{}, fmt.Errorf("claim deliveries: %w", err)
		}
		if len(some) < room {
			l.hungry = false
		}
		left -= len(some)
		claimed.deliveries = append(claimed.deliveries, some...)
	}
	claimed.findRecipients(tx)
	return claimed, nil
}

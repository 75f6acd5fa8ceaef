package outbox

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

const (
	// longest is how long the dispatcher waits at most before it looks again: a
	// machine that slept, or whose clock was set, doesn't keep its timers.
	longest = time.Minute
	// glance is how often it looks for what falls due while it waits for the
	// answers of push services.
	glance = time.Second
	// grace is how long the end waits for answers that are on their way, and
	// patience how long for sends to end that it called off then.
	grace    = 400 * time.Millisecond
	patience = 300 * time.Millisecond
	// linger is how long a transaction waits for more to mark, and lingerFar
	// where all that is on its way is far off.
	linger    = 4 * time.Millisecond
	lingerFar = 12 * time.Millisecond
	// afterFault is the pause after a round that the database failed.
	afterFault = 5 * time.Second
)

// Dispatcher does what the rows of the outbox say. One goroutine does all of
// it but sending, so that everything below needs no lock but round's.
type Dispatcher struct {
	app   core.App
	cfg   Config
	woken chan struct{}

	life  sync.Mutex
	stop  context.CancelFunc
	ended chan struct{}

	turn    sync.Mutex // held for a round
	begun   bool       // what the process before left behind was looked at
	looked  time.Time  // when it looked for what fell due
	results chan result
	flying  int              // sends that have no result yet
	news    []outcome        // results and others that are not marked yet
	lanes   map[string]*lane // by service
	rows    []string         // to be expanded
	touched map[string]bool  // rows some of whose deliveries ended
	trouble *trouble
	away    pause // while nothing can be handed to others

	inbox sync.Mutex
	late  []Answered // that nobody here waited for
}

func newDispatcher(app core.App, cfg Config) *Dispatcher {
	return &Dispatcher{
		app: app, cfg: cfg, woken: make(chan struct{}, 1), results: make(chan result, cfg.most()),
		lanes: map[string]*lane{}, touched: map[string]bool{}, trouble: newTrouble(app.Logger),
	}
}

// Wake has the dispatcher look at once. It never waits.
func (d *Dispatcher) Wake() {
	select {
	case d.woken <- struct{}{}:
	default: // somebody else did
	}
}

func (d *Dispatcher) start() {
	d.life.Lock()
	defer d.life.Unlock()
	if d.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	d.stop, d.ended = stop, make(chan struct{})
	go func() {
		defer close(d.ended)
		d.loop(ctx)
	}()
}

// end calls off what is being sent, gives its leases back, and waits for that.
func (d *Dispatcher) end() {
	d.life.Lock()
	defer d.life.Unlock()
	if d.stop == nil {
		return
	}
	d.stop()
	<-d.ended
	d.stop = nil
}

func (d *Dispatcher) loop(ctx context.Context) {
	for ctx.Err() == nil {
		next, err := d.Round(ctx)
		wait := longest
		if !next.IsZero() {
			wait = min(max(next.Sub(d.cfg.Now()), 0), longest)
		}
		if err != nil {
			d.app.Logger().Error("work through the outbox", "cause", err.Error())
			wait = afterFault
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-d.woken:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Round does all that is due, waits for its answers, and says when there is
// more to do: the zero time where nothing waits. The running dispatcher does
// nothing else; tests call it where they don't serve.
func (d *Dispatcher) Round(ctx context.Context) (next time.Time, err error) {
	d.turn.Lock()
	defer d.turn.Unlock()
	sending, callOff := context.WithCancel(context.WithoutCancel(ctx))
	defer callOff()
	defer func() {
		if ctx.Err() != nil || err != nil {
			err = errors.Join(err, d.settleAll(callOff))
		}
	}()
	if err := d.look(); err != nil {
		return next, err
	}
	for ctx.Err() == nil {
		if err := d.keepLooking(); err != nil {
			return next, err
		}
		busy, err := d.step(sending)
		if err != nil {
			return next, err
		}
		if busy {
			continue
		}
		if d.flying == 0 {
			break
		}
		if err := d.await(ctx); err != nil {
			return next, err
		}
	}
	if err := d.finishTouched(); err != nil {
		return next, err
	}
	return d.nextDue()
}

// keepLooking looks again after a while, however much there is to do: what one
// letter has to send holds up the release of no other.
func (d *Dispatcher) keepLooking() error {
	if d.cfg.Now().Sub(d.looked).Abs() < glance {
		return nil
	}
	return d.look()
}

// look finds what fell due since it was called last.
func (d *Dispatcher) look() error {
	now := d.cfg.Now()
	d.looked = now
	if !d.begun {
		if err := d.takeOver(); err != nil {
			return err
		}
		d.begun = true
	}
	if err := d.takeLate(); err != nil {
		return err
	}
	if err := d.release(now); err != nil {
		return err
	}
	if err := d.expire(now); err != nil {
		return err
	}
	if err := d.findRows(now); err != nil {
		return err
	}
	return d.findLanes(now)
}

// step does a bounded piece of everything, and reports whether there was any.
func (d *Dispatcher) step(sending context.Context) (busy bool, err error) {
	now := d.cfg.Now()
	expanded, err := d.expandSome(now)
	if err != nil {
		return false, err
	}
	d.collect()
	if len(d.news) > 0 {
		d.gather(d.worthMarking())
	}
	claimed, marked, err := d.markAndClaim(now)
	if err != nil {
		return false, err
	}
	if err := d.launch(sending, claimed, now); err != nil {
		return false, err
	}
	return expanded || marked || len(claimed.deliveries) > 0, nil
}

// worthMarking is how long to wait for how many outcomes until they are
// written. Each transaction waits for the disk: where much is on its way to
// services far off, and nothing to others, it is made worth it.
func (d *Dispatcher) worthMarking() (longest time.Duration, enough int) {
	for _, l := range d.lanes {
		if l.flying > 0 && l.latency < farOff {
			return linger, baseWindow
		}
	}
	return lingerFar, max(d.flying/4, baseWindow)
}

// await waits until an answer comes, or it is time to look again.
func (d *Dispatcher) await(ctx context.Context) error {
	timer := time.NewTimer(glance)
	defer timer.Stop()
	select {
	case r := <-d.results:
		d.take(r)
		return nil
	case <-d.woken:
	case <-timer.C:
	case <-ctx.Done():
		return nil
	}
	return d.look()
}

// collect takes the results that are there.
func (d *Dispatcher) collect() {
	for {
		select {
		case r := <-d.results:
			d.take(r)
		default:
			return
		}
	}
}

// settleAll marks what is still unmarked at the end of a round that was called
// off or failed. What has no answer soon is called off, and due again at once.
func (d *Dispatcher) settleAll(callOff context.CancelFunc) error {
	d.gather(grace, math.MaxInt)
	callOff()
	d.gather(patience, math.MaxInt) // the leases of what is missing then end by themselves
	for len(d.news) > 0 {
		if _, err := d.mark(d.cfg.Now()); err != nil {
			return err
		}
	}
	return nil
}

// gather takes results until so many are not marked yet, or there are none on
// their way, but not for longer.
func (d *Dispatcher) gather(longest time.Duration, enough int) {
	timer := time.NewTimer(longest)
	defer timer.Stop()
	for d.flying > 0 && len(d.news) < enough {
		select {
		case r := <-d.results:
			d.take(r)
		case <-timer.C:
			return
		}
	}
}

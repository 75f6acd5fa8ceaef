package outbox

import (
	"slices"
	"time"

	"folje/internal/push"
)

// How many deliveries may be sent and not yet marked. A kill makes as many ring
// twice at most (which phones hide), so they are few; but what is on its way to
// a service far off must be many, or the network stands idle (Little's law:
// rate times latency).
const (
	baseWindow = 32
	mostWindow = 512
	farOff     = 30 * time.Millisecond // the latency from which the window grows
	pace       = 5000                  // deliveries a second, which no machine meant here exceeds
	sample     = 128                   // answers whose quickest is the latency
)

// Why a lane is shut.
const (
	open     = ""
	failing  = "failing"  // no answers, or 5xx
	busy     = "busy"     // 429 or 503: it says when
	refusing = "refusing" // it refuses everybody
)

// When a lane shuts, and for how long.
const (
	failuresToShut = 5
	refusalsToStop = 5
	probeRefusing  = time.Hour
	firstRetry     = 30 * time.Second
	lastRetry      = time.Hour
	firstRefused   = 10 * time.Minute
	lastRefused    = 6 * time.Hour
	firstWait      = time.Second
	lastWait       = time.Hour
)

// remembered is for how long after its last message it is known how far off a
// service is, so that the next letter doesn't begin with finding out.
const remembered = 24 * time.Hour

// lane is what is known of one push service. It has its own share of the
// window, so that a service which doesn't answer holds up its own deliveries
// only. It is in memory only: a new process finds out again.
type lane struct {
	service string
	least   int       // of its window
	most    int       // of its window
	pace    int       // deliveries a second that are expected at most
	known   bool      // it took messages, now or of late
	hungry  bool      // there may be deliveries that are due
	flying  int       // leased, and not marked yet
	last    time.Time // it took a message

	why   string    // it is shut, or "" for open
	until time.Time // from then on one delivery at a time tries whether it may be opened
	times int       // it was shut in a row for failing or busy

	failures int             // in a row
	refused  map[string]bool // devices that were refused with no success between
	suspects []string        // subscriptions whose refusal is not counted as their fault yet

	latency time.Duration   // of the last sample, 0 while the window is not to grow
	took    []time.Duration // the sample so far
}

func (d *Dispatcher) lane(service string) *lane {
	l := d.lanes[service]
	if l == nil {
		l = &lane{service: service, least: d.cfg.least(), most: d.cfg.most(), pace: d.cfg.pace(), known: d.knows(service), refused: map[string]bool{}}
		d.lanes[service] = l
	}
	return l
}

// room is how many more may be sent now, where so many lanes share the window.
func (l *lane) room(now time.Time, lanes int) int {
	switch {
	case l.why == open:
		return max(l.window(lanes)-l.flying, 0)
	case now.Before(l.until) || l.flying > 0:
		return 0
	}
	return 1
}

func (l *lane) window(lanes int) int {
	window := l.least
	if l.latency >= farOff {
		window = min(max(l.least, int(l.latency.Seconds()*float64(l.pace))), l.most)
	}
	return max(window/max(lanes, 1), 1)
}

// active reports whether the lane takes part in sharing the window.
func (l *lane) active(now time.Time) bool {
	return l.flying > 0 || l.hungry && (l.why == open || !now.Before(l.until))
}

// forgettable reports whether nothing is lost with the lane, where nothing
// waits for its service.
func (l *lane) forgettable(now time.Time) bool {
	far := l.latency > 0 && now.Sub(l.last).Abs() < remembered
	return l.flying == 0 && l.why == open && len(l.refused) == 0 && !far
}

// measure notes how long an answer took. The quickest of a sample is the
// service's own latency, for the others waited for a processor too. It counts
// where most are near it: where they are not, there is a queue at one of the
// two machines, and more on their way would only make it longer.
func (l *lane) measure(took time.Duration) {
	if l.took = append(l.took, took); len(l.took) < sample {
		return
	}
	slices.Sort(l.took)
	quickest, middle := l.took[0], l.took[sample/2]
	switch {
	case quickest < farOff:
		l.latency = 0
	case l.latency > 0 || middle <= 2*quickest:
		l.latency = quickest
	}
	l.took = l.took[:0]
}

func (l *lane) shut(why string, until time.Time) { l.why, l.until = why, until }

// answered says that the service works, whatever it thinks of a subscription.
// One that said when to come again is not asked before.
func (l *lane) answered(now time.Time) {
	l.failures = 0
	if l.why == failing || l.why == busy && !now.Before(l.until) {
		l.why, l.times, l.hungry = open, 0, true
	}
}

// accept says that the service took a message. It gives the subscriptions whose
// refusals were their own fault, then.
func (l *lane) accept(now time.Time) (atFault []string) {
	l.known, l.last = true, now
	l.answered(now)
	if l.why == refusing {
		l.why, l.hungry = open, true
	}
	clear(l.refused)
	return l.blame()
}

// blame gives the subscriptions that were refused and are now held to it.
func (l *lane) blame() []string {
	atFault := l.suspects
	l.suspects = nil
	return atFault
}

// refuse notes a refusal. It reports whether the service refuses everybody, who
// are not to blame then. Only phones that were well so far speak for that: those
// that it refused before are tried again by themselves, with no others between.
func (l *lane) refuse(to push.Subscription, witness bool, now time.Time) (stops bool) {
	l.answered(now)
	l.suspects = append(l.suspects, to.ID)
	if witness {
		l.refused[to.Device] = true
	}
	if l.why != refusing && len(l.refused) < refusalsToStop {
		return false
	}
	l.suspects = nil
	stops = l.why != refusing || !now.Before(l.until)
	if stops {
		l.shut(refusing, now.Add(probeRefusing))
	}
	return stops
}

// fail notes that no answer came, or 5xx. It reports whether the lane is shut
// for it.
func (l *lane) fail(now time.Time, spread func(time.Duration) time.Duration) (shuts bool) {
	l.failures++
	probe := l.why != open && !now.Before(l.until)
	if l.why == open && l.failures < failuresToShut || l.why != open && !probe {
		return false
	}
	if l.why != refusing {
		l.shut(failing, now.Add(spread(doubled(firstRetry, lastRetry, l.times))))
		l.times++
		return true
	}
	l.until = now.Add(probeRefusing)
	return false
}

// pause does as the service says; wait is 0 where it says nothing that can be
// understood. It gives how long that is.
func (l *lane) pause(now time.Time, wait time.Duration, spread func(time.Duration) time.Duration) time.Duration {
	l.failures = 0
	if wait == 0 {
		wait = spread(doubled(firstRetry, lastRetry, l.times))
	}
	wait = min(max(wait, firstWait), lastWait)
	until := now.Add(wait)
	switch {
	case l.why != open && !until.After(l.until):
	case l.why == refusing:
		l.until = until
	default:
		if l.why == open || !now.Before(l.until) {
			l.times++
		}
		l.shut(busy, until)
	}
	return wait
}

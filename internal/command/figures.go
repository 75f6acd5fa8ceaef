package command

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"folje/internal/metrics"
)

// figures are the writer's: serve's, or a node's with its lease.
func (o options) figures() *metrics.Set {
	w := o.writer
	if w == nil {
		return metrics.New("serve", Version())
	}
	s := metrics.New("node", Version())
	s.Check("lease", w.Ready)
	s.Bool(metrics.LeaseHeld, func() bool { return w.Ready(context.Background()) == nil })
	s.Gauge(metrics.LeaseTerm, func() float64 { return float64(w.Term()) })
	s.Gauge(metrics.LeaseLeft, func() float64 { return max(0, w.Left().Seconds()) })
	s.Gauge(metrics.ReplicaLag, func() float64 { return w.Lag().Seconds() })
	return s
}

// errStandby is why a standby isn't ready: another node writes, or is to.
var errStandby = errors.New("this node stands by")

// standby tells those who run a node that it waits, until end is called. It
// doesn't matter to the node where that can't be told, but it says so.
func (o options) standby(connected func() bool, log *slog.Logger) (end func()) {
	s := metrics.New("node", Version())
	s.Check("lease", func(context.Context) error { return errStandby })
	s.Bool(metrics.LeaseHeld, func() bool { return false })
	s.Bool(metrics.NATSConnected, connected)
	l, err := metrics.Serve(o.admin, s, log)
	if err != nil {
		log.Warn("can't tell administrators of the standby", "cause", err.Error())
		return func() {}
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = l.Close(ctx)
	}
}

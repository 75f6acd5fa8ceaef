package shard

import (
	"context"
	"log/slog"
	"time"

	"folje/internal/cluster"

	"github.com/nats-io/nats.go/jetstream"
)

// A worker goes by the clock of NATS where its own is further off than tolerated:
// one that is a minute ahead would take every shard for late, and be the quickest
// to say so. It compares them every so often.
const (
	tolerated = 3 * time.Second
	compares  = 15 * time.Second
)

// now is the time by the clock that is believed.
func (w *Worker) now() time.Time { return w.cfg.Now().Add(time.Duration(w.off.Load())) }

// compare notes how far this machine's clock is off, by what NATS said at its own
// time to a question of that time.
func (w *Worker) compare(info *jetstream.ConsumerInfo, asked time.Time) {
	if info == nil || info.TimeStamp.IsZero() {
		return
	}
	took := w.cfg.Now().Sub(asked)
	if took < 0 || took > tolerated { // the clock was set meanwhile, or it says too little
		return
	}
	off := info.TimeStamp.Sub(asked.Add(took / 2))
	if off.Abs() <= tolerated {
		off = 0
	}
	if before := w.off.Swap(int64(off)); before == 0 && off != 0 {
		w.cfg.Logger.Warn("the clock of this machine is wrong: go by that of NATS", slog.Float64("seconds", off.Seconds()))
	}
}

// compareClocks does so until ctx ends.
func (w *Worker) compareClocks(ctx context.Context) {
	for ctx.Err() == nil {
		pause(ctx, compares)
		once, cancel := context.WithTimeout(ctx, dialing)
		asked := w.cfg.Now()
		if consumer, err := w.cfg.Conn.JS.Consumer(once, cluster.Pushes, workers); err == nil {
			w.compare(consumer.CachedInfo(), asked)
		}
		cancel()
	}
}

package translation

import (
	"context"
	"time"

	"folje/internal/post"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/mailer"
)

const (
	// warmIn is how long after the start the queue is counted, and settleIn when
	// the teller begins.
	warmIn   = 3 * time.Second
	settleIn = 20 * time.Second
	// every is how often it looks whether work has arrived.
	every = 5 * time.Minute
)

func (t *Teller) message(staff *core.Record, waiting []Task, now time.Time) *mailer.Message {
	subject, body := t.letter(waiting, now)
	return post.Message(t.app, staff.Email(), subject, body)
}

// bindTeller lets the teller work from when the app is served until it ends.
// Before its first round it counts what the queue will be asked for.
func bindTeller(app core.App, t *Teller) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	started := false
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeTeller", Func: func(e *core.ServeEvent) error {
		if err := e.Next(); err != nil || started {
			return err
		}
		started = true
		go func() {
			defer close(ended)
			t.work(ctx)
		}()
		return nil
	}})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		stop()
		if started {
			<-ended
		}
		return e.Next()
	})
}

func (t *Teller) work(ctx context.Context) {
	timer := time.NewTimer(warmIn)
	defer timer.Stop()
	for warm, settled := false, false; ; {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		if !warm {
			warm = t.note("count what waits for translators", t.desk.warm(ctx, t.app))
		}
		if !settled {
			settled = true
			timer.Reset(settleIn - warmIn)
			continue
		}
		t.note("tell translators of work", t.Round(ctx))
		timer.Reset(every)
	}
}

// note logs what failed, and reports whether nothing did.
func (t *Teller) note(doing string, err error) bool {
	if err != nil {
		t.app.Logger().Warn(doing, "cause", err.Error())
	}
	return err == nil
}

// warm counts all there is, a little at a time, so that the first translator
// needn't wait for it.
func (d *desk) warm(ctx context.Context, app core.App) error {
	for _, w := range d.Works {
		queue, err := w.Queue(app, d.Now())
		if err != nil {
			return err
		}
		for len(queue) > 0 && ctx.Err() == nil {
			some := queue[:min(len(queue), atOnce)]
			if _, err := d.tally.of(app, w, some); err != nil {
				return err
			}
			queue = queue[len(some):]
		}
	}
	return nil
}

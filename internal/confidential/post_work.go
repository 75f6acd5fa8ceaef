package confidential

import (
	"context"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

const (
	// settleIn is how long after the start the post begins.
	settleIn = 25 * time.Second
	// every is how often it looks, so that an e-mail says when something came no
	// more exactly.
	every = 5 * time.Minute
)

// bindPost lets the post work from when the app is served until it ends.
func (f *feature) bindPost(app core.App) {
	ctx, stop := context.WithCancel(context.Background())
	ended, started := make(chan struct{}), false
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeConfidentialPost", Func: func(e *core.ServeEvent) error {
		if err := e.Next(); err != nil || started {
			return err
		}
		started = true
		go func() {
			defer close(ended)
			(&Post{f: f, app: app}).work(ctx)
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

func (p *Post) work(ctx context.Context) {
	timer := time.NewTimer(settleIn)
	defer timer.Stop()
	defer p.tellFaults()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		if err := p.Round(ctx); err != nil {
			p.app.Logger().Warn("tell who reads requests", "cause", err.Error())
		}
		p.tellFaults()
		timer.Reset(every)
	}
}

// tellFaults logs what failed since the last time, not when.
func (p *Post) tellFaults() {
	if n, cause := p.f.faults.take(); n > 0 {
		p.app.Logger().Error("fail requests", "count", n, "cause", cause)
	}
}

package confidential

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// How a message failed. The mail server's own words may name its reader, and
// are not kept.
var (
	errSlow    = errors.New("the mail server doesn't answer")
	errBusy    = errors.New("the mail server still has the message before")
	errRefused = errors.New("the mail server refused a message for good")
	errUnsent  = errors.New("the mail server took no message")
)

// isUnsent reports whether the message certainly didn't leave, and may later.
func isUnsent(err error) bool { return errors.Is(err, errUnsent) || errors.Is(err, errBusy) }

// send hands the message over, and waits for that only for a while: PocketBase's
// client would wait for ever. While a message is stuck no other is sent.
func (p *Post) send(ctx context.Context, to, subject, body string) error {
	if p.pending != nil {
		select {
		case <-p.pending:
			p.pending = nil
		default:
			return errBusy
		}
	}
	pending, client, message := make(chan error, 1), p.app.NewMailClient(), p.message(to, subject, body)
	go func() { pending <- client.Send(message) }()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case err := <-pending:
		return meaning(err)
	case <-timer.C:
	case <-ctx.Done():
	}
	p.pending = pending
	return errSlow
}

// meaning is what an error of the mail client says.
func meaning(err error) error {
	var answer *textproto.Error
	var unreachable net.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answer) && answer.Code >= 500:
		return errRefused
	case errors.As(err, &answer):
		return fmt.Errorf("%w: %d", errUnsent, answer.Code)
	case errors.As(err, &unreachable):
		return fmt.Errorf("%w: it can't be reached", errUnsent)
	}
	return errUnsent
}

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

package colleague

import (
	"context"
	"errors"
	"fmt"
	"time"

	"folje/internal/access"
	"folje/internal/post"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

const (
	// settleIn is how long after the start the post begins.
	settleIn = 5 * time.Second
	// every is how often it looks where nobody has it hurry.
	every = time.Minute
	// mostRound is how many invites one round sends.
	mostRound = 50
)

// Post sends invites and codes by e-mail. It is for one goroutine.
type Post struct {
	f      *Feature
	app    core.App
	office post.Office
}

// NewPost makes the post of an app; [Register] lets one work while it is served.
func NewPost(app core.App, f *Feature) *Post { return &Post{f: f, app: app} }

// Round sends the invites that wait; nothing where the server has no SMTP.
func (p *Post) Round(ctx context.Context) error {
	if !post.Open(p.app) {
		return nil
	}
	p.f.sending.Lock()
	defer p.f.sending.Unlock()
	waiting, err := p.app.FindRecordsByFilter(invites, "sealed != '' && refused = false", "created", mostRound, 0)
	if err != nil {
		return fmt.Errorf("list invites to send: %w", err)
	}
	for _, r := range waiting {
		if ctx.Err() != nil {
			return nil
		}
		if err := p.send(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// send sends one invite. That it was sent is stored before, and its secret
// forgotten, so that nobody gets two; what certainly was not sent is tried
// again.
func (p *Post) send(ctx context.Context, r *core.Record) error {
	sealed, mark := r.GetString("sealed"), r.GetString("mark")
	secret, err := p.f.Keys.Open(sealed, mark)
	if err != nil {
		p.app.Logger().Warn("open an invite of a colleague", "cause", err.Error())
		return p.note(r.Id, mark, dbx.Params{"sealed": "", "refused": true}) // of another key: to be made again
	}
	if err := p.note(r.Id, mark, dbx.Params{"sealed": "", "sent": p.f.Now().UTC().Format("2006-01-02 15:04:05.000Z")}); err != nil {
		return err
	}
	subject, body := p.f.letter(r, secret)
	err = p.office.Send(ctx, p.app, post.Message(p.app, r.GetString("email"), subject, body))
	switch {
	case errors.Is(err, post.ErrRefused):
		return p.note(r.Id, mark, dbx.Params{"refused": true, "sent": ""})
	case errors.Is(err, post.ErrFailed), errors.Is(err, post.ErrBusy):
		return errors.Join(err, p.note(r.Id, mark, dbx.Params{"sealed": sealed, "sent": ""}))
	}
	return err
}

// code sends a code. One that can't be sent is none: another is asked for.
func (p *Post) code(ctx context.Context, m codeMail) {
	if !post.Open(p.app) {
		return
	}
	body := ""
	for _, tag := range []string{"sv", "en"} {
		if body != "" {
			body += "\n--\n\n"
		}
		body += p.f.Locales.Text(tag, "push.code.text", map[string]any{"Code": m.code}) + "\n"
	}
	if err := p.office.Send(ctx, p.app, post.Message(p.app, m.to, p.f.Locales.Text("sv", "push.code.subject", nil), body)); err != nil {
		p.app.Logger().Warn("send a sign-in code", "cause", err.Error())
	}
}

// Codes sends the codes that wait, and returns when they are sent, whoever took
// them.
func (p *Post) Codes(ctx context.Context) {
	p.f.sending.Lock()
	defer p.f.sending.Unlock()
	for {
		select {
		case m := <-p.f.queue:
			p.code(ctx, m)
		default:
			return
		}
	}
}

// note changes the invite, unless another took its place meanwhile.
func (p *Post) note(id, mark string, values dbx.Params) error {
	return p.app.RunInTransaction(func(tx core.App) error {
		if _, err := tx.DB().Update(invites, values, dbx.HashExp{"id": id, "mark": mark}).Execute(); err != nil {
			return fmt.Errorf("note what became of an invite: %w", err)
		}
		return nil
	})
}

// letter invites in Swedish and in English.
func (f *Feature) letter(r *core.Record, secret access.Code) (subject, body string) {
	params := map[string]any{"Name": r.GetString("name")}
	subject, text, life := "push.welcome.subject", "push.welcome.text", "push.welcome.life"
	if r.GetString("account") != "" {
		subject, text, life = "push.password.subject", "push.password.text", "push.password.life"
	}
	for _, tag := range []string{"sv", "en"} {
		if body != "" {
			body += "\n--\n\n"
		}
		body += f.Locales.Text(tag, text, params) + "\n\n" + f.address(string(secret)) + "\n\n" + f.Locales.Text(tag, life, nil) + "\n"
	}
	return f.Locales.Text("sv", subject, nil), body
}

// bindPost lets the post work from when the app is served until it ends.
func (f *Feature) bindPost(app core.App) {
	ctx, stop := context.WithCancel(context.Background())
	ended, started := make(chan struct{}), false
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeColleaguesPost", Func: func(e *core.ServeEvent) error {
		if err := e.Next(); err != nil || started {
			return err
		}
		started = true
		go func() {
			defer close(ended)
			NewPost(app, f).work(ctx)
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
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-p.f.kick:
		}
		p.Codes(ctx)
		if err := p.Round(ctx); err != nil {
			p.app.Logger().Warn("invite colleagues", "cause", err.Error())
		}
		timer.Reset(every)
	}
}

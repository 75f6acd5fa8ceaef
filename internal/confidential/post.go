package confidential

import (
	"context"
	"errors"
	"fmt"
	"time"

	"folje/internal/post"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// apart is how much time lies at least between two e-mails that something has
// come to a channel.
const apart = 15 * time.Minute

// Post tells holders by e-mail that something has come, and heads that it
// waits. What it says names no channel, and nothing of what came. It is for one
// goroutine.
type Post struct {
	f      *feature
	app    core.App
	office post.Office
}

// NewPost makes the post of an app; [Register] lets one work while it is served.
func NewPost(app core.App, cfg Config) *Post { return &Post{f: &feature{Config: cfg}, app: app} }

// Round sends what is to be sent now; nothing where the server has no SMTP.
func (p *Post) Round(ctx context.Context) error {
	if !post.Open(p.app) {
		return nil
	}
	all, err := p.app.FindRecordsByFilter(channels, "", "name", 0, 0)
	if err != nil {
		return fmt.Errorf("list channels: %w", err)
	}
	for _, c := range all {
		if ctx.Err() != nil {
			return nil
		}
		if err := p.arrivals(ctx, c); err != nil {
			return err
		}
		if err := p.alarm(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// arrivals tells the channel's holders, once for all that came since they were
// told. That they were told is stored first, so that nobody is told twice; what
// certainly was not sent to anybody is tried again.
func (p *Post) arrivals(ctx context.Context, channel *core.Record) error {
	now, told := p.f.Now(), channel.GetDateTime("told").Time()
	if !channel.GetBool("pending") || now.Sub(told) < apart {
		return nil
	}
	to, err := p.readers(channel, now)
	if err != nil {
		return err
	}
	if err := p.note(channel.Id, dbx.Params{"pending": false, "told": now.UTC().Truncate(time.Minute).Format(stored)}); err != nil {
		return err
	}
	subject, body := p.f.letter("push.request.subject", "push.request.arrived")
	sent := 0
	for _, address := range to {
		if err = p.send(ctx, address, subject, body); err == nil {
			sent++
		}
	}
	if err != nil && sent == 0 && isUnsent(err) {
		if again := p.note(channel.Id, dbx.Params{"pending": true}); again != nil {
			return again
		}
	}
	return err
}

// readers are the addresses of the holders who may read now.
func (p *Post) readers(channel *core.Record, now time.Time) (to []string, err error) {
	all, err := p.app.FindRecordsByFilter(holders, "channel = {:channel} && state = 'in'", "id", 0, 0, dbx.Params{"channel": channel.Id})
	if err != nil {
		return nil, fmt.Errorf("list holders: %w", err)
	}
	for _, r := range all {
		if !covers(r, now) {
			continue
		}
		staff, err := p.app.FindRecordById("staff", r.GetString("staff"))
		if err != nil {
			return nil, fmt.Errorf("find a holder's account: %w", err)
		}
		if staff.Email() != "" {
			to = append(to, staff.Email())
		}
	}
	return to, nil
}

// alarm tells the head when nobody has opened something for a whole working
// day: once, until all of it is opened.
func (p *Post) alarm(ctx context.Context, channel *core.Record) error {
	n, since, err := unopened(p.app, channel.Id)
	if err != nil {
		return err
	}
	alarmed := !channel.GetDateTime("alarmed").IsZero()
	late := n > 0 && overdue(since, p.f.Now())
	if late == alarmed {
		return nil
	}
	if !late {
		return p.note(channel.Id, dbx.Params{"alarmed": ""})
	}
	head, err := p.app.FindRecordById("staff", channel.GetString("head"))
	if err != nil || head.Email() == "" {
		return nil // an administrator's list says that there is an alarm, and that nobody is head
	}
	if err := p.note(channel.Id, dbx.Params{"alarmed": p.f.Now().UTC().Format(stored)}); err != nil {
		return err
	}
	subject, body := p.f.letter("push.request.alarm_subject", "push.request.waits")
	err = p.send(ctx, head.Email(), subject, body)
	if err != nil && isUnsent(err) {
		if again := p.note(channel.Id, dbx.Params{"alarmed": ""}); again != nil {
			return again
		}
	}
	return err
}

// note changes the channel's row without making phones' answer anew.
func (p *Post) note(channel string, values dbx.Params) error {
	return p.app.RunInTransaction(func(tx core.App) error {
		if _, err := tx.DB().Update(channels, values, dbx.HashExp{"id": channel}).Execute(); err != nil {
			return fmt.Errorf("note what was told of a channel: %w", err)
		}
		return nil
	})
}

// letter says the message in Swedish and in English, with where to go.
func (f *feature) letter(subject, text string) (string, string) {
	body := ""
	for _, tag := range []string{"sv", "en"} {
		if body != "" {
			body += "\n--\n\n"
		}
		body += f.Locales.Text(tag, text, nil) + "\n" + f.Origin + "/staff\n"
	}
	return f.Locales.Text("sv", subject, nil), body
}

func (p *Post) send(ctx context.Context, to, subject, body string) error {
	return p.office.Send(ctx, p.app, post.Message(p.app, to, subject, body))
}

// isUnsent reports whether the message certainly didn't leave, and may later.
func isUnsent(err error) bool { return errors.Is(err, post.ErrFailed) || errors.Is(err, post.ErrBusy) }

package translation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/post"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const (
	// apart is how much daytime lies at least between two e-mails to one person.
	apart = 4 * time.Hour
	// settled is how long nothing was written in a record before it is told of: a
	// letter that somebody is typing is no work yet.
	settled = 30 * time.Minute
	// news is for how many days something that arrived is worth telling.
	news = 14
	// pause is for how long nothing is sent after the mail server took none.
	pause = 15 * time.Minute
)

// Teller tells translators by e-mail that work has arrived: how many texts wait
// in their languages, when the first is needed, and where they are; nothing of
// what stands in them. It does so where the server has SMTP, by day, and not
// more often than every four hours of daytime. It is for one goroutine.
type Teller struct {
	app    core.App
	desk   *desk
	office post.Office
	rested time.Time // nothing is sent before
}

// NewTeller makes the teller of a desk. [RegisterDesk] lets one work while the
// app is served.
func NewTeller(app core.App, cfg DeskConfig) *Teller { return &Teller{app: app, desk: newDesk(cfg)} }

// Round tells whoever is to be told now. A mail server that can't be reached
// ends the round, and the next ones for a while; who was to be told then is
// told later.
func (t *Teller) Round(ctx context.Context) error {
	now := t.desk.Now()
	if !post.Open(t.app) || !isDay(now) || now.Before(t.rested) {
		return nil
	}
	translators, err := t.app.FindAllRecords("staff", dbx.HashExp{"noMail": false},
		dbx.NewExp("[[email]] != '' AND [[roles]] LIKE '%\"translator\"%'"))
	if err != nil {
		return fmt.Errorf("list translators: %w", err)
	}
	for _, staff := range translators {
		if ctx.Err() != nil {
			return nil
		}
		if err := t.tell(ctx, staff, now); err != nil {
			t.rested = now.Add(pause)
			return err
		}
	}
	return nil
}

// tell sends the member of staff a message, where something arrived since the
// last one. That she was told is stored before it is sent, so that nothing is
// sent twice; what certainly was not sent is tried again.
func (t *Teller) tell(ctx context.Context, staff *core.Record, now time.Time) error {
	told := staff.GetDateTime("told").Time()
	if daytime(told, now) < apart {
		return nil
	}
	waiting, arrived, err := t.waiting(staff, told, now)
	if err != nil || !arrived {
		return err
	}
	if due, err := t.decide(staff.Id, told, now); err != nil || !due {
		return err
	}
	err = t.office.Send(ctx, t.app, t.message(staff, waiting, now))
	switch {
	case err == nil, errors.Is(err, post.ErrRefused): // who can't get it holds up nobody
		return nil
	case errors.Is(err, post.ErrSlow):
		return err // she may get it yet
	}
	return errors.Join(err, t.takeBack(staff.Id, told))
}

// waiting gives the open tasks in her languages that nobody else has taken, and
// whether one of them has arrived since she was told.
func (t *Teller) waiting(staff *core.Record, told, now time.Time) (waiting []Task, arrived bool, err error) {
	tasks, err := t.desk.tasks(t.app, staff)
	if err != nil {
		return nil, false, err
	}
	since := now.AddDate(0, 0, -news)
	if told.After(since) {
		since = told.Add(-settled) // what wasn't settled then is news now
	}
	mine := staff.GetStringSlice("locales")
	for _, task := range tasks {
		if !task.Open || !slices.Contains(mine, task.Locale) || task.Claim != nil && !task.Claim.Mine {
			continue
		}
		waiting = append(waiting, task)
		arrived = arrived || task.changed.After(since) && !task.changed.After(now.Add(-settled))
	}
	return waiting, arrived, nil
}

// decide notes that she is told now; false where she was meanwhile, or wishes
// not to be.
func (t *Teller) decide(id string, told, now time.Time) (due bool, err error) {
	err = t.app.RunInTransaction(func(tx core.App) error {
		staff, err := tx.FindRecordById("staff", id)
		if err != nil {
			return err
		}
		due = !staff.GetBool("noMail") && staff.GetDateTime("told").Time().Equal(told) && access.HasRole(staff, access.RoleTranslator)
		if !due {
			return nil
		}
		return setTold(tx, id, now)
	})
	return due, err
}

func (t *Teller) takeBack(id string, told time.Time) error {
	return t.app.RunInTransaction(func(tx core.App) error { return setTold(tx, id, told) })
}

// setTold changes nothing else, so that her page needn't sign in again.
func setTold(tx core.App, id string, at time.Time) error {
	told := ""
	if !at.IsZero() {
		told = stored(at)
	}
	if _, err := tx.DB().Update("staff", dbx.Params{"told": told}, dbx.HashExp{"id": id}).Execute(); err != nil {
		return fmt.Errorf("note that a translator was told: %w", err)
	}
	return nil
}

// letter says, in Swedish and then in English, that so many texts wait.
func (t *Teller) letter(waiting []Task, now time.Time) (subject, body string) {
	var parts []string
	for _, tag := range []string{sourceLocale, "en"} {
		lines := []string{t.desk.Locales.TextCount(tag, "push.desk.waiting", float64(len(waiting)), nil)}
		if day := nearest(waiting, now); day != "" {
			lines = append(lines, t.desk.Locales.Text(tag, "push.desk.needed", map[string]any{"Date": day}))
		}
		lines = append(lines, t.desk.Locales.Text(tag, "push.desk.open", nil), t.desk.Origin+"/translate", "",
			t.desk.Locales.Text(tag, "push.desk.stop", nil))
		parts = append(parts, strings.Join(lines, "\n"))
	}
	return t.desk.Locales.Text(sourceLocale, "push.desk.subject", nil), strings.Join(parts, "\n\n--\n\n") + "\n"
}

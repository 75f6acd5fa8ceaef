package guide

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"folje/internal/access"
	"folje/internal/post"
	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// The hours of a working day in which reminders are sent.
const (
	morning = 8
	evening = 16
)

// Reminder asks by e-mail, each January and August, that every entry be looked
// through: its owner, or the coordinator where it has none. Each entry is asked
// about once in a season, whatever dies meanwhile. It is for one goroutine.
type Reminder struct {
	Config
	app    core.App
	office post.Office
}

// NewReminder makes a reminder; [Register] lets one work while the app runs.
func NewReminder(app core.App, cfg Config) *Reminder { return &Reminder{Config: cfg, app: app} }

// bindReminders looks every hour whether somebody is to be reminded, at no cost
// in most months.
func (f *feature) bindReminders(app core.App) {
	ctx, stop := context.WithCancel(context.Background())
	reminder := NewReminder(app, f.Config)
	turn := make(chan struct{}, 1) // a round that waits for the mail server outlasts an hour
	app.Cron().MustAdd("foljeGuideReminders", "17 * * 1,8 *", func() {
		select {
		case turn <- struct{}{}:
		default:
			return
		}
		defer func() { <-turn }()
		if err := reminder.Round(ctx); err != nil {
			app.Logger().Warn("remind of the guide", "cause", err.Error())
		}
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		stop()
		return e.Next()
	})
}

// Round sends each keeper of entries that are due one message about all of them.
// It does so in the season's first month, on working days, where the server has
// a mail server. One that can't be reached ends the round, and the next round
// tries again.
func (r *Reminder) Round(ctx context.Context) error {
	s, now := seasonOf(r.Now()), r.Now().In(zone.Stockholm())
	if s.over || !zone.Workday(now) || now.Hour() < morning || now.Hour() >= evening || !post.Open(r.app) {
		return nil
	}
	keepers, err := r.keepers(s)
	if err != nil {
		return err
	}
	for _, k := range keepers {
		if ctx.Err() != nil {
			return nil
		}
		if err := r.remind(ctx, s, k); err != nil {
			return err
		}
	}
	return nil
}

// keeper is whoever is asked to look entries through: one address, or those of
// all coordinators.
type keeper struct {
	addresses []string
	entries   []string // ids
}

// keepers gives who is to be reminded of what, in a fixed order.
func (r *Reminder) keepers(s season) ([]keeper, error) {
	due, err := s.due(r.app)
	if err != nil {
		return nil, err
	}
	due = slices.DeleteFunc(due, func(e Entry) bool { return e.GetString("reminded") == s.name })
	if len(due) == 0 {
		return nil, nil
	}
	staff, err := r.app.FindAllRecords("staff", dbx.NewExp("[[email]] != ''"))
	if err != nil {
		return nil, fmt.Errorf("list staff: %w", err)
	}
	byOwner, owners := map[string][]string{}, []string{""}
	for _, e := range due {
		owner := e.GetString("owner")
		if !slices.ContainsFunc(staff, func(s *core.Record) bool { return s.Id == owner }) {
			owner = ""
		}
		if !slices.Contains(owners, owner) {
			owners = append(owners, owner)
		}
		byOwner[owner] = append(byOwner[owner], e.Id)
	}
	var out []keeper
	for _, owner := range owners {
		k := keeper{entries: byOwner[owner]}
		for _, s := range staff {
			if s.Id == owner || owner == "" && slices.Contains(s.GetStringSlice("roles"), access.RoleCoordinator) {
				k.addresses = append(k.addresses, s.Email())
			}
		}
		if len(k.entries) > 0 && len(k.addresses) > 0 {
			out = append(out, k)
		}
	}
	return out, nil
}

// remind writes to the keeper. That it was done is stored before it is, so that
// nothing is sent twice; what certainly was not sent is tried again.
func (r *Reminder) remind(ctx context.Context, s season, k keeper) error {
	mine, err := r.take(s, k.entries)
	if err != nil || len(mine) == 0 {
		return err
	}
	subject, body := r.letter(mine)
	for i, address := range k.addresses {
		err := r.office.Send(ctx, r.app, post.Message(r.app, address, subject, body))
		switch {
		case err == nil, errors.Is(err, post.ErrRefused): // who can't get it holds up nobody
		case errors.Is(err, post.ErrSlow), i > 0:
			return err // somebody got it, or may get it yet
		default:
			return errors.Join(err, r.give(mine))
		}
	}
	return nil
}

// take marks those of the entries that still are due as reminded of, and gives
// them.
func (r *Reminder) take(s season, ids []string) (mine []Entry, err error) {
	err = r.app.RunInTransaction(func(tx core.App) error {
		due, err := s.due(tx)
		if err != nil {
			return err
		}
		mine = slices.DeleteFunc(due, func(e Entry) bool {
			return !slices.Contains(ids, e.Id) || e.GetString("reminded") == s.name
		})
		return mark(tx, mine, s.name)
	})
	return mine, err
}

func (r *Reminder) give(mine []Entry) error {
	return r.app.RunInTransaction(func(tx core.App) error { return mark(tx, mine, "") })
}

// mark changes nothing that phones have.
func mark(tx core.App, entriesOf []Entry, season string) error {
	for _, e := range entriesOf {
		if _, err := tx.DB().Update(entries, dbx.Params{"reminded": season}, dbx.HashExp{"id": e.Id}).Execute(); err != nil {
			return fmt.Errorf("note that somebody was reminded: %w", err)
		}
	}
	return nil
}

// letter names the entries to look through, in Swedish: it goes to staff.
func (r *Reminder) letter(due []Entry) (subject, body string) {
	names := make([]string, len(due))
	for i, e := range due {
		names[i] = "– " + title(e.Record)
	}
	out := []string{
		r.Locales.TextCount(sourceLocale, "push.guide.due", float64(len(due)), nil), "",
		strings.Join(names, "\n"), "",
		r.Locales.Text(sourceLocale, "push.guide.open", nil), r.Origin + "/staff/guide", "",
	}
	return r.Locales.Text(sourceLocale, "push.guide.subject", nil), strings.Join(out, "\n")
}

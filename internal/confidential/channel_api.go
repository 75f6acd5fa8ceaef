package confidential

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"folje/internal/audit"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// maxBody bounds the bodies of staff's routes, in bytes.
const maxBody = 64 << 10

// channelView is a channel as one member of staff may see it.
type channelView struct {
	Name         string          `json:"name"`
	Title        string          `json:"title"`
	State        string          `json:"state"`
	Open         bool            `json:"open"`
	AnswersDays  int             `json:"answersDays"`
	Hours        string          `json:"hours"`
	Away         json.RawMessage `json:"away"`
	KeepDays     int             `json:"keepDays"`
	Head         *person         `json:"head"`
	IsHead       bool            `json:"isHead"`
	IsAdmin      bool            `json:"isAdmin"`
	Role         bool            `json:"role"`
	Mine         *holderView     `json:"mine"`
	Holders      []holderView    `json:"holders"`
	Keys         []keyView       `json:"keys"`
	RotationDue  bool            `json:"rotationDue"`
	Alarm        bool            `json:"alarm"`
	Waiting      *int            `json:"waiting,omitempty"`
	WaitingSince string          `json:"waitingSince,omitempty"`
}

type person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// listChannels answers GET channels → {channels: […]} with those that she has
// something to do with: the channel's role, its head, an administrator.
func (f *feature) listChannels(e *core.RequestEvent) error {
	views := []channelView{}
	for _, name := range slices.Sorted(maps.Keys(roles)) {
		d, err := f.door(e.App, e.Auth.Id, name)
		if errors.Is(err, problem.NotFound()) {
			continue
		}
		if err != nil {
			return err
		}
		view, err := f.view(e.App, d)
		if err != nil {
			return err
		}
		views = append(views, view)
	}
	return e.JSON(http.StatusOK, map[string]any{"channels": views})
}

// view is the channel as whoever stands at the door sees it.
func (f *feature) view(app core.App, d door) (channelView, error) {
	c := d.channel
	all, err := allKeys(app, c.Id)
	if err != nil {
		return channelView{}, err
	}
	v := channelView{
		Name: d.name(), Title: c.GetString("title"), State: state(c, len(all) > 0), Open: c.GetBool("open"),
		AnswersDays: c.GetInt("answersDays"), Hours: c.GetString("hours"), Away: list(c, "away"), KeepDays: c.GetInt("keepDays"),
		IsHead: d.isHead(), IsAdmin: d.isAdmin(), Role: d.mayHold(),
		RotationDue: !c.GetDateTime("rotate").IsZero(), Keys: keyViews(all, d.mayHold()), Holders: []holderView{},
	}
	if v.Head, err = headOf(app, c); err != nil {
		return v, err
	}
	if d.holder != nil {
		mine, err := viewHolder(app, d.holder)
		if err != nil {
			return v, err
		}
		v.Mine = &mine
	}
	if d.isIn() || d.isHead() || d.isAdmin() {
		if v.Holders, err = holderViews(app, c.Id); err != nil {
			return v, err
		}
	}
	return v, f.waiting(app, d, &v)
}

// waiting tells holders and the head how many requests nobody has opened, and
// an administrator whether that has lasted too long.
func (f *feature) waiting(app core.App, d door, v *channelView) error {
	n, since, err := unopened(app, d.channel.Id)
	if err != nil {
		return err
	}
	v.Alarm = n > 0 && overdue(since, d.now)
	if d.isIn() || d.isHead() {
		v.Waiting = &n
		if n > 0 {
			v.WaitingSince = since.UTC().Format(time.RFC3339)
		}
	}
	return nil
}

// unopened counts the channel's requests that nobody has opened, and says when
// the first of them came.
func unopened(app core.App, channel string) (n int, since time.Time, err error) {
	var first sql.NullString
	err = app.DB().Select("count(*)", "min(r.arrived)").From(requests+" r").
		InnerJoin(keys+" k", dbx.NewExp("[[k.id]] = [[r.key]]")).
		Where(dbx.HashExp{"k.channel": channel, "r.state": "new"}).Row(&n, &first)
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("count what nobody has opened: %w", err)
	}
	if n == 0 {
		return 0, time.Time{}, nil
	}
	if since, err = time.Parse(stored, first.String); err != nil {
		return 0, time.Time{}, fmt.Errorf("read when a request came: %w", err)
	}
	return n, since, nil
}

// stored is how the database writes a moment.
const stored = "2006-01-02 15:04:05.000Z"

func headOf(app core.App, channel *core.Record) (*person, error) {
	id := channel.GetString("head")
	if id == "" {
		return nil, nil
	}
	r, err := app.FindRecordById("staff", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a channel's head: %w", err)
	}
	return &person{r.Id, r.GetString("name")}, nil
}

// configuration is the body of POST channels/{name}; what is absent stays.
type configuration struct {
	Head        *string `json:"head"`
	Title       *string `json:"title"`
	AnswersDays *int    `json:"answersDays"`
	Hours       *string `json:"hours"`
	Away        *[]span `json:"away"`
	KeepDays    *int    `json:"keepDays"`
	Open        *bool   `json:"open"`
}

// span are days, both included, such as 2026-07-01.
type span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func (s span) valid() bool { return isDay(s.From) && isDay(s.To) && s.From <= s.To }

func isDay(s string) bool {
	t, err := time.Parse(time.DateOnly, s)
	return err == nil && t.Format(time.DateOnly) == s
}

// configure answers POST channels/{name} {head?, title?, answersDays?, hours?,
// away?, keepDays?, open?} with the channel. Administrators and the head do so;
// who is head only the former say.
func (f *feature) configure(e *core.RequestEvent) error {
	var in configuration
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	return f.change(e, func(tx core.App, d door) error {
		if !d.isAdmin() && (!d.isHead() || in.Head != nil) {
			return problem.NotFound()
		}
		if err := f.set(tx, d.channel, in); err != nil {
			return err
		}
		if err := tx.Save(d.channel); err != nil {
			return fmt.Errorf("save a channel: %w", err)
		}
		return audit.Write(tx, d.staff.Id, "configure channel", d.subject(), f.Now())
	})
}

// change does something at the channel of the path in one transaction, and
// answers with the channel.
func (f *feature) change(e *core.RequestEvent, do func(tx core.App, d door) error) error {
	var view channelView
	err := e.App.RunInTransaction(func(tx core.App) error {
		d, err := f.door(tx, e.Auth.Id, e.Request.PathValue("name"))
		if err != nil {
			return err
		}
		if err := do(tx, d); err != nil {
			return err
		}
		if d, err = f.door(tx, d.staff.Id, d.name()); err != nil {
			return err
		}
		view, err = f.view(tx, d)
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func (f *feature) set(tx core.App, channel *core.Record, in configuration) error {
	if err := in.check(tx, channel); err != nil {
		return err
	}
	for name, value := range map[string]any{
		"head": in.Head, "title": in.Title, "answersDays": in.AnswersDays, "hours": in.Hours,
		"away": in.Away, "keepDays": in.KeepDays, "open": in.Open,
	} {
		if v := dereferenced(value); v != nil {
			channel.Set(name, v)
		}
	}
	return nil
}

// dereferenced is what a pointer of a configuration points to, nil for none.
func dereferenced(value any) any {
	switch v := value.(type) {
	case *string:
		if v != nil {
			return *v
		}
	case *int:
		if v != nil {
			return *v
		}
	case *bool:
		if v != nil {
			return *v
		}
	case *[]span:
		if v != nil {
			return slices.Clone(*v)
		}
	}
	return nil
}

// check says what of the configuration can't be.
func (in configuration) check(tx core.App, channel *core.Record) error {
	f := fields{}
	f.wrong("answersDays", in.AnswersDays != nil && (*in.AnswersDays < 1 || *in.AnswersDays > 30))
	f.wrong("keepDays", in.KeepDays != nil && (*in.KeepDays < 1 || *in.KeepDays > 3650))
	f.wrong("hours", in.Hours != nil && len([]rune(*in.Hours)) > 200)
	f.wrong("title", in.Title != nil && len([]rune(*in.Title)) > 120)
	f.wrong("away", in.Away != nil && (len(*in.Away) > 20 || slices.ContainsFunc(*in.Away, func(s span) bool { return !s.valid() })))
	if in.Head != nil {
		_, err := tx.FindRecordById("staff", *in.Head)
		f.wrong("head", err != nil)
	}
	if in.Open != nil && *in.Open {
		key, err := currentKey(tx, channel.Id)
		if err != nil {
			return err
		}
		f.wrong("open", key == nil)
	}
	return f.err()
}

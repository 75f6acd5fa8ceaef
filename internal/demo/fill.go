// Package demo fills an empty data folder with an invented municipality, so
// that the whole of Följe can be tried at once.
package demo

import (
	"crypto/rand"
	"fmt"
	"time"

	"folje/internal/access"
	"folje/internal/activity"
	"folje/internal/database"
	"folje/internal/glossary"
	"folje/internal/guide"
	"folje/internal/letter"
	"folje/internal/locale"
	"folje/internal/meeting"
	"folje/internal/pack"
	"folje/internal/phrase"
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/theme"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// inviteDays is how long the demo's invitations live.
const inviteDays = 180

// filler puts one pack into one app, in one transaction.
type filler struct {
	app    core.App
	pack   *pack.Pack
	keys   *access.Keys
	origin string
	today  time.Time

	units  map[string]*core.Record // by key
	groups map[string]*core.Record // by unit's key/group's key
	staff  map[string]*core.Record // by e-mail

	entries map[string]*core.Record // of the guide, by key
	year    pack.Year               // as it is today
	out     Demo
}

// Fill puts the pack into the app, which has no units yet, as if it had been
// used until today (in the municipality's own zone), and says how to get in. The
// messages say how days are written.
func Fill(app core.App, p *pack.Pack, messages *locale.Bundle, origin string, today time.Time) (*Demo, error) {
	keys, err := access.OpenKeys(app)
	if err != nil {
		return nil, err
	}
	f := &filler{pack: p.On(today, days(messages)), keys: keys, origin: origin, today: today,
		units: map[string]*core.Record{}, groups: map[string]*core.Record{}, staff: map[string]*core.Record{}, entries: map[string]*core.Record{},
		year: p.YearOn(today)}
	f.out.URL = origin
	bind(app, today)
	err = app.RunInTransaction(func(tx core.App) error {
		f.app = tx
		for _, step := range []func() error{f.municipality, f.allUnits, f.allStaff, f.invites, f.stock, f.texts, f.guide, f.themes, f.activities, f.bank, f.wishes} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("fill the demo: %w", err)
	}
	return &f.out, nil
}

// bind has every way of storing do what it does in the app; the features are
// bound whole later.
func bind(app core.App, today time.Time) {
	meeting.Bind(app)
	glossary.Bind(app)
	guide.Bind(app)
	theme.Bind(app)
	activity.Bind(app, func() time.Time { return today })
	phrase.Bind(app)
}

func days(messages *locale.Bundle) pack.Say {
	return func(tag string, day time.Time) string { return messages.Date(tag, day, locale.WeekdayDay, day) }
}

func (f *filler) save(collection string, values map[string]any) (*core.Record, error) {
	r, err := database.NewRecord(f.app, collection)
	if err != nil {
		return nil, err
	}
	r.Load(values)
	if err := f.app.Save(r); err != nil {
		return nil, fmt.Errorf("save %s: %w", collection, err)
	}
	return r, nil
}

func (f *filler) municipality() error {
	r, err := f.app.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		return err
	}
	// The short web address stays empty: posters print where the demo is.
	r.Set("value", map[string]string{"name": f.pack.Municipality.Name, "address": ""})
	return f.app.Save(r)
}

func (f *filler) allUnits() error {
	for _, u := range f.pack.Units {
		unit, err := f.save("units", map[string]any{"name": u.Name, "kind": u.Kind, "authority": u.Authority, "address": u.Address})
		if err != nil {
			return err
		}
		f.units[u.Key] = unit
		for _, g := range u.Groups {
			group, err := f.save("groups", map[string]any{"name": g.Name, "unit": unit.Id})
			if err != nil {
				return err
			}
			if err := sync.Touch(f.app, group.Id, sync.Records, sync.Item("groups", group.Id)); err != nil {
				return err // the feeds' own hook is bound later
			}
			f.groups[u.Key+"/"+g.Key] = group
		}
	}
	return nil
}

func (f *filler) allStaff() error {
	for _, s := range f.pack.Staff {
		password := rand.Text()[:16]
		units := make([]string, len(s.Units))
		for i, key := range s.Units {
			units[i] = f.units[key].Id
		}
		r, err := f.save("staff", map[string]any{"name": s.Name, "email": s.Email, "password": password,
			"verified": true, "roles": s.Roles, "units": units, "locales": s.Locales})
		if err != nil {
			return err
		}
		f.staff[s.Email] = r
		f.out.Staff = append(f.out.Staff, Staff{s.Email, password, s.Roles})
	}
	return nil
}

func (f *filler) invites() error {
	for _, u := range f.pack.Units {
		for _, g := range u.Groups {
			group := f.groups[u.Key+"/"+g.Key]
			invite, err := access.MakeInvite(f.app, f.keys, group.Id, "", inviteDays, f.today)
			if err != nil {
				return err
			}
			code, err := invite.Code(f.keys)
			if err != nil {
				return err
			}
			f.out.Invitations = append(f.out.Invitations, Invitation{g.Name, code.String(), f.origin + "/join#" + code.String()})
		}
	}
	return nil
}

// stock lays in every sentence with its translations, before what uses it.
func (f *filler) stock() error {
	var texts []translation.Given
	for _, t := range f.pack.Translations() {
		texts = append(texts, translation.Given{Segment: text.SegmentID(pack.Source, t.Source), Locale: t.Locale, Text: t.Text, Status: t.Status})
	}
	return translation.Stock(f.app, f.pack.Sources(), texts)
}

// texts puts in meetings with their letters, and the school words.
func (f *filler) texts() error {
	for _, e := range f.pack.Entries {
		if err := f.entry(e); err != nil {
			return fmt.Errorf("%s: %w", e.File, err)
		}
	}
	for _, w := range f.pack.Words {
		if err := f.word(w); err != nil {
			return fmt.Errorf("school word %q: %w", w.Term, err)
		}
	}
	return nil
}

func (f *filler) word(w pack.Word) error {
	_, err := f.save("glossary", map[string]any{
		"term": w.Term, "explanation": w.Explanation, "forms": glossary.Forms(w.Term, w.Forms),
	})
	return err
}

func (f *filler) entry(e pack.Entry) error {
	meeting, err := f.meeting(e)
	if err != nil || e.Letter == nil {
		return err
	}
	draft, err := database.NewRecord(f.app, "letters")
	if err != nil {
		return err
	}
	l := letter.Letter{Record: draft}
	l.Load(map[string]any{
		"meeting": meeting.Id, "unit": meeting.Unit(), "groups": meeting.Groups(), "author": f.staff[e.Author].Id,
		"title": pack.Join(e.Letter.Title), "question": pack.Join(e.Meeting.Question),
	})
	if err := f.write(l, e.Letter.Blocks); err != nil || e.Letter.Published == nil {
		return err
	}
	at, err := e.Meeting.Later(f.today, *e.Letter.Published)
	if err != nil {
		return err
	}
	if l, err = letter.Publish(f.app, l.Id, f.staff[e.Author].Id, l.Base(), at); err != nil {
		return err
	}
	return f.correct(e, l, f.staff[e.Author].Id)
}

func (f *filler) correct(e pack.Entry, l letter.Letter, author string) error {
	c := e.Letter.Correction
	if c == nil {
		return nil
	}
	if err := f.write(l, c.Blocks); err != nil {
		return err
	}
	at, err := e.Meeting.Later(f.today, c.Moment)
	if err != nil {
		return err
	}
	_, err = letter.Publish(f.app, l.Id, author, l.Base(), at)
	return err
}

// write saves the draft with these blocks.
func (f *filler) write(l letter.Letter, blocks []pack.Block) error {
	l.Set("blocks", pack.TextBlocks(blocks))
	return letter.Save(f.app, l)
}

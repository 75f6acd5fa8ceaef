// Package archive fills an app with what groups have been sent over the years,
// for tests of size and speed: letters and meetings in invented Swedish, their
// translations in invented Arabic (and whatever else is asked for), published
// the way staff publish them.
package archive

import (
	"fmt"
	"time"

	"folje/internal/letter"
	"folje/internal/meeting"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// A school year of one group.
const (
	LettersAYear  = 40
	MeetingsAYear = 12
	LetterBytes   = 2000 // of source text
)

// Filler publishes into one app, whose features are registered.
type Filler struct {
	App     core.App
	Writer  *Writer
	Locales []string // to translate into
	unit    *core.Record
	author  *core.Record
}

// Group makes a group; all are of one unit.
func (f *Filler) Group(name string) (id string, err error) {
	if f.unit == nil {
		if f.unit, err = f.save("units", map[string]any{"name": "Backen", "kind": "preschool"}); err != nil {
			return "", err
		}
		f.author, err = f.save("staff", map[string]any{"name": "Maja", "email": "maja@example.org",
			"password": "ett långt lösenord", "verified": true, "roles": []string{"editor"}, "units": []string{f.unit.Id}})
		if err != nil {
			return "", err
		}
	}
	g, err := f.save("groups", map[string]any{"name": name, "unit": f.unit.Id})
	if err != nil {
		return "", err
	}
	return g.Id, nil
}

// Years publishes so many years of letters and meetings to the group, evenly
// until now. It is one transaction.
func (f *Filler) Years(group string, years int, now time.Time) error {
	return f.inTransaction(func(f *Filler) error {
		const day = 24 * time.Hour
		for i := range years * MeetingsAYear {
			if err := f.Meeting(group, now.Add(14*day-365*day/MeetingsAYear*time.Duration(i))); err != nil {
				return err
			}
		}
		for i := range years * LettersAYear {
			if err := f.Letter(group, now.Add(-365*day/LettersAYear*time.Duration(i)-time.Hour)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (f *Filler) inTransaction(do func(*Filler) error) error {
	return f.App.RunInTransaction(func(tx core.App) error {
		inside := *f
		inside.App = tx
		return do(&inside)
	})
}

// Letter publishes one letter to the group.
func (f *Filler) Letter(group string, at time.Time) error {
	c, err := f.App.FindCachedCollectionByNameOrId("letters")
	if err != nil {
		return err
	}
	l := letter.Letter{Record: core.NewRecord(c)}
	l.Load(map[string]any{"unit": f.unit.Id, "groups": []string{group}, "author": f.author.Id,
		"title": f.Writer.Line(), "question": f.Writer.Line(), "blocks": f.blocks()})
	if err := letter.Save(f.App, l); err != nil {
		return err
	}
	content, err := l.Content()
	if err != nil {
		return err
	}
	if err := f.translate(content); err != nil {
		return err
	}
	_, err = letter.Publish(f.App, l.Id, f.author.Id, l.Base(), at)
	return err
}

func (f *Filler) blocks() (blocks []text.Block) {
	for i, kind := range []text.Kind{text.Paragraph, text.Heading, text.Paragraph, text.Item, text.Item, text.Paragraph} {
		b := text.Block{ID: fmt.Sprint("b", i+1), Kind: kind}
		if kind == text.Paragraph {
			b.Text = f.Writer.Text((LetterBytes - 400) / 3)
		} else {
			b.Text = f.Writer.Line()
		}
		blocks = append(blocks, b)
	}
	return blocks
}

func (f *Filler) translate(content []text.Block) error {
	for _, b := range content {
		for _, s := range b.Segments {
			for _, locale := range f.Locales {
				if err := translation.Put(f.App, s.ID, locale, f.Writer.Translation(locale, s.Text), translation.Reviewed); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Meeting publishes an invitation to the group, a month before the meeting.
func (f *Filler) Meeting(group string, starts time.Time) error {
	r, err := f.save("meetings", map[string]any{
		"kind": "qpm", "unit": f.unit.Id, "groups": []string{group}, "author": f.author.Id,
		"starts": starts.UTC(), "ends": starts.Add(90 * time.Minute).UTC(), "answerBy": starts.Add(-48 * time.Hour).UTC(),
		"place": "Stora rummet, Förskolan Backen", "contact": "070-000 00 00", "childcare": true,
		"question": f.Writer.Line(), "information": f.Writer.Text(200),
	})
	if err != nil {
		return err
	}
	m := meeting.Meeting{Record: r}
	if _, err = meeting.Publish(f.App, m.Id, f.author.Id, m.Base(), starts.AddDate(0, -1, 0)); err != nil {
		return err
	}
	return f.translate(m.Content())
}

func (f *Filler) save(collection string, values map[string]any) (*core.Record, error) {
	c, err := f.App.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	r.Load(values)
	if err := f.App.Save(r); err != nil {
		return nil, fmt.Errorf("save %s: %w", collection, err)
	}
	return r, nil
}

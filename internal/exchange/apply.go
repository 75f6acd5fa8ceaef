package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"folje/internal/activity"
	"folje/internal/database"
	"folje/internal/guide"
	"folje/internal/pack"
	"folje/internal/phrase"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Result says what an import did. Reviewed of the Texts were reviewed elsewhere;
// Unreachable are entries that nobody can reach yet, Homeless activities that were
// left out: of a kind of unit that isn't here, or that were over.
type Result struct {
	Texts, Reviewed       int
	Unreachable, Homeless []string
}

// Apply carries the plan out, in one transaction. Activities arrive hidden: their
// times are not those of here.
func (plan *Plan) Apply(app core.App, now time.Time) (Result, error) {
	bind(app, now)
	w := &writer{plan: plan, now: now}
	err := app.RunInTransaction(func(tx core.App) error {
		w.app, w.result = tx, Result{}
		for _, step := range []func() error{w.guide, w.worries, w.themes, w.activities, w.bank, w.words, w.remember, w.texts} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Result{}, fmt.Errorf("take the pack over: %w", err)
	}
	return w.result, nil
}

type writer struct {
	app    core.App
	plan   *Plan
	now    time.Time
	result Result
}

// writes reports whether the piece is written, and whether it is new.
func (w *writer) writes(kind, key string) (writes, isNew bool) {
	for _, c := range w.plan.Changes {
		if c.Kind == kind && c.Key == key {
			return c.What == New || c.What == Changed, c.What == New
		}
	}
	return false, false
}

// save stores the piece, as a new record or over the one there is. Own are values
// that only a new record gets.
func (w *writer) save(kind, key, collection string, values, own map[string]any) error {
	writes, isNew := w.writes(kind, key)
	if !writes {
		return nil
	}
	r := w.plan.locals.records[item{kind, key}]
	if isNew {
		var err error
		if r, err = database.NewRecord(w.app, collection); err != nil {
			return err
		}
		r.Load(own)
		w.plan.locals.keep(kind, key, r)
	}
	r.Load(values)
	if r.Collection().Fields.GetByName("base") != nil {
		r.Set("base", r.GetInt("base")+1)
	}
	if err := w.app.Save(r); err != nil {
		return fmt.Errorf("save %s %q: %w", kind, key, err)
	}
	return nil
}

func (w *writer) guide() error {
	for _, e := range w.plan.pack.Guide {
		name := e.Name
		if ours := w.plan.names[e.Key]; ours != "" {
			name = ours
		}
		err := w.save(kindGuide, e.Key, "guide_entries", map[string]any{
			"title": e.Title, "also": e.Also, "type": e.Type, "audience": e.Audience, "ageFrom": e.AgeFrom, "ageTo": e.AgeTo,
			"parts": parts(e), "staff": e.Staff, "related": e.Related, "chain": e.Chain,
			"sensitive": e.Sensitive, "urgent": e.Urgent, "ask": e.Ask,
		}, map[string]any{"key": e.Key, "name": text.Fold(name), "contacts": e.Contacts, "order": e.Order})
		if err != nil {
			return err
		}
		if _, isNew := w.writes(kindGuide, e.Key); isNew && e.Type == guide.Service && e.Open() && len(e.Contacts) == 0 {
			w.result.Unreachable = append(w.result.Unreachable, e.Key)
		}
	}
	return nil
}

func parts(e pack.GuideEntry) []guide.Part {
	parts := make([]guide.Part, len(e.Parts))
	for i, p := range e.Parts {
		parts[i] = guide.Part{ID: "p" + strconv.Itoa(i+1), Part: p.Part, Kind: string(p.Kind), Text: pack.Join(p.Sentences)}
	}
	return parts
}

func (w *writer) worries() error {
	for _, x := range w.plan.pack.Worries {
		var helps []string
		for _, key := range x.Guide {
			if r := w.plan.locals.records[item{kindGuide, key}]; r != nil {
				helps = append(helps, r.Id)
			}
		}
		err := w.save(kindWorry, x.Key, "worries", map[string]any{"title": x.Title, "synonyms": x.Synonyms, "guide": helps},
			map[string]any{"key": x.Key, "order": x.Order})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) themes() error {
	for _, t := range w.plan.pack.Themes {
		err := w.save(kindTheme, t.Key, "themes", map[string]any{"title": t.Title, "also": t.Also,
			"information": strings.Join(t.Information, "\n"), "discussion": strings.Join(t.Discussion, "\n"), "think": strings.Join(t.Think, "\n"),
		}, map[string]any{"key": t.Key, "order": t.Order})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) activities() error {
	for i, a := range w.plan.pack.Activities {
		key := keyOf(w.plan.pack.Activities, i)
		unit, err := w.app.FindAllRecords("units", dbx.HashExp{"kind": a.Kind})
		if err != nil {
			return fmt.Errorf("find a unit for an activity: %w", err)
		}
		if len(unit) == 0 {
			w.result.Homeless = append(w.result.Homeless, key)
			continue
		}
		day := firstDay(a, w.now)
		if day == "" {
			w.result.Homeless = append(w.result.Homeless, key)
			continue
		}
		err = w.save(kindActivity, key, "activities", map[string]any{"title": a.Title, "information": strings.Join(a.Information, "\n"),
			"ageFrom": a.AgeFrom, "ageTo": a.AgeTo,
		}, map[string]any{"unit": unit[0].Id, "starts": day + "T" + string(a.Start), "ends": day + "T" + string(a.End), "rrule": a.Rule, "hidden": true})
		if err != nil {
			return err
		}
	}
	return nil
}

// firstDay is a day on which the activity's rule begins, in weeks from the begin of
// the school year; "" where it gives none.
func firstDay(a pack.Activity, now time.Time) string {
	for week := range 10 {
		first := a.First(now).AddDate(0, 0, 7*week)
		day := first.Format(time.DateOnly)
		s := activity.Schedule{Starts: day + "T" + string(a.Start), Ends: day + "T" + string(a.End), Rule: a.Rule}
		if _, err := s.Times(first, first); err == nil {
			return day
		}
	}
	return ""
}

func (w *writer) bank() error {
	for kind, all := range map[string][]pack.Phrase{kindQuestion: w.plan.pack.Questions, kindPhrase: w.plan.pack.Phrases} {
		of := phrase.Sentence
		if kind == kindQuestion {
			of = phrase.Question
		}
		for i, p := range all {
			err := w.save(kind, p.Text, "phrases", map[string]any{"topic": p.Topic, "ageFrom": p.AgeFrom, "ageTo": p.AgeTo},
				map[string]any{"kind": of, "text": p.Text, "from": "bank", "order": i + 1})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) words() error {
	for _, x := range w.plan.pack.Words {
		err := w.save(kindWord, x.Term, "glossary", map[string]any{"explanation": x.Explanation, "forms": x.Forms}, map[string]any{"term": x.Term})
		if err != nil {
			return err
		}
	}
	return nil
}

// remember keeps what the pack brought now, and what the municipality doesn't
// have. What is edited here, or gone, keeps what was brought last.
func (w *writer) remember() error {
	for _, c := range w.plan.Changes {
		if !slices.Contains([]What{New, Changed, Same, Declined}, c.What) || slices.Contains(w.result.Homeless, c.Key) {
			continue
		}
		found, err := w.app.FindAllRecords(packItems, dbx.HashExp{"kind": c.Kind, "key": c.Key})
		if err != nil {
			return fmt.Errorf("find what a pack brought: %w", err)
		}
		var r *core.Record
		if len(found) > 0 {
			r = found[0]
		} else if r, err = database.NewRecord(w.app, packItems); err != nil {
			return err
		}
		hash := w.plan.hashes[item{c.Kind, c.Key}]
		if len(found) > 0 && r.GetString("hash") == hash && r.GetString("pack") == w.plan.pack.Name {
			continue
		}
		r.Load(map[string]any{"kind": c.Kind, "key": c.Key, "pack": w.plan.pack.Name, "hash": hash})
		if err := w.app.Save(r); err != nil {
			return fmt.Errorf("remember what the pack brought: %w", err)
		}
	}
	return nil
}

// texts brings the translations of every sentence that is here.
func (w *writer) texts() error {
	var here []string
	if err := w.app.DB().Select("id").From("segments").Column(&here); err != nil {
		return fmt.Errorf("list segments: %w", err)
	}
	known := make(map[string]bool, len(here))
	for _, id := range here {
		known[id] = true
	}
	for _, t := range w.plan.pack.Translations() {
		id := text.SegmentID(pack.Source, t.Source)
		if !known[id] {
			continue
		}
		g := translation.Given{Segment: id, Locale: t.Locale, Text: t.Text, Elsewhere: t.ReviewedBy}
		brought, err := translation.Bring(w.app, g)
		if err != nil {
			return err
		}
		if brought {
			w.result.Texts++
			if g.Elsewhere != "" {
				w.result.Reviewed++
			}
		}
	}
	return nil
}

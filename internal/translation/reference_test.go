package translation_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"folje/internal/apptest"
	"folje/internal/letter"
	"folje/internal/problem"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
	"pgregory.net/rapid"
)

// Whatever translators, editors and engines do, in whatever order, the desk's
// states and the queue's counts are those of the reference.
func TestStatesAgreeWithASlowReference(t *testing.T) {
	p := newPreschool(t)
	moved := map[string]int{}
	for range 2 { // a check draws a hundred histories
		rapid.Check(t, func(t *rapid.T) {
			err := p.app.RunInTransaction(func(tx core.App) error {
				newPast(t, p, tx, moved).run()
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		})
	}
	for _, state := range []string{translation.Missing, translation.Machine, translation.Draft, translation.Reused, translation.Reviewed} {
		if moved[state] < 100 {
			t.Errorf("only %d places were ever %s: the histories don't say much", moved[state], state)
		}
	}
}

// errUndo leaves nothing of a history behind.
var errUndo = errors.New("undo the history")

// past is one drawn history: what happens is done to the app and to the model.
type past struct {
	*rapid.T
	*model
	p      *preschool
	tx     core.App
	people map[string]*core.Record   // by name
	groups map[string][]*core.Record // by unit
	queue  func(core.App, *core.Record) ([]translation.Task, error)
	seen   map[string]int // states that were compared
}

var (
	target    = []string{"en", "ar"}
	sentences = []string{"Barnen sover gott.", "Vi sjunger varje dag.", "Kom gärna med.", "Ta med regnkläder."}
	wordings  = []string{"Alfa.", "Beta.", ""}
)

func newPast(t *rapid.T, p *preschool, tx core.App, seen map[string]int) *past {
	h := &past{T: t, p: p, tx: tx, model: &model{texts: map[textKey]*wordingOf{}}, queue: translation.NewQueue(p.cfg), seen: seen,
		people: map[string]*core.Record{"tara": p.tara, "sofi": p.sofi, "bo": p.elsewhere, "admin": p.admin}}
	away := p.elsewhere.GetStringSlice("units")[0]
	group := apptest.MustRecord(p, tx, "groups", map[string]any{"name": "Ängen", "unit": away})
	h.groups = map[string][]*core.Record{p.unit.Id: {p.blue, p.pine}, away: {group}}
	h.review(false)
	for i, unit := range []string{p.unit.Id, p.unit.Id, away} {
		groups := h.groups[unit]
		l := h.letter("")
		l.Load(map[string]any{"unit": unit, "groups": []string{groups[i%len(groups)].Id}, "author": p.anna.Id})
		s := &sheet{unit: unit, confirmed: map[textKey]string{}}
		h.letters = append(h.letters, s)
		h.write(l, s)
	}
	return h
}

func (h *past) run() {
	steps := []func(){h.types, h.finishes, h.finishes, h.confirms, h.confirms, h.engine, h.rewrites, h.publishes, h.withdraws, h.reviews}
	for range rapid.IntRange(3, 14).Draw(h.T, "steps") {
		steps[rapid.IntRange(0, len(steps)-1).Draw(h.T, "step")]()
		if rapid.IntRange(0, 3).Draw(h.T, "look at the queue") == 0 {
			h.compareQueue() // it remembers what it counted
		}
	}
	h.compareStates()
	h.compareQueue()
}

func (h *past) must(err error) {
	if err != nil {
		h.Fatalf("%v", err)
	}
}

func (h *past) letter(id string) letter.Letter {
	if id == "" {
		c, err := h.tx.FindCollectionByNameOrId("letters")
		h.must(err)
		return letter.Letter{Record: core.NewRecord(c)}
	}
	l, err := letter.Find(h.tx, id)
	h.must(err)
	return l
}

// write saves the letter with sentences that are drawn: title, question, body.
func (h *past) write(l letter.Letter, s *sheet) {
	said := rapid.SliceOfN(rapid.SampledFrom(sentences), 3, 6).Draw(h.T, "sentences")
	l.Load(map[string]any{"title": said[0], "question": said[1], "blocks": blocks(said[2:])})
	h.must(letter.Save(h.tx, l))
	s.id = l.Id
	s.change(said)
}

// sheet draws a letter that wasn't withdrawn, nil where all were.
func (h *past) sheet() *sheet {
	live := slices.DeleteFunc(slices.Clone(h.letters), func(s *sheet) bool { return s.ended })
	if len(live) == 0 {
		return nil
	}
	return rapid.SampledFrom(live).Draw(h.T, "letter")
}

// at draws who works at which place in which locale, and does it.
func (h *past) at(do func(s spot, place translation.Place, locale, who string)) {
	sheet := h.sheet()
	if sheet == nil {
		return
	}
	s := spot{sheet, rapid.IntRange(0, len(sheet.draft)-1).Draw(h.T, "place")}
	who := rapid.SampledFrom([]string{"tara", "sofi"}).Draw(h.T, "who")
	do(s, h.places(sheet)[s.index], rapid.SampledFrom(target).Draw(h.T, "locale"), who)
}

func (h *past) places(s *sheet) []translation.Place {
	content, err := h.letter(s.id).Content()
	h.must(err)
	places := translation.Places(content)
	if len(places) != len(s.draft) {
		h.Fatalf("%d places of %q", len(places), s.draft)
	}
	return places
}

func (h *past) edit(s spot, place translation.Place, locale, who string) translation.Edit {
	views, err := translation.Views(h.tx, s.id, locale, []translation.Place{place})
	h.must(err)
	return translation.Edit{Collection: "letters", Record: s.id, Author: h.people[who].Id, Place: place, Locale: locale,
		Base: views[0].Version, At: h.p.now}
}

func (h *past) types() {
	h.at(func(s spot, place translation.Place, locale, who string) {
		e := h.edit(s, place, locale, who)
		e.Unfinished, e.Text = true, rapid.SampledFrom(wordings).Draw(h.T, "text")
		e.Only = rapid.Bool().Draw(h.T, "for this place only")
		h.must(translation.Save(h.tx, e))
		h.typing(s, locale, who, e.Text, e.Only)
	})
}

func (h *past) finishes() {
	h.at(func(s spot, place translation.Place, locale, who string) {
		e := h.edit(s, place, locale, who)
		e.Text = rapid.SampledFrom(wordings).Draw(h.T, "text")
		e.Only = rapid.IntRange(0, 3).Draw(h.T, "for this place only") == 0
		h.must(translation.Save(h.tx, e))
		h.finish(s, locale, who, e.Text, e.Only)
	})
}

func (h *past) confirms() {
	h.at(func(s spot, place translation.Place, locale, who string) {
		done, err := translation.ConfirmPlace(h.tx, h.edit(s, place, locale, who))
		var refused *problem.Problem
		if err != nil && !(errors.As(err, &refused) && refused.Status == http.StatusForbidden) {
			h.Fatalf("confirm: %v", err)
		}
		if want := h.confirm(s, locale, who); want != done {
			h.Fatalf("confirming %q in %s was done: %t, the reference: %t", s.sentence(), locale, done, want)
		}
	})
}

func (h *past) engine() {
	h.at(func(s spot, place translation.Place, locale, _ string) {
		const wrote = "Beta."
		done, err := translation.PutMachine(h.tx, place.Segment, locale, wrote, "engine", h.p.now)
		h.must(err)
		if want := h.machine(s, locale, wrote); want != done {
			h.Fatalf("an engine's text for %q in %s was stored: %t, the reference: %t", s.sentence(), locale, done, want)
		}
	})
}

func (h *past) rewrites() {
	if s := h.sheet(); s != nil {
		h.write(h.letter(s.id), s)
	}
}

func (h *past) publishes() {
	s := h.sheet()
	if s == nil {
		return
	}
	l := h.letter(s.id)
	_, err := letter.Publish(h.tx, l.Id, h.p.anna.Id, l.Base(), h.p.now)
	h.must(err)
	s.publish()
}

func (h *past) withdraws() {
	s := h.sheet()
	if s == nil || !s.isPublished {
		return
	}
	_, err := letter.Withdraw(h.tx, s.id, h.p.anna.Id, h.p.now)
	h.must(err)
	s.ended = true
}

func (h *past) reviews() { h.review(!h.second) }

func (h *past) review(second bool) {
	r, err := h.tx.FindFirstRecordByData("settings", "name", "translation")
	h.must(err)
	r.Set("value", map[string]any{"secondReview": second})
	h.must(h.tx.Save(r))
	h.second = second
}

// compareStates asks for every place of every letter, and what is counted.
func (h *past) compareStates() {
	for _, s := range h.letters {
		if s.ended {
			continue
		}
		places := h.places(s)
		for _, locale := range target {
			views, err := translation.Views(h.tx, s.id, locale, places)
			h.must(err)
			for i, v := range views {
				want := h.state(spot{s, i}, locale)
				h.seen[want]++
				if v.State != want {
					h.Fatalf("%s %q of %q is %s, the reference says %s", locale, s.draft[i], s.draft, v.State, want)
				}
				if w, _ := h.reads(spot{s, i}, locale); (w != nil) != (v.Text != nil) || w != nil && w.text != *v.Text {
					h.Fatalf("%s %q of %q has the text %v, the reference %v", locale, s.draft[i], s.draft, v.Text, w)
				}
			}
			n, err := translation.Ready(h.tx, s.id, locale, places)
			h.must(err)
			if got := counted(n.Missing, n.Machine, n.Draft, n.Reused, n.Reviewed); !maps.Equal(got, h.counts(s, locale)) {
				h.Fatalf("%s of %q: counted %v, the reference %v", locale, s.draft, got, h.counts(s, locale))
			}
		}
	}
}

func counted(missing, machine, draft, reused, reviewed int) map[string]int {
	n := map[string]int{translation.Missing: missing, translation.Machine: machine, translation.Draft: draft,
		translation.Reused: reused, translation.Reviewed: reviewed}
	maps.DeleteFunc(n, func(_ string, n int) bool { return n == 0 })
	return n
}

// compareQueue opens the queue as translators of one unit and the other, and as
// the administrator: what is open there is what the reference has work in.
func (h *past) compareQueue() {
	for _, name := range []string{"tara", "bo", "admin"} {
		tasks, err := h.queue(h.tx, h.people[name])
		h.must(err)
		got := []string{}
		for _, task := range tasks {
			if slices.Contains(target, task.Locale) && task.Open {
				got = append(got, fmt.Sprint(task.ID, task.Locale, counted(task.Missing, task.Machine, task.Draft, task.Reused, task.Reviewed)))
			}
		}
		want := h.work(h.people[name])
		slices.Sort(got)
		if !slices.Equal(got, want) {
			h.Fatalf("the queue of %s is\n%s\nthe reference's\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// work is what the reference has open for the person, sorted.
func (h *past) work(who *core.Record) []string {
	open := []string{}
	for _, s := range h.letters {
		hers := who == h.p.admin || slices.Contains(who.GetStringSlice("units"), s.unit)
		for _, locale := range target {
			n := h.counts(s, locale)
			if hers && !s.ended && n[translation.Reviewed] < len(s.draft) {
				open = append(open, fmt.Sprint(s.id, locale, n))
			}
		}
	}
	slices.Sort(open)
	return open
}

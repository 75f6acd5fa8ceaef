package translation_test

import (
	"errors"
	"testing"

	"folje/internal/apptest"
	"folje/internal/letter"
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
	steps := []func(){h.types, h.finishes, h.finishes, h.meanwhile, h.confirms, h.confirms, h.engine, h.rewrites, h.publishes, h.withdraws, h.reviews}
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

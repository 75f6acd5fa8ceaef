package translation

import (
	"runtime"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// waitingOfOne is how many requests for suggestions one person may have waiting:
// a tab each.
const waitingOfOne = 8

// lookingUp is for how many people sentences are looked up at the same time:
// one processor is left to parents.
func lookingUp() int { return max(1, runtime.GOMAXPROCS(0)-1) }

// suggest answers GET …/suggestions/{locale} for translators of the locale: for
// the sentences of the draft that nobody has translated yet, others that are
// like them, with their texts; and for all of them the school words in them.
// Sentences that she may not see elsewhere are never among them.
func (d *desk) suggest(e *core.RequestEvent, r item) error {
	if !access.HasRole(e.Auth, access.RoleTranslator) {
		return problem.NotFound()
	}
	info, err := d.known(e.Request.PathValue("locale"))
	if err != nil {
		return err
	}
	if !canTranslate(e.Auth, info.Tag) {
		return problem.Forbidden()
	}
	done, err := d.turns.take(e.Request.Context(), e.Auth.Id)
	if err != nil {
		return err
	}
	defer done()
	places, err := r.places(e.App, false)
	if err != nil {
		return err
	}
	views, err := viewsOf(e.App, r.Id, info.Tag, places)
	if err != nil {
		return err
	}
	terms, err := wordsIn(e.App, info.Tag)
	if err != nil {
		return err
	}
	answer := suggested{Suggestions: map[string][]Suggestion{}, Terms: map[string][]TermFound{}}
	for i, p := range places {
		if found := terms.of(p.Segment.Text); found != nil {
			answer.Terms[p.Segment.ID] = found
		}
		if _, known := answer.Suggestions[p.Segment.ID]; known || views[i].State == Reused || views[i].State == Reviewed {
			continue
		}
		found, err := d.memory.similar(e.App, e.Auth, info.Tag, p.Segment)
		if err != nil {
			return err
		}
		if found != nil {
			answer.Suggestions[p.Segment.ID] = found
		}
	}
	return e.JSON(200, answer)
}

// suggested is what the desk offers for a record's sentences, by segment; those
// without any are left out.
type suggested struct {
	Suggestions map[string][]Suggestion `json:"suggestions"`
	Terms       map[string][]TermFound  `json:"terms"`
}

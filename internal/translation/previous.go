package translation

import (
	"fmt"

	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// spot is a segment between its neighbours.
type spot struct{ segment, context string }

// before is what a record's draft consisted of until now: each of its spots
// with what had stood there.
type before map[spot]string

func draftedBefore(uses []use) before {
	b := before{}
	for _, u := range uses {
		if u.Drafted {
			b[spot{u.Segment, u.Context}] = u.Previous
		}
	}
	return b
}

// previous gives, for the spots of the new draft that weren't in the old one,
// the segment that stood there: that of the same sentence, where only its
// neighbours changed, and otherwise the sentence it replaced. What no person
// has translated is passed over for what it had replaced itself, so that what was
// only typed on the way is forgotten.
func previous(app core.App, old before, now []Place) (map[spot]string, error) {
	had := map[string]string{} // what stood where a segment stands
	for s, earlier := range old {
		had[s.segment] = earlier
	}
	replaced := replacements(old, had, now)
	translated, err := translatedAmong(app, replaced)
	if err != nil {
		return nil, err
	}
	out := map[spot]string{}
	for _, p := range now {
		at := spot{p.Segment.ID, p.Context}
		earlier, stays := had[at.segment]
		if !stays {
			if earlier = replaced[at]; earlier != "" && !translated[earlier] {
				earlier = had[earlier]
			}
		}
		if earlier != "" && earlier != at.segment {
			out[at] = earlier
		}
	}
	return out, nil
}

// replacements pairs the new sentences between two that stay with the old ones
// that stood there, in their order. The old order isn't stored: it is found by
// the contexts, which are made of the neighbours.
func replacements(old before, had map[string]string, now []Place) map[spot]string {
	stays := map[string]bool{}
	for _, p := range now {
		stays[p.Segment.ID] = true
	}
	gone := map[string][]string{} // contexts of the segments that are gone
	for s := range old {
		if !stays[s.segment] {
			gone[s.segment] = append(gone[s.segment], s.context)
		}
	}
	out := map[spot]string{}
	if len(gone) == 0 || len(gone) > mostReplaced {
		return out
	}
	left, walking := "", true // the sentence before, in the old text; whether it is known
	for i, p := range now {
		if _, stayed := had[p.Segment.ID]; stayed {
			left, walking = p.Segment.ID, true
			continue
		}
		if !walking {
			continue
		}
		if left, walking = after(left, gone, now[i:]); walking {
			out[spot{p.Segment.ID, p.Context}] = left
		}
	}
	return out
}

// mostReplaced bounds how many sentences are looked for: who replaces more has
// written another text.
const mostReplaced = 40

// after finds the segment among those that are gone that stood after the one on
// the left: its context is made of that and of what came next, another one that
// is gone or one that stays.
func after(left string, gone map[string][]string, rest []Place) (string, bool) {
	next := []string{""}
	for id := range gone {
		next = append(next, id)
	}
	for _, p := range rest {
		next = append(next, p.Segment.ID)
	}
	for id, contexts := range gone {
		for _, n := range next {
			for _, context := range contexts {
				if text.Contexts([]string{left, id, n})[1] == context {
					return id, true
				}
			}
		}
	}
	return "", false
}

// translatedAmong says which of the segments somebody has translated.
func translatedAmong(app core.App, replaced map[spot]string) (map[string]bool, error) {
	var ids []string
	for _, id := range replaced {
		ids = append(ids, id)
	}
	out := map[string]bool{}
	for chunk := range chunks(ids, 400) {
		var found []string
		err := app.DB().Select("segment").Distinct(true).From("translations").
			Where(dbx.In("segment", chunk...)).
			AndWhere(dbx.HashExp{"given": true}).AndWhere(dbx.Not(dbx.HashExp{"status": Machine})).Column(&found)
		if err != nil {
			return nil, fmt.Errorf("list translated sentences: %w", err)
		}
		for _, id := range found {
			out[id] = true
		}
	}
	return out, nil
}

// previousIn gives what stood in the record's places before, with its text in
// the locale.
func previousIn(app core.App, record, locale string) (map[spot]*Previous, error) {
	var found []struct {
		Segment  string `db:"segment"`
		Context  string `db:"context"`
		Previous string `db:"previous"`
		Text     string `db:"text"`
	}
	err := app.DB().Select("u.segment", "u.context", "u.previous", "s.text").From("segment_uses u").
		InnerJoin("segments s", dbx.NewExp("[[s.id]] = [[u.previous]]")).
		Where(dbx.HashExp{"u.record": record}).AndWhere(dbx.NewExp("[[u.previous]] != ''")).All(&found)
	if err != nil || locale == sourceLocale {
		return nil, err
	}
	ids := make([]string, len(found))
	for i, f := range found {
		ids[i] = f.Previous
	}
	texts, err := rows(app, locale, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[spot]*Previous, len(found))
	for _, f := range found {
		p := &Previous{Source: f.Text}
		if r := best(texts, f.Previous, f.Context); r != nil && r.Given {
			p.Text = &r.Text
		}
		out[spot{f.Segment, f.Context}] = p
	}
	return out, nil
}

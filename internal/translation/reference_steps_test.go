package translation_test

import (
	"errors"
	"net/http"
	"slices"

	"folje/internal/letter"
	"folje/internal/problem"
	"folje/internal/translation"

	"pgregory.net/rapid"
)

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

// meanwhile has somebody save what she based on what she saw before something
// else was done with her text.
func (h *past) meanwhile() {
	h.at(func(s spot, place translation.Place, locale, who string) {
		e, saw := h.edit(s, place, locale, who), h.sees(s, locale)
		others := rapid.SliceOfN(rapid.SampledFrom([]string{"an engine", "a colleague types", "a colleague finishes"}), 0, 2).Draw(h.T, "meanwhile")
		for _, other := range others {
			h.interfere(s, place, locale, other)
		}
		e.Text, e.Unfinished = rapid.SampledFrom(wordings).Draw(h.T, "text"), rapid.Bool().Draw(h.T, "unfinished")
		lost := saw.loses(h.sees(s, locale))
		kept := saw == (sight{}) && h.sees(s, locale) != (sight{}) && e.Text == "" // she wrote nothing
		switch err := translation.Save(h.tx, e); {
		case errors.Is(err, translation.ErrConflict) != lost, err != nil && !lost:
			h.Fatalf("after %s her %q for %q in %s ended with %v; the reference: a conflict is %t", others, e.Text, s.sentence(), locale, err, lost)
		case lost, kept:
		case e.Unfinished:
			h.typing(s, locale, who, e.Text, false)
		default:
			h.finish(s, locale, who, e.Text, false)
		}
	})
}

// interfere does with the place's text what somebody else may, in a hurry.
func (h *past) interfere(s spot, place translation.Place, locale, other string) {
	if other == "an engine" {
		done, err := translation.PutMachine(h.tx, place.Segment, locale, "Beta.", "engine", h.p.now)
		h.must(err)
		if want := h.machine(s, locale, "Beta."); want != done {
			h.Fatalf("an engine's text was stored: %t, the reference: %t", done, want)
		}
		return
	}
	e := h.edit(s, place, locale, "sofi")
	e.Text, e.Unfinished = "Gamma.", other == "a colleague types"
	h.must(translation.Save(h.tx, e))
	if e.Unfinished {
		h.typing(s, locale, "sofi", e.Text, false)
	} else {
		h.finish(s, locale, "sofi", e.Text, false)
	}
}

package translation_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

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

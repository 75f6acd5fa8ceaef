package exchange

import (
	"slices"
	"strings"

	"folje/internal/pack"
	"folje/internal/text"
)

// adapt takes out of a pack what names one of the entries that aren't had: the
// entries, what points at them, and every sentence that names one; what is left
// of a text keeps its translations. It adds to missing what is out with them
// because its title names one. Left are the sentences that were left out.
func adapt(p *pack.Pack, missing map[string]bool) (left []string) {
	a := adapter{missing: missing}
	a.titles(p)
	p.Guide = slices.DeleteFunc(p.Guide, func(e pack.GuideEntry) bool { return missing[e.Key] })
	for i := range p.Guide {
		a.entry(&p.Guide[i])
	}
	p.Worries = slices.DeleteFunc(p.Worries, func(w pack.Worry) bool { return a.out(w.Title) })
	for i := range p.Worries {
		w := &p.Worries[i]
		if w.Guide = a.keys(w.Guide); a.names(w.Synonyms) {
			w.Synonyms = ""
		}
	}
	p.Worries = slices.DeleteFunc(p.Worries, func(w pack.Worry) bool { return len(w.Guide) == 0 && a.drop(w.Title) })
	p.Themes = slices.DeleteFunc(p.Themes, func(t pack.Theme) bool { return a.out(t.Title) })
	for i := range p.Themes {
		t := &p.Themes[i]
		t.Information, t.Discussion, t.Think = a.lines(t.Information), a.lines(t.Discussion), a.lines(t.Think)
	}
	p.Activities = slices.DeleteFunc(p.Activities, func(x pack.Activity) bool { return a.out(x.Title) })
	for i := range p.Activities {
		p.Activities[i].Information = a.lines(p.Activities[i].Information)
	}
	return a.left
}

type adapter struct {
	missing map[string]bool
	left    []string
}

// names reports whether the text names something that is missing.
func (a *adapter) names(s string) bool {
	return slices.ContainsFunc(pack.Named(s), func(key string) bool { return a.missing[key] })
}

// out reports whether the text names something that is missing, and notes that
// it is left out.
func (a *adapter) out(s string) bool { return a.names(s) && a.drop(s) }

func (a *adapter) drop(s string) bool {
	a.left = append(a.left, s)
	return true
}

// titles finds the entries whose title names a missing one, until there is none.
func (a *adapter) titles(p *pack.Pack) {
	for again := true; again; {
		again = false
		for _, e := range p.Guide {
			if !a.missing[e.Key] && a.out(e.Title) {
				a.missing[e.Key], again = true, true
			}
		}
	}
}

func (a *adapter) keys(keys []string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return a.missing[key] })
}

func (a *adapter) entry(e *pack.GuideEntry) {
	e.Related = a.keys(e.Related)
	parts := []pack.GuidePart{}
	for _, p := range e.Parts {
		p.Sentences = slices.DeleteFunc(slices.Clone(p.Sentences), a.out)
		for _, s := range together(p.Sentences) {
			parts = append(parts, pack.GuidePart{Part: p.Part, Kind: p.Kind, Sentences: s})
		}
	}
	e.Parts = parts
	e.Contacts = slices.DeleteFunc(slices.Clone(e.Contacts), func(r pack.Reach) bool { return a.names(r.Label) })
}

// lines leaves sentences out of lines, and lines of which nothing is left.
func (a *adapter) lines(all []string) []string {
	out := []string{}
	for _, line := range all {
		if a.names(line) {
			mark, rest := "", line
			if item, ok := strings.CutPrefix(line, "- "); ok {
				mark, rest = "- ", item
			}
			kept := slices.DeleteFunc(text.Break(rest), a.out)
			if len(kept) == 0 {
				continue
			}
			line = mark + pack.Join(kept)
		}
		out = append(out, line)
	}
	return out
}

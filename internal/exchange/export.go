package exchange

import (
	"slices"

	"folje/internal/pack"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// About says what an exported pack tells of itself.
type About struct{ Licence, Note string }

// Export gives the municipality's content as a pack: what isn't hidden, and
// whatever names nothing hidden. Left are the sentences that do, or that can't
// stand in a pack. It fails with [ErrNameless].
func Export(app core.App, about About) (p *pack.Pack, left []string, err error) {
	name, err := municipality(app)
	if err != nil {
		return nil, nil, err
	}
	if name == "" {
		return nil, nil, ErrNameless
	}
	here, err := read(app, false)
	if err != nil {
		return nil, nil, err
	}
	p = &here.pack
	p.Name, p.Licence, p.Note, p.Municipality.Name = name, about.Licence, about.Note, name
	left = adapt(p, unknown(p))
	for i := range p.Guide { // an answer of the one who takes it over
		p.Guide[i].Place = nil
	}
	return p, left, translations(app, p)
}

// unknown are the entries that texts and others point at and that aren't there.
func unknown(p *pack.Pack) map[string]bool {
	missing := map[string]bool{}
	note := func(keys []string) {
		for _, key := range keys {
			if p.GuideEntry(key) == nil {
				missing[key] = true
			}
		}
	}
	for _, e := range p.Guide {
		note(e.Related)
		for _, r := range e.Contacts {
			note(pack.Named(r.Label))
		}
	}
	for _, w := range p.Worries {
		note(w.Guide)
	}
	for _, b := range p.Blocks() {
		note(pack.Named(b.Text))
	}
	return missing
}

// translations gives the pack a locale for each language that has one of its
// sentences. What was reviewed here bears the municipality's name, and what was
// reviewed elsewhere the name it came with.
func translations(app core.App, p *pack.Pack) error {
	given, err := translation.AllGiven(app)
	if err != nil {
		return err
	}
	sources := map[string]string{}
	for _, s := range p.Sources() {
		sources[text.SegmentID(pack.Source, s)] = s
	}
	for _, g := range given {
		source, ok := sources[g.Segment]
		if !ok || !pack.Fits(source, g.Text) || text.Fold(g.Text) != g.Text {
			continue
		}
		at := slices.IndexFunc(p.Locales, func(l pack.Locale) bool { return l.Tag == g.Locale })
		if at < 0 {
			at = len(p.Locales)
			p.Locales = append(p.Locales, pack.Locale{Tag: g.Locale, Status: translation.Machine,
				Sentences: map[string]string{}, Reviewed: map[string]string{}})
		}
		p.Locales[at].Sentences[source] = g.Text
		switch {
		case g.Elsewhere != "":
			p.Locales[at].Reviewed[source] = g.Elsewhere
		case g.Status == translation.Reviewed:
			p.Locales[at].Reviewed[source] = p.Name + " (" + p.Licence + ")"
		}
	}
	return nil
}

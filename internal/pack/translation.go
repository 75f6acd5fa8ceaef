package pack

import (
	"maps"
	"slices"
)

// Locale is one file under translations/: what a translator hands in. Tag is its
// file's name. Sentences are the texts by their source; one that is not there is
// not translated yet. Status says how far all of them have come: machine, draft
// or reviewed. Reviewed says by sentence who has found its translation right,
// and under which licence it may be used, such as "Provby kommun (CC0-1.0)".
type Locale struct {
	File      string            `json:"-"`
	Tag       string            `json:"-"`
	Status    string            `json:"status"`
	Sentences map[string]string `json:"sentences"`
	Reviewed  map[string]string `json:"reviewed"`
}

// reviewedBy is who has found the translation of the sentence right, "" for
// nobody.
func (p *Pack) reviewedBy(l Locale, source string) string {
	if by := l.Reviewed[source]; by != "" || l.Status != "reviewed" {
		return by
	}
	return p.Name + " (" + p.Licence + ")"
}

// Translation is the text in Locale of the sentence Source, written out the same
// way, its status, and who reviewed it, "" for nobody.
type Translation struct {
	Locale, Source, Text, Status, ReviewedBy string
}

// Translations returns each translation of the pack once, in reading order and
// by locale within a sentence. Call it on what On returned: the day marks of p
// are not written out here.
func (p *Pack) Translations() []Translation {
	var out []Translation
	seen := map[string]bool{}
	for _, source := range p.Sources() {
		if seen[source] {
			continue
		}
		seen[source] = true
		for _, l := range p.Locales {
			if s, ok := l.Sentences[source]; ok {
				out = append(out, Translation{l.Tag, source, s, l.Status, p.reviewedBy(l, source)})
			}
		}
	}
	return out
}

// Sources are all sentences of the pack in reading order.
func (p *Pack) Sources() (all []string) {
	for _, e := range p.Entries {
		for _, l := range e.sentences() {
			all = append(all, l.sentences...)
		}
	}
	for _, w := range p.Words {
		all = append(all, w.Term, w.Explanation)
	}
	blocks := p.Blocks()
	for i := range p.SupportGroups {
		blocks = append(blocks, p.SupportGroups[i].Texts()...)
	}
	for _, b := range blocks {
		for _, s := range b.Segments {
			all = append(all, s.Text)
		}
	}
	return all
}

// sorted returns the sentences that l translates.
func (l Locale) sorted() []string { return sortedKeys(l.Sentences) }

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// Fits reports whether a text may stand for the source in a pack: it names the
// same services.
func Fits(source, text string) bool {
	return slices.Equal(placeholders(text), placeholders(source)) && !markup.MatchString(text)
}

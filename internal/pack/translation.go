package pack

import "slices"

// Translation is the text in Locale of the sentence Source, written out the same
// way, and its status.
type Translation struct {
	Locale, Source, Text, Status string
}

// Translations returns each translation of the pack once, in reading order and
// by locale within a sentence. Call it on what On returned: the day marks of p
// are not written out here.
func (p *Pack) Translations() []Translation {
	var out []Translation
	seen := map[[2]string]bool{}
	for _, e := range p.Entries {
		for _, l := range e.sentences() {
			for _, s := range l.sentences {
				for _, locale := range s.targets() {
					key := [2]string{locale, s[Source]}
					if seen[key] {
						continue
					}
					seen[key] = true
					out = append(out, Translation{locale, s[Source], s[locale], e.status(locale)})
				}
			}
		}
	}
	return out
}

// targets returns the locales s is translated to, sorted.
func (s Sentence) targets() []string {
	var out []string
	for locale := range s {
		if locale != Source {
			out = append(out, locale)
		}
	}
	slices.Sort(out)
	return out
}

func (e Entry) status(locale string) string {
	if s := e.Status[locale]; s != "" {
		return s
	}
	return "machine"
}

package translation_test

import "folje/internal/translation"

// model is a slow reference for what the translators' desk says: it keeps every
// text and derives states from what docs/glossary.md calls them, with none of
// the package's own code. A sentence is *missing* while nobody has given it a
// text, *machine* while only an engine has, a *draft* until a second person has
// looked through what one wrote, *reused* where a person's text stands in a
// record in which nobody has confirmed it, and otherwise *reviewed*. A wording
// for one place goes before the reusable text there and nowhere else.
type model struct {
	second  bool // a second person reviews every text
	texts   map[textKey]*wordingOf
	letters []*sheet
}

// textKey names a text: the sentence, the locale, and for a wording of one place
// the neighbours there.
type textKey struct {
	locale, sentence string
	only             bool
	before, after    string
}

// wordingOf is a text as somebody left it.
type wordingOf struct {
	given          bool
	text, typed    string
	status, author string
}

// sheet is a letter: what it says now, what phones have, and which texts were
// found right in it.
type sheet struct {
	id, unit           string
	draft, published   []string
	isPublished, ended bool
	confirmed          map[textKey]string
}

// spot is a place in a letter.
type spot struct {
	*sheet
	index int
}

func (s spot) sentence() string { return s.draft[s.index] }

func (s spot) key(locale string, only bool) textKey {
	k := textKey{locale: locale, sentence: s.sentence(), only: only}
	if only && s.index > 0 {
		k.before = s.draft[s.index-1]
	}
	if only && s.index+1 < len(s.draft) {
		k.after = s.draft[s.index+1]
	}
	return k
}

// reads is the text that stands in the place, nil for none.
func (m *model) reads(s spot, locale string) (*wordingOf, textKey) {
	for _, only := range []bool{true, false} {
		k := s.key(locale, only)
		if w := m.texts[k]; w != nil && w.given {
			return w, k
		}
	}
	return nil, textKey{}
}

func (m *model) state(s spot, locale string) string {
	w, k := m.reads(s, locale)
	switch {
	case w == nil:
		return translation.Missing
	case w.status != translation.Reviewed:
		return w.status
	case !k.only && !s.has(k, w.text):
		return translation.Reused
	}
	return translation.Reviewed
}

func (s *sheet) has(k textKey, text string) bool {
	found, ok := s.confirmed[k]
	return ok && found == text
}

// change gives the letter other sentences. What was found right in it stays so
// as long as the letter, or what phones have of it, says the sentence.
func (s *sheet) change(sentences []string) {
	s.draft = sentences
	said := map[string]bool{}
	for _, x := range append(append([]string{}, s.draft...), s.published...) {
		said[x] = true
	}
	for k := range s.confirmed {
		if !said[k.sentence] {
			delete(s.confirmed, k)
		}
	}
}

func (s *sheet) publish() {
	s.published, s.isPublished = s.draft, true
	s.change(s.draft)
}

// sight is what a translator sees in a place: what is said there, and what
// somebody has begun. It is what her save is based on.
type sight struct{ text, typed, status string }

// sees gives what stands in the place, the zero sight for nothing.
func (m *model) sees(s spot, locale string) sight {
	w, _ := m.reads(s, locale)
	if w == nil {
		w = m.texts[s.key(locale, false)]
	}
	switch {
	case w == nil, !w.given && w.typed == "":
		return sight{}
	case !w.given:
		return sight{typed: w.typed, status: translation.Draft}
	}
	return sight{"given " + w.text, w.typed, w.status}
}

// loses reports whether a save that is based on what was seen before would undo
// what a person did since.
func (before sight) loses(now sight) bool {
	if before == (sight{}) && now.status == translation.Machine && now.typed == "" {
		return false
	}
	return before.text != now.text || before.typed != now.typed
}

// typing keeps what somebody has begun.
func (m *model) typing(s spot, locale, who, text string, only bool) {
	k := s.key(locale, only)
	if m.texts[k] == nil {
		m.texts[k] = &wordingOf{status: translation.Draft, author: who}
	}
	m.texts[k].typed = text
}

// finish gives a place its text. The same words again are found right; a text
// that fits everywhere ends the wording of this place, and an empty one is
// taken back.
func (m *model) finish(s spot, locale, who, text string, only bool) {
	k := s.key(locale, only)
	old := m.texts[k]
	switch {
	case text == "" && !only:
		delete(m.texts, k)
	case old != nil && old.given && old.text == text && m.approve(old, who):
		old.typed = ""
	default:
		status := translation.Reviewed
		if m.second {
			status = translation.Draft
		}
		m.texts[k] = &wordingOf{given: true, text: text, status: status, author: who}
	}
	if !only {
		delete(m.texts, s.key(locale, true))
		s.confirmed[k] = text
	}
}

// approve is somebody finding a text right; false where a second person is to
// and she wrote it herself.
func (m *model) approve(w *wordingOf, who string) bool {
	switch {
	case m.second && w.status == translation.Draft && w.author == who:
		return false
	case m.second && w.status == translation.Machine:
		w.status, w.author = translation.Draft, who // the first who answers for it
	default:
		w.status = translation.Reviewed
	}
	return true
}

// confirm reports whether there was a text that she may confirm.
func (m *model) confirm(s spot, locale, who string) bool {
	w, k := m.reads(s, locale)
	if w == nil || !m.approve(w, who) {
		return false
	}
	if !k.only {
		s.confirmed[k] = w.text
	}
	return true
}

// machine has an engine write, where nobody has begun.
func (m *model) machine(s spot, locale, text string) bool {
	k := s.key(locale, false)
	if m.texts[k] != nil {
		return false
	}
	m.texts[k] = &wordingOf{given: true, text: text, status: translation.Machine}
	return true
}

// counts are a letter's places by state.
func (m *model) counts(s *sheet, locale string) map[string]int {
	n := map[string]int{}
	for i := range s.draft {
		n[m.state(spot{s, i}, locale)]++
	}
	return n
}

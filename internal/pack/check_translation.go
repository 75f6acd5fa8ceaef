package pack

import (
	"slices"
	"strings"

	"folje/internal/text"
)

// words checks the glossary. A term or an explanation is one text, however many
// sentences it has.
func (c *checker) words(words []Word) {
	terms := map[string]bool{}
	for i, w := range words {
		at := index("words", i)
		c.given(at+".term", w.Term)
		c.given(at+".explanation", w.Explanation)
		if len([]rune(w.Term)) > text.MaxTitle {
			c.fault(at+".term", "is longer than %d characters", text.MaxTitle)
		}
		if terms[strings.ToLower(w.Term)] {
			c.fault(at+".term", "%q is there twice", w.Term)
		}
		terms[strings.ToLower(w.Term)] = true
		c.forms(at+".forms", w.Forms)
	}
}

func (c *checker) forms(field string, forms []string) {
	for i, form := range forms {
		c.given(index(field, i), form)
		if form != strings.ToLower(form) {
			c.fault(index(field, i), "%q is not in lower case", form)
		}
		if slices.Contains(forms[:i], form) {
			c.fault(index(field, i), "%q is there twice", form)
		}
	}
}

// translations checks one locale's file. A sentence that is said nowhere has a
// slip in its Swedish, or was changed since.
func (c *checker) translations(l Locale, said map[string]bool) {
	c.locale("", l.Tag)
	if l.Tag == Source {
		c.fault("", "translates into the language that sentences are written in")
	}
	c.oneOf("status", l.Status, statuses)
	for _, source := range l.sorted() {
		at := "sentences." + source
		if !said[source] {
			c.fault(at, "is said nowhere in the pack")
		}
		c.marks(at, l.Sentences[source])
		if !slices.Equal(placeholders(l.Sentences[source]), placeholders(source)) {
			c.fault(at, "does not name the same as the source")
		}
		if !slices.Equal(days(l.Sentences[source]), days(source)) {
			c.fault(at, "does not name the same days as the source")
		}
	}
	for _, source := range sortedKeys(l.Reviewed) {
		at, by := "reviewed."+source, l.Reviewed[source]
		if _, ok := l.Sentences[source]; !ok {
			c.fault(at, "is reviewed, but not translated")
		}
		c.given(at, by)
		c.length(at, by, 300)
	}
}

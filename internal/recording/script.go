package recording

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// What staff write in, and its easier wording, which is optional sentence by
// sentence.
const (
	source = "sv"
	simple = "sv-simple"
)

// Sentence is one that is to be read aloud; an empty Text is passed over.
type Sentence struct {
	Segment string `json:"segment"`
	Kind    string `json:"kind"`
	Text    string `json:"text"`
}

// script is what somebody reads aloud: the letter's sentences in a locale, in
// the order of reading. Version is the hash of what they say; Missing is how
// many have no text yet.
type script struct {
	Sentences []Sentence
	Version   string
	Missing   int
}

// places are the letter's sentences as phones have them, or, where phones have
// none of it, as they are about to go out or being written.
func (f *feature) places(app core.App, letter *core.Record) ([]translation.Place, translation.Owner, error) {
	o, err := f.Letters.Owner(app, letter)
	switch {
	case err != nil:
		return nil, o, fmt.Errorf("read the letter: %w", err)
	case len(o.PublishedScopes) > 0:
		return o.Published, o, nil
	case len(o.WaitingScopes) > 0:
		return o.Waiting, o, nil
	}
	return o.Drafted, o, nil
}

// script gives what is read aloud of the places in the locale.
func (f *feature) script(app core.App, letter, locale string, places []translation.Place) (script, error) {
	views, err := translation.Views(app, letter, locale, places)
	if err != nil {
		return script{}, err
	}
	s := script{Sentences: make([]Sentence, len(views))}
	texts := make([]string, len(views))
	for i, v := range views {
		switch {
		case v.Text != nil:
			texts[i] = *v.Text
		case locale == simple:
			texts[i] = v.Source
		default:
			s.Missing++
		}
		s.Sentences[i] = Sentence{v.Segment, v.Kind, texts[i]}
	}
	s.Version = version(locale, texts)
	return s, nil
}

// version is the first 32 hexadecimal digits of SHA-256 over the locale and
// the texts, a line each. Phones compute the same of what they show
// (public/js/data/recordings.js).
func version(locale string, texts []string) string {
	sum := sha256.Sum256([]byte(locale + "\n" + strings.Join(texts, "\n")))
	return hex.EncodeToString(sum[:16])
}

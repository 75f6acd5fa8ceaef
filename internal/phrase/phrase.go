// Package phrase keeps the bank: positive "we" questions for meetings, and
// sentences that letters often need. What they say is segments like everything
// else, so a letter that takes a sentence from the bank has it in every language
// at once.
package phrase

import (
	"folje/internal/locale"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const collection = translation.Bank

// The kinds of phrase.
const (
	Question = "question" // for a meeting
	Sentence = "phrase"   // for a letter
)

// Limits, in runes.
const (
	MaxText  = 600
	MaxTopic = 60
	MaxAge   = 20
)

// Config is what the bank needs from outside.
type Config struct {
	Locales *locale.Bundle
}

type feature struct{ Config }

// Register binds what saving a phrase does, and staff's route.
func Register(app core.App, cfg Config) {
	f := &feature{cfg}
	f.bindSave(app)
	f.bindUsed(app)
	Bind(app)
}

// Bind makes every way of storing a phrase say which segments it uses. What
// stores phrases before the features are bound calls it too. Calling it again
// changes nothing.
func Bind(app core.App) { translation.Bind(app, collection, ownerOf) }

// Phrase is a record of the collection phrases.
type Phrase struct{ *core.Record }

// Text is what the phrase says, in Swedish.
func (p Phrase) Text() string { return p.GetString("text") }

// Content is the phrase as one block, sentence by sentence: as it stands in a
// meeting or a letter, so that it is the same segments there.
func (p Phrase) Content() []text.Block {
	kind := text.Paragraph
	if p.GetString("kind") == Question {
		kind = text.Question
	}
	return []text.Block{text.Block{ID: "text", Kind: kind, Text: p.Text()}.Segmented("sv")}
}

// ownerOf gives what the phrase uses of segments. It is in no phone's feed and
// belongs to no unit: every translator may see it. A hidden one uses none.
func ownerOf(_ core.App, r *core.Record) (translation.Owner, error) {
	o := translation.Owner{Collection: collection, ID: r.Id}
	if !r.GetBool("hidden") {
		o.Drafted = translation.Places(Phrase{r}.Content())
	}
	return o, nil
}

package glossary

import (
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// wireWord is a word as phones get it; numbers stand for segments. Title is the
// term and the one block its explanation: phones know which segments a record
// of any kind uses by these two names, also from before there were words.
type wireWord struct {
	Kind   string      `json:"kind"`
	ID     string      `json:"id"`
	Title  []int       `json:"title"`
	Blocks []wireBlock `json:"blocks"`
	Forms  []string    `json:"forms"`
}

type wireBlock struct {
	Kind     text.Kind `json:"kind"`
	Segments []int     `json:"segments"`
}

// source gives the feed a word; nil in any scope but everybody's. It is a
// [sync.Source].
func source(app core.App, scope, id string) (*sync.Record, error) {
	w, err := find(app, id)
	if err != nil || w == nil || scope != sync.Public {
		return nil, err
	}
	forms, err := w.Forms()
	if err != nil {
		return nil, err
	}
	content := w.Content()
	parts, err := translation.Parts(app, content)
	if err != nil {
		return nil, err
	}
	return &sync.Record{
		Body: func(numbers func(sync.Part) []int) any {
			return wireWord{
				Kind: "word", ID: w.Id, Title: numbers(parts[0]), Forms: forms,
				Blocks: []wireBlock{{content[1].Kind, numbers(parts[1])}},
			}
		},
		Parts: parts,
	}, nil
}

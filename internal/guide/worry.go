package guide

import (
	"fmt"
	"slices"

	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Worry is a record of the collection worries: what parents worry about, with
// the words they type for it, and the entries that help.
type Worry struct{ *core.Record }

// Content is the worry as blocks: its title, and its synonyms as one segment,
// which every language words in its own way.
func (w Worry) Content() []text.Block {
	return []text.Block{
		whole(titleID, text.Title, w.GetString("title")),
		whole("synonyms", text.Paragraph, w.GetString("synonyms")),
	}
}

func (w Worry) owner() translation.Owner { return published(w.Record, w.Content(), true) }

type wireWorry struct {
	Kind   string      `json:"kind"`
	ID     string      `json:"id"`
	Key    string      `json:"key"`
	Title  []int       `json:"title"`
	Blocks []wireBlock `json:"blocks"`
	Guide  []string    `json:"guide"` // ids of entries that phones have
	Order  int         `json:"order"`
}

// worrySource gives the feed a worry; nil in any scope but everybody's.
func worrySource(app core.App, scope, id string) (*sync.Record, error) {
	r, err := find(app, worries, id)
	if err != nil || r == nil || scope != sync.Public {
		return nil, err
	}
	w := Worry{r}
	helping, err := w.helping(app)
	if err != nil {
		return nil, err
	}
	parts, err := translation.Parts(app, w.Content())
	if err != nil {
		return nil, err
	}
	return &sync.Record{Parts: parts, Body: func(numbers func(sync.Part) []int) any {
		return wireWorry{
			Kind: "worry", ID: w.Id, Key: w.GetString("key"), Guide: helping, Order: w.GetInt("order"),
			Title: numbers(parts[0]), Blocks: []wireBlock{{Kind: text.Paragraph, Segments: numbers(parts[1])}},
		}
	}}, nil
}

// helping are the ids of the entries that phones have, in the worry's order.
func (w Worry) helping(app core.App) ([]string, error) {
	ids := w.GetStringSlice("guide")
	found, err := app.FindRecordsByIds(entries, ids)
	if err != nil {
		return nil, fmt.Errorf("find what helps: %w", err)
	}
	out := []string{}
	for _, id := range ids {
		if slices.ContainsFunc(asEntries(found), func(e Entry) bool { return e.Id == id && e.Visible() }) {
			out = append(out, id)
		}
	}
	return out, nil
}

// helpedBy gives the worries that the entry helps with.
func helpedBy(app core.App, entry string) ([]Worry, error) {
	records, err := app.FindAllRecords(worries, dbx.Like("guide", `"`+entry+`"`))
	if err != nil {
		return nil, fmt.Errorf("find worries that an entry helps with: %w", err)
	}
	out := make([]Worry, len(records))
	for i, r := range records {
		out[i] = Worry{r}
	}
	return out, nil
}

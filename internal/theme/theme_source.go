package theme

import (
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// wireTheme is a theme as phones get it; numbers stand for segments. A hidden
// one is offered no more; meetings about it go on showing it.
type wireTheme struct {
	Kind   string      `json:"kind"`
	ID     string      `json:"id"`
	Key    string      `json:"key"`
	Title  []int       `json:"title"`
	Blocks []wireBlock `json:"blocks"`
	Also   []string    `json:"also"`
	Order  int         `json:"order"`
	Hidden bool        `json:"hidden,omitempty"`
}

type wireBlock struct {
	Kind     text.Kind `json:"kind"`
	Part     string    `json:"part"`
	Segments []int     `json:"segments"`
}

// themeSource gives the feed a theme; nil in any scope but everybody's. It is a
// [sync.Source].
func themeSource(app core.App, scope, id string) (*sync.Record, error) {
	r, err := find(app, themes, id)
	if err != nil || r == nil || scope != sync.Public {
		return nil, err
	}
	t := Theme{r}
	also, err := t.Also()
	if err != nil {
		return nil, err
	}
	content := t.Content()
	parts, err := translation.Parts(app, Blocks(content))
	if err != nil {
		return nil, err
	}
	return &sync.Record{
		Body: func(numbers func(sync.Part) []int) any {
			w := wireTheme{
				Kind: "theme", ID: t.Id, Key: t.GetString("key"), Title: numbers(parts[0]), Blocks: []wireBlock{},
				Also: also, Order: t.GetInt("order"), Hidden: t.GetBool("hidden"),
			}
			for i, b := range content[1:] {
				w.Blocks = append(w.Blocks, wireBlock{b.Kind, b.Part, numbers(parts[i+1])})
			}
			return w
		},
		Parts: parts,
	}, nil
}

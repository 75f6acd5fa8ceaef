package meeting

import (
	"slices"
	"time"

	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// reach is how far back a whole feed goes, in months, as for letters.
const reach = 13

// wireMeeting is a meeting as phones get it. Times are RFC 3339 in UTC, empty
// where there is none; numbers stand for segments. A QPM meeting has no title
// of its own: the phone says what it is. Theme is the id of a record in the feed
// "public".
type wireMeeting struct {
	Kind      string      `json:"kind"`
	ID        string      `json:"id"`
	Type      string      `json:"type"`
	Published string      `json:"published"`
	Cancelled string      `json:"cancelled"`
	Starts    string      `json:"starts"`
	Ends      string      `json:"ends"`
	AnswerBy  string      `json:"answerBy"`
	Place     string      `json:"place"`
	Childcare bool        `json:"childcare"`
	Contact   string      `json:"contact"`
	Sequence  int         `json:"sequence"`
	Theme     string      `json:"theme,omitempty"`
	HeldBy    string      `json:"heldBy,omitempty"`
	Title     []int       `json:"title"`
	Question  []int       `json:"question"`
	Blocks    []wireBlock `json:"blocks"`
}

type wireBlock struct {
	Kind     text.Kind `json:"kind"`
	Segments []int     `json:"segments"`
}

// source gives the feeds a published meeting, or nil where the scope may not
// have it. It is a [sync.Source].
func (f *feature) source(app core.App, scope, id string) (*sync.Record, error) {
	m, err := find(app, id)
	if err != nil || m == nil || !m.Published() || !slices.Contains(m.Groups(), scope) {
		return nil, err
	}
	content := m.Content()
	parts, err := translation.Parts(app, content)
	if err != nil {
		return nil, err
	}
	return &sync.Record{
		Body:  func(numbers func(sync.Part) []int) any { return wire(*m, content, parts, numbers) },
		Parts: parts,
		Old:   m.Ends().Before(f.Now().AddDate(0, -reach, 0)),
	}, nil
}

func wire(m Meeting, content []text.Block, parts []sync.Part, numbers func(sync.Part) []int) wireMeeting {
	w := wireMeeting{
		Kind: "meeting", ID: m.Id, Type: m.GetString("kind"), Sequence: m.Sequence(),
		Published: m.stamp("published"), Cancelled: m.stamp("cancelled"),
		Starts: m.stamp("starts"), Ends: m.stamp("ends"), AnswerBy: m.stamp("answerBy"),
		Place: m.GetString("place"), Contact: m.GetString("contact"), Childcare: m.GetBool("childcare"),
		Theme: m.GetString("theme"), HeldBy: m.GetString("heldBy"),
		Title: []int{}, Question: []int{}, Blocks: []wireBlock{},
	}
	for i, b := range content {
		switch n := numbers(parts[i]); b.Kind {
		case text.Title:
			w.Title = n
		case text.Question:
			w.Question = n
		default:
			w.Blocks = append(w.Blocks, wireBlock{b.Kind, n})
		}
	}
	return w
}

// stamp is a time as phones and staff's pages get it, "" where there is none.
func (m Meeting) stamp(field string) string {
	t := m.time(field)
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

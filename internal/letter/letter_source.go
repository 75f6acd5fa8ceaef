package letter

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// reach is how far back a whole feed goes, in months: a school year and the
// weeks around it.
const reach = 13

// wireLetter is a letter as phones get it. Times are RFC 3339 in UTC, empty
// where there is none; numbers stand for segments.
type wireLetter struct {
	Kind      string       `json:"kind"`
	ID        string       `json:"id"`
	Number    int          `json:"number"`
	Published string       `json:"published"`
	Corrected string       `json:"corrected"`
	Sensitive bool         `json:"sensitive"`
	Meeting   *wireMeeting `json:"meeting"`
	Title     []int        `json:"title"`
	Question  []int        `json:"question"`
	Blocks    []wireBlock  `json:"blocks"`
	// Recordings by locale, left out where there are none.
	Recordings any `json:"recordings,omitempty"`
}

type wireMeeting struct {
	ID     string `json:"id"`
	Starts string `json:"starts"`
	Ends   string `json:"ends"`
	Place  string `json:"place"`
}

type wireBlock struct {
	Kind     text.Kind `json:"kind"`
	Segments []int     `json:"segments"`
	// Attachment is what the block stands for, left out where it is none.
	Attachment *wireAttachment `json:"attachment,omitempty"`
}

// Source gives the feeds the latest published revision of a letter, or nil
// where the scope may not have it. It is a [sync.Source].
func (f *feature) Source(app core.App, scope, id string) (*sync.Record, error) {
	l, err := Find(app, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find letter: %w", err)
	}
	if !l.Live() {
		return nil, nil
	}
	latest, err := Latest(app, l)
	if err != nil {
		return nil, fmt.Errorf("find latest revision: %w", err)
	}
	if !slices.Contains(latest.Groups(), scope) {
		return nil, nil
	}
	content, err := latest.Content()
	if err != nil {
		return nil, err
	}
	meeting, err := meetingOf(app, latest.GetString("meeting"))
	if err != nil {
		return nil, err
	}
	parts, err := translation.Parts(app, content)
	if err != nil {
		return nil, err
	}
	spoken, err := f.recordings(app, l, content)
	if err != nil {
		return nil, err
	}
	attached, err := attachments(app, l.Id)
	if err != nil {
		return nil, err
	}
	return &sync.Record{
		Body: func(numbers func(sync.Part) []int) any {
			w := wire(l, latest, meeting, content, parts, numbers)
			w.carry(content, attached)
			w.Recordings = spoken
			return w
		},
		Parts: parts,
		Old:   l.GetDateTime("published").Time().Before(f.Now().AddDate(0, -reach, 0)),
	}, nil
}

// recordings are those of the letter as phones have it.
func (f *feature) recordings(app core.App, l Letter, content []text.Block) (any, error) {
	if f.Recordings == nil {
		return nil, nil
	}
	return f.Recordings(app, l.Id, translation.Places(content))
}

func wire(l Letter, latest Revision, meeting *wireMeeting, content []text.Block, parts []sync.Part, numbers func(sync.Part) []int) wireLetter {
	w := wireLetter{
		Kind: "letter", ID: l.Id, Number: l.Number(), Sensitive: latest.GetBool("sensitive"), Meeting: meeting,
		Published: stamp(l.Record, "published"), Corrected: stamp(l.Record, "corrected"),
		Title: []int{}, Question: []int{}, Blocks: []wireBlock{},
	}
	for i, b := range content {
		switch n := numbers(parts[i]); b.Kind {
		case text.Title:
			w.Title = n
		case text.Question:
			w.Question = n
		default:
			w.Blocks = append(w.Blocks, wireBlock{Kind: b.Kind, Segments: n})
		}
	}
	return w
}

// meetingOf gives the time and place of a meeting as they are today, nil for
// none.
func meetingOf(app core.App, id string) (*wireMeeting, error) {
	if id == "" {
		return nil, nil
	}
	m, err := app.FindRecordById("meetings", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find the letter's meeting: %w", err)
	}
	return &wireMeeting{m.Id, stamp(m, "starts"), stamp(m, "ends"), m.GetString("place")}, nil
}

func stamp(r *core.Record, field string) string {
	t := r.GetDateTime(field)
	if t.IsZero() {
		return ""
	}
	return t.Time().UTC().Format(time.RFC3339)
}

package translation

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"folje/internal/access"
	"folje/internal/sync"
	"folje/internal/text"

	"github.com/agnivade/levenshtein"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/sergi/go-diff/diffmatchpatch"
)

// Suggestion is a sentence that is like another one, with its text in a locale
// and how far that has come. Score is 100 for sentences that are the same and 0
// for those with nothing in common; Diff leads from the one asked about to
// Source, as pairs of -1, 0 or 1 and what is taken away, kept or put in.
type Suggestion struct {
	Source string   `json:"source"`
	Text   string   `json:"text"`
	Score  int      `json:"score"`
	State  string   `json:"state"`
	Diff   [][2]any `json:"diff"`
}

const (
	alike       = 60  // the least score of a suggestion
	suggestions = 3   // the most of one sentence
	shortest    = 8   // runes of a sentence that others are like: greetings are looked up whole
	longest     = 500 // and the most: comparing takes their square
)

// similar gives the sentences most like the segment, best first, of those that
// the member of staff may see and that have a text in the locale.
func (m *memory) similar(app core.App, staff *core.Record, locale string, s text.Segment) ([]Suggestion, error) {
	if n := utf8.RuneCountInString(s.Text); n < shortest || n > longest {
		return nil, nil
	}
	found, err := m.candidates(app, staff, locale, s)
	if err != nil {
		return nil, err
	}
	var out []Suggestion
	for _, c := range found {
		if score := likeness(s.Text, c.Source); score >= alike {
			out = append(out, Suggestion{Source: c.Source, Text: c.Text, Score: score, State: c.Status})
		}
	}
	slices.SortFunc(out, func(a, b Suggestion) int {
		return cmp.Or(b.Score-a.Score, strings.Compare(a.Source, b.Source))
	})
	out = out[:min(len(out), suggestions)]
	for i := range out {
		out[i].Diff = difference(s.Text, out[i].Source)
	}
	return out, nil
}

type candidate struct {
	Source string `db:"source"`
	Text   string `db:"text"`
	Status string `db:"status"`
}

// candidates are the sentences that have most of the segment's rare trigrams, of
// those that she may see. What many have is asked for some rows at a time.
func (m *memory) candidates(app core.App, staff *core.Record, locale string, s text.Segment) (found []candidate, err error) {
	asked, err := m.ask(app, s.Text)
	if err != nil || len(asked) == 0 {
		return nil, err
	}
	rows, err := m.ranked(app, asked)
	if err != nil {
		return nil, err
	}
	for some := range slices.Chunk(rows, 3*candidates) {
		more, err := sentencesAt(app, staff, locale, s, some)
		if err != nil {
			return nil, err
		}
		if found = append(found, more...); len(found) >= candidates {
			break
		}
	}
	return found[:min(len(found), candidates)], nil
}

// sentencesAt gives sentences of the rows, the first of them that she may see and
// that aren't too long or too short to be like the segment.
func sentencesAt(app core.App, staff *core.Record, locale string, s text.Segment, rows []int64) (found []candidate, err error) {
	numbers, err := json.Marshal(rows)
	if err != nil {
		return nil, fmt.Errorf("encode rows: %w", err)
	}
	length := utf8.RuneCountInString(s.Text)
	// Row by row, so that it ends as soon as there are enough.
	query := app.DB().Select("s.text AS source", "t.text AS text", "t.status AS status").
		From("json_each({:rows}) n").
		Join("CROSS JOIN", "memory_rows r", dbx.NewExp("[[r.row]] = [[n.value]]")).
		Join("CROSS JOIN", "translations t", dbx.NewExp("[[t.segment]] = [[r.segment]]")).
		Join("CROSS JOIN", "segments s", dbx.NewExp("[[s.id]] = [[r.segment]]")).
		Where(dbx.HashExp{"t.locale": locale, "t.context": "", "t.given": true}).
		AndWhere(dbx.NewExp("[[t.text]] != '' AND [[r.segment]] != {:self}", dbx.Params{"self": s.ID, "rows": string(numbers)})).
		AndWhere(dbx.NewExp("length([[s.text]]) BETWEEN {:least} AND {:most}", dbx.Params{"least": length * alike / 100, "most": length * 100 / alike})).
		Limit(candidates)
	if seen := visible(staff); seen != nil {
		query.AndWhere(seen)
	}
	if err := query.All(&found); err != nil {
		return nil, fmt.Errorf("look up similar sentences: %w", err)
	}
	return found, nil
}

// visible is the condition that a member of staff may see the sentence
// r.segment: one of her units uses it, or everybody reads it. Nil is no
// condition, for administrators.
func visible(staff *core.Record) dbx.Expression {
	if access.IsAdmin(staff) {
		return nil
	}
	params := dbx.Params{"public": sync.Public}
	units := []string{"u.scope = {:public}"}
	for i, id := range staff.GetStringSlice("units") {
		name := fmt.Sprintf("unit%d", i)
		params[name] = id
		units = append(units, "u.unit = {:"+name+"}")
	}
	return dbx.NewExp("EXISTS (SELECT 1 FROM segment_uses u WHERE u.segment = r.segment AND ("+strings.Join(units, " OR ")+"))", params)
}

// likeness is how much of the longer sentence stays as it is, in per cent, by
// the edits that lead from one to the other (Levenshtein's distance). Capitals
// don't count.
func likeness(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	longer, shorter := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	if longer < shorter {
		longer, shorter = shorter, longer
	}
	switch {
	case longer == 0:
		return 100
	case 100*shorter < alike*longer: // as much as differs in length isn't kept
		return 0
	}
	return 100 - 100*levenshtein.ComputeDistance(a, b)/longer
}

// difference is said in pieces that people read, not letter by letter.
func difference(from, to string) [][2]any {
	d := diffmatchpatch.New()
	d.DiffTimeout = 100 * time.Millisecond
	pieces := d.DiffCleanupSemanticLossless(d.DiffCleanupSemantic(d.DiffMain(from, to, false)))
	out := make([][2]any, len(pieces))
	for i, p := range pieces {
		out[i] = [2]any{int(p.Type), p.Text}
	}
	return out
}

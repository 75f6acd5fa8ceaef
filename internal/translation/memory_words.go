package translation

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// TermFound is a school word that stands in a sentence, with how it is said in a
// locale; Text is "" and State [Missing] where nobody has said. Explanation is
// in the locale, or in Swedish where it isn't translated.
type TermFound struct {
	Term        string `json:"term"`
	Text        string `json:"text"`
	Explanation string `json:"explanation"`
	State       string `json:"state"`
}

// words are the glossary in one locale.
type words []schoolWord

type schoolWord struct {
	TermFound
	forms []string // in lower case
}

// wordsIn reads the glossary with its texts in the locale.
func wordsIn(app core.App, locale string) (words, error) {
	var rows []struct {
		Term        string                  `db:"term"`
		Explanation string                  `db:"explanation"`
		Forms       types.JSONArray[string] `db:"forms"`
	}
	if err := app.DB().Select("term", "explanation", "forms").From("glossary").OrderBy("term").All(&rows); err != nil {
		return nil, fmt.Errorf("list school words: %w", err)
	}
	id := func(s string) string { return text.SegmentID(sourceLocale, s) }
	var segments []string
	for _, r := range rows {
		segments = append(segments, id(r.Term), id(r.Explanation))
	}
	texts, err := reusable(app, locale, segments)
	if err != nil {
		return nil, err
	}
	all := make(words, len(rows))
	for i, r := range rows {
		w := schoolWord{TermFound{r.Term, "", r.Explanation, Missing}, append(r.Forms, strings.ToLower(r.Term))}
		if t, ok := texts[id(r.Term)]; ok {
			w.Text, w.State = t.Text, t.Status
		}
		if t, ok := texts[id(r.Explanation)]; ok {
			w.Explanation = t.Text
		}
		all[i] = w
	}
	return all, nil
}

// reusable gives the given texts that fit every place, by segment.
func reusable(app core.App, locale string, segments []string) (map[string]row, error) {
	out := make(map[string]row, len(segments))
	for chunk := range chunks(segments, 400) {
		var found []row
		err := app.DB().Select("segment", "text", "status").From("translations").
			Where(dbx.HashExp{"locale": locale, "context": "", "given": true}).AndWhere(dbx.In("segment", chunk...)).All(&found)
		if err != nil {
			return nil, fmt.Errorf("list reusable texts: %w", err)
		}
		for _, r := range found {
			out[r.Segment] = r
		}
	}
	return out, nil
}

// of gives the words that stand in the sentence, in its order, each once. Where
// one is part of another ("öppen förskola") only the longer one is meant. A word
// by itself is no sentence: it is the glossary's own.
func (all words) of(sentence string) []TermFound {
	lower := strings.ToLower(sentence)
	var found []span
	for i, w := range all {
		for _, form := range w.forms {
			for _, at := range wholeWords(lower, form) {
				found = append(found, span{at, at + len(form), i})
			}
		}
	}
	slices.SortFunc(found, func(a, b span) int {
		return cmp.Or((b.end-b.start)-(a.end-a.start), a.start-b.start, a.word-b.word)
	})
	var kept []span
	for _, s := range found {
		if !slices.ContainsFunc(kept, func(k span) bool { return s.start < k.end && k.start < s.end }) {
			kept = append(kept, s)
		}
	}
	slices.SortFunc(kept, func(a, b span) int { return a.start - b.start })
	var out []TermFound
	for _, s := range kept {
		if w := all[s.word]; w.Term != sentence && !slices.Contains(out, w.TermFound) {
			out = append(out, all[s.word].TermFound)
		}
	}
	return out
}

// span is where a word stands, in bytes.
type span struct{ start, end, word int }

// wholeWords finds the places of the form that no letter or digit touches.
func wholeWords(in, form string) (at []int) {
	if form == "" {
		return nil
	}
	for from := 0; ; {
		i := strings.Index(in[from:], form)
		if i < 0 {
			return at
		}
		start, end := from+i, from+i+len(form)
		before, _ := utf8.DecodeLastRuneInString(in[:start])
		after, size := utf8.DecodeRuneInString(in[end:])
		if !partOfWord(before, start > 0) && !partOfWord(after, size > 0) {
			at = append(at, start)
		}
		_, step := utf8.DecodeRuneInString(in[start:])
		from = start + step
	}
}

func partOfWord(r rune, there bool) bool {
	return there && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

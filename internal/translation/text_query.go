package translation

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"folje/internal/sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// sourceLocale is what staff write in.
const sourceLocale = "sv"

// The states of a text in a place, worst first. They are derived by [state].
const (
	Missing  = "missing"
	Machine  = "machine"
	Draft    = "draft"
	Reused   = "reused"
	Reviewed = "reviewed"
	Source   = "source"
)

// row is one translation as stored. Given says that a text exists; it may be
// empty on purpose. Draft is what is being typed.
type row struct {
	ID      string `db:"id"`
	Segment string `db:"segment"`
	Locale  string `db:"locale"`
	Context string `db:"context"`
	Text    string `db:"text"`
	Draft   string `db:"draft"`
	Given   bool   `db:"given"`
	Status  string `db:"status"`
	Author  string `db:"author"`

	Elsewhere string `db:"elsewhere"` // who had reviewed it before it came here
	Banked    bool   `db:"banked"`    // the sentence is in the phrase bank
}

// version names a wording: what a save was based on and what was confirmed.
func (r *row) version() string {
	if r == nil || (!r.Given && r.Draft == "") {
		return ""
	}
	return version(r.Text + "\x00" + r.Draft)
}

func version(wording string) string {
	sum := sha256.Sum256([]byte(wording))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// state derives how good the given text is in one place; confirmed is the
// version somebody confirmed there, if any. A draft is what one person wrote
// and a second has not looked through yet, in every place. What is in the phrase bank is
// right wherever it stands. All that shows or counts states goes by this.
func state(r *row, confirmed string) string {
	switch {
	case r == nil || !r.Given:
		return Missing
	case r.Status == Machine, r.Status == Draft:
		return r.Status
	case r.Context == "" && !r.Banked && (confirmed == "" || confirmed != version(r.Text)):
		return Reused
	}
	return r.Status
}

// rows gives the translations of the segments into the locale, by key.
func rows(app core.App, locale string, segments []string) (map[string]*row, error) {
	out := make(map[string]*row, len(segments))
	for chunk := range chunks(segments, 400) {
		var found []row
		err := app.DB().Select("id", "segment", "locale", "context", "text", "draft", "given", "status", "author", "elsewhere", banked).
			From("translations").
			Where(dbx.HashExp{"locale": locale}).AndWhere(dbx.In("segment", chunk...)).All(&found)
		if err != nil {
			return nil, fmt.Errorf("list translations: %w", err)
		}
		for i := range found {
			out[Key(found[i].Segment, found[i].Context)] = &found[i]
		}
	}
	return out, nil
}

// best is the wording for this place only where there is one, otherwise the
// reusable one.
func best(texts map[string]*row, segment, context string) *row {
	if r := texts[Key(segment, context)]; r != nil && r.Given {
		return r
	}
	return texts[segment]
}

// Texts gives what phones of the scope read for the keys; it is a
// [sync.TextSource].
func Texts(app core.App, scope, locale string, keys []string) (map[string]sync.Text, error) {
	segments := make([]string, len(keys))
	for i, key := range keys {
		segments[i], _ = splitKey(key)
	}
	texts, err := rows(app, locale, segments)
	if err != nil {
		return nil, err
	}
	confirmed := map[string]string{}
	for chunk := range chunks(segments, 400) {
		some, err := confirmedIn(app, locale, dbx.HashExp{"scope": scope, "segment": chunk, "published": true})
		if err != nil {
			return nil, err
		}
		maps.Copy(confirmed, some)
	}
	out := make(map[string]sync.Text, len(keys))
	for _, key := range keys {
		segment, context := splitKey(key)
		if r := best(texts, segment, context); r != nil && r.Given {
			out[key] = sync.Text{r.Text, state(r, confirmed[segment])}
		}
	}
	return out, nil
}

// confirmedIn gives, by segment, the version that was confirmed in one of the
// uses that match.
func confirmedIn(app core.App, locale string, where dbx.HashExp) (map[string]string, error) {
	var uses []struct {
		Segment   string `db:"segment"`
		Confirmed string `db:"confirmed"`
	}
	err := app.DB().Select("segment", "confirmed").From("segment_uses").Where(where).
		AndWhere(dbx.NewExp("confirmed NOT IN ('', 'null', '{}')")).OrderBy("record", "scope", "segment", "context").All(&uses)
	if err != nil {
		return nil, fmt.Errorf("list confirmed texts: %w", err)
	}
	out := make(map[string]string, len(uses))
	for _, u := range uses {
		var byLocale map[string]string
		if err := json.Unmarshal([]byte(u.Confirmed), &byLocale); err != nil {
			return nil, fmt.Errorf("read confirmed: %w", err)
		}
		if v := byLocale[locale]; v != "" {
			out[u.Segment] = v
		}
	}
	return out, nil
}

func chunks(all []string, size int) func(func([]any) bool) {
	return func(yield func([]any) bool) {
		for start := 0; start < len(all); start += size {
			var chunk []any
			for _, s := range all[start:min(start+size, len(all))] {
				chunk = append(chunk, s)
			}
			if !yield(chunk) {
				return
			}
		}
	}
}

// Package letter is the way of a letter: drafted and saved block by block,
// published as a numbered revision, corrected by the next one, withdrawn.
// Phones only ever get the latest published revision. What is published waits
// for its release first, and can be undone until then.
package letter

import (
	"fmt"
	"slices"
	"time"

	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const (
	letters   = "letters"
	revisions = "letter_revisions"
)

// sourceLocale is what letters are written in.
const sourceLocale = "sv"

// Ids of the two blocks that a letter keeps as fields of its own.
const (
	titleID    = "title"
	questionID = "question"
)

// Letter wraps a record of the collection letters.
type Letter struct{ *core.Record }

// Find gives the letter with the id; sql.ErrNoRows where there is none.
func Find(app core.App, id string) (Letter, error) {
	r, err := app.FindRecordById(letters, id)
	return Letter{r}, err
}

// Unit is the id of the unit that owns the letter.
func (l Letter) Unit() string { return l.GetString("unit") }

// Groups are the ids of the groups the draft is meant for.
func (l Letter) Groups() []string { return l.GetStringSlice("groups") }

// Base counts the letter's saves.
func (l Letter) Base() int { return l.GetInt("base") }

// Number is that of the revision that phones have or had last, 0 before the
// first. A revision that waits has the next one.
func (l Letter) Number() int { return l.GetInt("number") }

// Live reports whether phones have the letter: published and not withdrawn.
func (l Letter) Live() bool { return l.Number() > 0 && l.GetDateTime("withdrawn").IsZero() }

// Waits reports whether a revision is stored that phones don't have yet.
func (l Letter) Waits() bool { return !l.Due().IsZero() }

// Due is when the revision that waits goes out; zero where none does.
func (l Letter) Due() time.Time { return l.GetDateTime("release").Time() }

// Sensitive reports whether the draft's title must not be shown to bystanders.
func (l Letter) Sensitive() bool { return l.GetBool("sensitive") }

// Body is the draft's blocks as stored, without title and question.
func (l Letter) Body() ([]text.Block, error) {
	blocks := []text.Block{}
	if raw := l.GetString("blocks"); raw == "" || raw == "null" {
		return blocks, nil
	}
	if err := l.UnmarshalJSONField("blocks", &blocks); err != nil {
		return nil, fmt.Errorf("read blocks: %w", err)
	}
	return blocks, nil
}

// Content is the whole draft in reading order, segmented: title, question and
// the body, each left out while it is empty.
func (l Letter) Content() ([]text.Block, error) {
	body, err := l.Body()
	if err != nil {
		return nil, err
	}
	all := append([]text.Block{
		{ID: titleID, Kind: text.Title, Text: l.GetString("title")},
		{ID: questionID, Kind: text.Question, Text: l.GetString("question")},
	}, body...)
	content := make([]text.Block, 0, len(all))
	for _, b := range all {
		if b = b.Segmented(sourceLocale); len(b.Segments) > 0 {
			content = append(content, b)
		}
	}
	return content, nil
}

// Revision wraps a record of letter_revisions.
type Revision struct{ *core.Record }

// Latest gives the letter's last published revision; sql.ErrNoRows before the
// first.
func Latest(app core.App, l Letter) (Revision, error) { return revision(app, l, l.Number()) }

// Next gives the revision that waits for its release; sql.ErrNoRows where none
// does.
func Next(app core.App, l Letter) (Revision, error) { return revision(app, l, l.Number()+1) }

func revision(app core.App, l Letter, number int) (Revision, error) {
	r, err := app.FindFirstRecordByFilter(revisions, "letter = {:letter} && number = {:number}",
		map[string]any{"letter": l.Id, "number": number})
	return Revision{r}, err
}

// Number counts the letter's revisions from 1.
func (r Revision) Number() int { return r.GetInt("number") }

// Content is what the revision says, in reading order.
func (r Revision) Content() ([]text.Block, error) {
	var content []text.Block
	if err := r.UnmarshalJSONField("content", &content); err != nil {
		return nil, fmt.Errorf("read revision: %w", err)
	}
	return content, nil
}

// Groups are the ids of the groups the revision was published to.
func (r Revision) Groups() []string { return r.GetStringSlice("groups") }

// owner gives what the letter uses of segments now.
func owner(app core.App, l Letter) (translation.Owner, error) {
	o := translation.Owner{Collection: letters, ID: l.Id, Unit: l.Unit(), Scopes: l.Groups()}
	content, err := l.Content()
	if err != nil {
		return o, err
	}
	o.Drafted = translation.Places(content)
	if l.Waits() {
		next, err := Next(app, l)
		if err != nil {
			return o, fmt.Errorf("find waiting revision: %w", err)
		}
		if o.Waiting, err = next.places(); err != nil {
			return o, err
		}
		o.WaitingScopes = next.Groups()
	}
	if l.Live() {
		latest, err := Latest(app, l)
		if err != nil {
			return o, fmt.Errorf("find latest revision: %w", err)
		}
		if o.Published, err = latest.places(); err != nil {
			return o, err
		}
		o.PublishedScopes = latest.Groups()
	}
	return o, nil
}

func (r Revision) places() ([]translation.Place, error) {
	content, err := r.Content()
	if err != nil {
		return nil, err
	}
	return translation.Places(content), nil
}

func sameText(a, b []text.Block) bool {
	return slices.EqualFunc(a, b, func(x, y text.Block) bool {
		return x.ID == y.ID && x.Kind == y.Kind && x.Text == y.Text && x.Attachment == y.Attachment
	})
}

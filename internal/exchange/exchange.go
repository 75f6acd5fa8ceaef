// Package exchange gives a municipality's content to others as a content pack,
// and takes over what another municipality has: the guide, worries, themes,
// activities' texts, the bank of questions and sentences, school words, and their
// translations. Never letters, meetings, staff, requests or anything else of
// somebody.
//
// What a pack brings is adapted: a service goes by the name it has here, and one
// that isn't here is named nowhere. What was edited here stays; see [Plan].
package exchange

import (
	"errors"
	"fmt"

	"folje/internal/activity"
	"folje/internal/glossary"
	"folje/internal/guide"
	"folje/internal/phrase"
	"folje/internal/theme"

	"time"

	"github.com/pocketbase/pocketbase/core"
)

// ErrNameless says that the municipality has no name yet, which a pack bears.
var ErrNameless = errors.New("the municipality has no name yet: give it one among the settings of staff's pages")

// The kinds of items, as pack_items names them, and the collection of each.
const (
	kindGuide    = "guide"
	kindWorry    = "worry"
	kindTheme    = "theme"
	kindActivity = "activity"
	kindQuestion = "question"
	kindPhrase   = "phrase"
	kindWord     = "word"
)

// bind has every way of storing do what it does in the app, where the features
// aren't bound.
func bind(app core.App, now time.Time) {
	guide.Bind(app)
	theme.Bind(app)
	activity.Bind(app, func() time.Time { return now })
	phrase.Bind(app)
	glossary.Bind(app)
}

// municipality is the name that the settings have.
func municipality(app core.App) (string, error) {
	r, err := app.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		return "", fmt.Errorf("find the municipality: %w", err)
	}
	var says struct {
		Name string `json:"name"`
	}
	if err := r.UnmarshalJSONField("value", &says); err != nil {
		return "", fmt.Errorf("read the municipality: %w", err)
	}
	return says.Name, nil
}

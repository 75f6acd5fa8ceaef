package translation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Complete gives the locales in which every one of the places has a text,
// sorted; the source isn't among them. Never nil.
func Complete(app core.App, places []Place) ([]string, error) {
	return complete(app, places, dbx.HashExp{"given": true})
}

// Finished gives the locales in which every one of the places has a text that a
// person wrote or found right, sorted. Never nil.
func Finished(app core.App, places []Place) ([]string, error) {
	return complete(app, places, dbx.And(dbx.HashExp{"given": true}, dbx.Not(dbx.HashExp{"status": Machine})))
}

func complete(app core.App, places []Place, counts dbx.Expression) ([]string, error) {
	given := map[string]map[string]bool{} // by locale, the keys that have a text
	for chunk := range chunks(segmentsOf(places), 400) {
		var found []row
		err := app.DB().Select("segment", "locale", "context").From("translations").
			Where(dbx.In("segment", chunk...)).AndWhere(counts).All(&found)
		if err != nil {
			return nil, fmt.Errorf("list texts by locale: %w", err)
		}
		for _, r := range found {
			if given[r.Locale] == nil {
				given[r.Locale] = map[string]bool{}
			}
			given[r.Locale][Key(r.Segment, r.Context)] = true
		}
	}
	lacks := func(has map[string]bool) bool {
		return slices.ContainsFunc(places, func(p Place) bool {
			return !has[Key(p.Segment.ID, "")] && !has[Key(p.Segment.ID, p.Context)]
		})
	}
	all := []string{}
	for _, tag := range slices.Sorted(maps.Keys(given)) {
		if !lacks(given[tag]) {
			all = append(all, tag)
		}
	}
	return all, nil
}

// Say gives what the places say in the locale, read together; false where one
// of them has no text. In the source's locale it is the source.
func Say(app core.App, locale string, places []Place) (string, bool, error) {
	said := make([]string, 0, len(places))
	texts, err := rows(app, locale, segmentsOf(places))
	if err != nil {
		return "", false, err
	}
	for _, p := range places {
		wording := p.Segment.Text
		if locale != sourceLocale {
			r := best(texts, p.Segment.ID, p.Context)
			if r == nil || !r.Given {
				return "", false, nil
			}
			wording = r.Text
		}
		if wording != "" { // a sentence may be empty on purpose
			said = append(said, wording)
		}
	}
	return strings.Join(said, " "), true, nil
}

package translation

import (
	"fmt"

	"folje/internal/sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// published is a use of a segment by a published record.
type published struct {
	Collection string `db:"collection"`
	Record     string `db:"record"`
	Scope      string `db:"scope"`
	Context    string `db:"context"`
}

// announce tells the feeds about segments whose use in a scope changed: a text
// that a published record of the scope uses now is sent, one that none uses
// any more is taken back.
func announce(app core.App, touched []useKey) error {
	done := map[useKey]bool{}
	for _, key := range touched {
		for _, k := range []useKey{{key.scope, key.segment, ""}, key} {
			if k.scope == "" || done[k] {
				continue
			}
			done[k] = true
			if err := announceKey(app, k); err != nil {
				return err
			}
		}
	}
	return nil
}

func announceKey(app core.App, k useKey) error {
	locales, err := localesOf(app, k.segment, k.context)
	if err != nil || len(locales) == 0 {
		return err
	}
	used, err := publishedIn(app, k)
	if err != nil {
		return err
	}
	key, tell := Key(k.segment, k.context), sync.Bury
	if used {
		tell = sync.Touch
		if _, err := sync.Numbers(app, k.scope, []string{key}); err != nil {
			return err
		}
	}
	for _, locale := range locales {
		if err := tell(app, k.scope, locale, key); err != nil {
			return err
		}
	}
	return nil
}

// announceText tells every scope that reads the segment that its text in the
// locale changed. A record whose sentence got a wording of its own, or lost
// it, is told too, because its key changed.
func announceText(app core.App, segment, locale string) error {
	return forEachPublished(app, segment, func(u published) error {
		own, err := localesOf(app, segment, u.Context)
		if err != nil {
			return err
		}
		keys := []string{Key(segment, "")}
		if len(own) > 0 {
			keys = append(keys, Key(segment, u.Context))
		}
		numbered, err := sync.Known(app, u.Scope, keys)
		if err != nil {
			return err
		}
		if !numbered {
			if _, err := sync.Numbers(app, u.Scope, keys); err != nil {
				return err
			}
			if err := sync.Touch(app, u.Scope, sync.Records, sync.Item(u.Collection, u.Record)); err != nil {
				return err
			}
		}
		for _, key := range keys {
			if err := sync.Touch(app, u.Scope, locale, key); err != nil {
				return err
			}
		}
		return nil
	})
}

func forEachPublished(app core.App, segment string, do func(published) error) error {
	var uses []published
	err := app.DB().Select("collection", "record", "scope", "context").From("segment_uses").
		Where(dbx.HashExp{"segment": segment, "published": true}).OrderBy("scope", "record").All(&uses)
	if err != nil {
		return fmt.Errorf("list published uses: %w", err)
	}
	for _, u := range uses {
		if err := do(u); err != nil {
			return err
		}
	}
	return nil
}

// localesOf lists the locales to tell about a key. A wording for one place is
// backed by the reusable one in the locales that lack it; without any such
// wording the key isn't used at all.
func localesOf(app core.App, segment, context string) ([]string, error) {
	var found []struct {
		Locale  string `db:"locale"`
		Context string `db:"context"`
	}
	err := app.DB().Select("locale", "context").Distinct(true).From("translations").
		Where(dbx.HashExp{"segment": segment, "context": []any{"", context}, "given": true}).OrderBy("locale").All(&found)
	if err != nil {
		return nil, fmt.Errorf("list locales of a segment: %w", err)
	}
	var locales []string
	own := context == ""
	for _, f := range found {
		own = own || f.Context == context
		if len(locales) == 0 || locales[len(locales)-1] != f.Locale {
			locales = append(locales, f.Locale)
		}
	}
	if !own {
		return nil, nil
	}
	return locales, nil
}

func publishedIn(app core.App, k useKey) (bool, error) {
	where := dbx.HashExp{"scope": k.scope, "segment": k.segment, "published": true}
	if k.context != "" {
		where["context"] = k.context
	}
	var n int
	if err := app.DB().Select("COUNT(*)").From("segment_uses").Where(where).Row(&n); err != nil {
		return false, fmt.Errorf("count published uses: %w", err)
	}
	return n > 0, nil
}

// Keys gives each place the key its text has on the wire.
func Keys(app core.App, places []Place) ([]string, error) {
	keys := make([]string, len(places))
	segments := make([]string, len(places))
	for i, p := range places {
		segments[i] = p.Segment.ID
	}
	own := map[string]bool{}
	for chunk := range chunks(segments, 400) {
		var found []row
		err := app.DB().Select("segment", "context").Distinct(true).From("translations").
			Where(dbx.In("segment", chunk...)).AndWhere(dbx.HashExp{"given": true}).
			AndWhere(dbx.NewExp("context != ''")).All(&found)
		if err != nil {
			return nil, fmt.Errorf("list wordings of one place: %w", err)
		}
		for _, r := range found {
			own[Key(r.Segment, r.Context)] = true
		}
	}
	for i, p := range places {
		keys[i] = Key(p.Segment.ID, "")
		if with := Key(p.Segment.ID, p.Context); own[with] {
			keys[i] = with
		}
	}
	return keys, nil
}

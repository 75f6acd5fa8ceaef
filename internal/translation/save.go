package translation

import (
	"errors"
	"fmt"

	"folje/internal/database"
	"folje/internal/sync"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ErrConflict says that the text was changed since the base was read.
var ErrConflict = errors.New("the translation was changed meanwhile")

// Edit is one save of a translator: the text of a place of a record in a
// locale. Only makes it a wording for this place alone. Base is the version
// she saw ("" for none). Unfinished keeps the text as a draft, which phones
// don't get; an empty finished text of a reusable wording takes it back.
type Edit struct {
	Record, Author string
	Place          Place
	Locale         string
	Text           string
	Base           string
	Only           bool
	Unfinished     bool
}

// Save stores the edit, confirms it in its place, and tells the feeds. It
// fails with [ErrConflict] where Base isn't what is stored. Call it in a
// transaction.
func Save(app core.App, e Edit) error {
	e.Text = text.Fold(e.Text)
	texts, err := rows(app, e.Locale, []string{e.Place.Segment.ID})
	if err != nil {
		return err
	}
	if best(texts, e.Place.Segment.ID, e.Place.Context).version() != e.Base {
		return ErrConflict
	}
	key := e.Place.Segment.ID
	if e.Only {
		key = Key(e.Place.Segment.ID, e.Place.Context)
	}
	stored := texts[key]
	if e.Unfinished {
		return store(app, e, stored)
	}
	if e.Text == "" && !e.Only {
		if err := remove(app, e, stored); err != nil {
			return err
		}
	} else if err := store(app, e, stored); err != nil {
		return err
	}
	if !e.Only {
		if err := dropOnly(app, e, texts); err != nil {
			return err
		}
	}
	if err := Confirm(app, e.Record, e.Place.Segment.ID, e.Locale, e.Text); err != nil {
		return err
	}
	return announceText(app, e.Place.Segment.ID, e.Locale)
}

// Put stores a text that comes with content from elsewhere (a pack): reusable,
// of the given status, and only where the locale has none yet.
func Put(app core.App, segment, locale, wording, status string) error {
	texts, err := rows(app, locale, []string{segment})
	if err != nil || texts[segment] != nil {
		return err
	}
	r, err := record(app, nil)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"segment": segment, "locale": locale, "text": text.Fold(wording), "given": true, "status": status})
	if err := app.Save(r); err != nil {
		return fmt.Errorf("save translation: %w", err)
	}
	return announceText(app, segment, locale)
}

func store(app core.App, e Edit, stored *row) error {
	r, err := record(app, stored)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"segment": e.Place.Segment.ID, "locale": e.Locale, "author": e.Author})
	if e.Only {
		r.Set("context", e.Place.Context)
	}
	if e.Unfinished {
		r.Set("draft", e.Text)
		if stored == nil {
			r.Set("status", Draft)
		}
	} else {
		r.Load(map[string]any{"text": e.Text, "draft": "", "given": true, "status": Reviewed})
	}
	if err := app.Save(r); err != nil {
		return fmt.Errorf("save translation: %w", err)
	}
	return nil
}

func remove(app core.App, e Edit, stored *row) error {
	if stored == nil {
		return nil
	}
	if _, err := app.DB().Delete("translations", dbx.HashExp{"id": stored.ID}).Execute(); err != nil {
		return fmt.Errorf("delete translation: %w", err)
	}
	return forEachPublished(app, e.Place.Segment.ID, func(u published) error {
		return sync.Bury(app, u.Scope, e.Locale, Key(e.Place.Segment.ID, ""))
	})
}

// dropOnly ends the wording for this place alone: the reusable one was saved
// for it. Records that used it are told, because their key changed.
func dropOnly(app core.App, e Edit, texts map[string]*row) error {
	own := texts[Key(e.Place.Segment.ID, e.Place.Context)]
	if own == nil {
		return nil
	}
	if _, err := app.DB().Delete("translations", dbx.HashExp{"id": own.ID}).Execute(); err != nil {
		return fmt.Errorf("delete wording of one place: %w", err)
	}
	return forEachPublished(app, e.Place.Segment.ID, func(u published) error {
		if u.Context != e.Place.Context {
			return nil
		}
		if _, err := sync.Numbers(app, u.Scope, []string{e.Place.Segment.ID}); err != nil {
			return err
		}
		return sync.Touch(app, u.Scope, sync.Records, sync.Item(u.Collection, u.Record))
	})
}

func record(app core.App, stored *row) (*core.Record, error) {
	if stored != nil {
		return app.FindRecordById("translations", stored.ID)
	}
	return database.NewRecord(app, "translations")
}

// Confirm notes on every use of the segment in the record that this wording is
// right there.
func Confirm(app core.App, owner, segment, locale, wording string) error {
	uses, err := app.FindAllRecords("segment_uses", dbx.HashExp{"record": owner, "segment": segment})
	if err != nil {
		return fmt.Errorf("list uses to confirm: %w", err)
	}
	for _, u := range uses {
		confirmed := map[string]string{}
		if err := u.UnmarshalJSONField("confirmed", &confirmed); err != nil || confirmed == nil {
			confirmed = map[string]string{}
		}
		confirmed[locale] = version(wording)
		u.Set("confirmed", confirmed)
		if err := app.Save(u); err != nil {
			return fmt.Errorf("confirm: %w", err)
		}
	}
	return nil
}

// ConfirmPlace confirms the text the place has now; it reports false where
// there is none to confirm.
func ConfirmPlace(app core.App, owner string, p Place, locale string) (bool, error) {
	texts, err := rows(app, locale, []string{p.Segment.ID})
	if err != nil {
		return false, err
	}
	r := best(texts, p.Segment.ID, p.Context)
	if r == nil || !r.Given {
		return false, nil
	}
	if r.Status == Machine { // somebody who reads the language found it right
		if err := setStatus(app, r.ID, Reviewed); err != nil {
			return false, err
		}
	}
	if err := Confirm(app, owner, p.Segment.ID, locale, r.Text); err != nil {
		return false, err
	}
	return true, announceText(app, p.Segment.ID, locale)
}

func setStatus(app core.App, id, status string) error {
	r, err := app.FindRecordById("translations", id)
	if err != nil {
		return err
	}
	r.Set("status", status)
	return app.Save(r)
}

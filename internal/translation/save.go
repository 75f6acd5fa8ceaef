package translation

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"folje/internal/database"
	"folje/internal/problem"
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/wording"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ErrConflict says that the text was changed since the base was read.
var ErrConflict = errors.New("the translation was changed meanwhile")

// errOwn (403): a second person is to review the text, and she wrote it.
var errOwn = problem.New(http.StatusForbidden, "error.review_own")

// Edit is one save of a translator: the text of a place of a record in a
// locale. Only makes it a wording for this place alone. Base is the version
// she saw ("" for none). Unfinished keeps the text as a draft, which phones
// don't get; an empty finished text of a reusable wording takes it back. At is
// the moment for the history; zero is now.
type Edit struct {
	Collection, Record string
	Author             string
	Place              Place
	Locale             string
	Text               string
	Base               string
	Only               bool
	Unfinished         bool
	At                 time.Time
}

// Save stores the edit, confirms it in its place, writes the history, and tells
// the feeds. A text of which nothing is to be seen is empty. Where a second
// person reviews every text, a finished one is a draft until she finds it right;
// saving the same words again is finding them right. It fails with [ErrConflict]
// where Base isn't what is stored, and with a problem that names the faults
// where a finished text misleads ([wording.Check]). What an engine wrote where she
// saw nothing is no conflict: nobody's work is lost when hers takes its place, and
// where she wrote nothing it stays. Call it in a transaction.
func Save(app core.App, e Edit) error {
	if e.Text = text.Fold(e.Text); text.Blank(e.Text) {
		e.Text = ""
	}
	texts, err := rows(app, e.Locale, []string{e.Place.Segment.ID})
	if err != nil {
		return err
	}
	if now := best(texts, e.Place.Segment.ID, e.Place.Context); now.version() != e.Base {
		if e.Base != "" || !now.untouched() {
			return ErrConflict
		}
		if e.Text == "" && !e.Only {
			return nil
		}
	}
	stored := texts[e.key()]
	if e.Unfinished {
		return store(app, e, stored, verdict{status: Draft})
	}
	if err := finish(app, e, stored); err != nil {
		return err
	}
	if !e.Only {
		if err := dropOnly(app, e, texts); err != nil {
			return err
		}
		// A wording for one place needs no confirming, and says nothing of the
		// reusable one in the record's other places.
		if err := Confirm(app, e.Record, e.Place.Segment.ID, e.Locale, e.Text); err != nil {
			return err
		}
	}
	return announceText(app, e.Place.Segment.ID, e.Locale)
}

// untouched reports whether an engine wrote the text, and no person since.
func (r *row) untouched() bool { return r != nil && r.Given && r.Status == Machine && r.Draft == "" }

func (e Edit) key() string {
	if e.Only {
		return Key(e.Place.Segment.ID, e.Place.Context)
	}
	return e.Place.Segment.ID
}

// finish stores a finished text, or takes it back where it is empty.
func finish(app core.App, e Edit, stored *row) error {
	if e.Text == "" && !e.Only {
		return remove(app, e, stored)
	}
	if err := e.check(); err != nil {
		return err
	}
	second, err := SecondReview(app)
	if err != nil {
		return err
	}
	v := verdict{status: Reviewed, author: e.Author, action: Saved}
	if second {
		v.status = Draft
	}
	if stored != nil && stored.Given && stored.Text == e.Text {
		if again, err := stored.approve(e.Author, second); err == nil {
			v = again
		}
	}
	if err := store(app, e, stored, v); err != nil {
		return err
	}
	return e.deed(v.action).Write(app)
}

// check gives a problem that names the faults where the text misleads. A text
// that is empty on purpose doesn't.
func (e Edit) check() error {
	if e.Text == "" {
		return nil
	}
	faults := wording.Check(e.Place.Segment.Text, e.Text, e.Locale)
	if !wording.Hard(faults) {
		return nil
	}
	p := problem.New(http.StatusBadRequest, "error.translation_check").With("faults", faults)
	p.Fields = map[string]problem.Field{"text": {Code: "error.translation_check"}}
	return p
}

func (e Edit) deed(action string) Deed {
	d := Deed{
		Segment: e.Place.Segment.ID, Locale: e.Locale, Collection: e.Collection, Record: e.Record,
		Action: action, Author: e.Author, Source: e.Place.Segment.Text, Text: e.Text, At: e.At,
	}
	if e.Only {
		d.Context = e.Place.Context
	}
	return d
}

// verdict is what becomes of a text: its status, who wrote it and who reviewed
// it ("" leaves them as they are), and what the history calls it.
type verdict struct{ status, author, reviewer, action string }

// approve is what becomes of the text when somebody finds it right. It fails
// where a second person is to do that and she wrote it.
func (r *row) approve(who string, second bool) (verdict, error) {
	switch {
	case r.Status == Draft && second && r.Author == who:
		return verdict{}, errOwn
	case r.Status == Machine && second:
		return verdict{status: Draft, author: who, action: Reviewed}, nil
	case r.Status == Reviewed:
		return verdict{status: Reviewed, action: Confirmed}, nil
	}
	return verdict{status: Reviewed, reviewer: who, action: Reviewed}, nil
}

func store(app core.App, e Edit, stored *row, v verdict) error {
	r, err := record(app, stored)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"segment": e.Place.Segment.ID, "locale": e.Locale})
	if e.Only {
		r.Set("context", e.Place.Context)
	}
	if e.Unfinished {
		r.Set("draft", e.Text)
		if stored == nil {
			r.Load(map[string]any{"status": v.status, "author": e.Author})
		}
	} else {
		r.Load(map[string]any{"text": e.Text, "draft": "", "given": true})
		v.onto(r)
	}
	if err := app.Save(r); err != nil {
		return fmt.Errorf("save translation: %w", err)
	}
	return nil
}

// onto writes the verdict into the translation's record. Who writes a text anew
// takes away what the one before had of a reviewer, here or elsewhere, and an
// engine.
func (v verdict) onto(r *core.Record) {
	r.Set("status", v.status)
	if v.author != "" {
		r.Load(map[string]any{"author": v.author, "reviewer": ""})
	}
	if v.action == Saved {
		r.Load(map[string]any{"engine": "", "elsewhere": ""})
	}
	if v.reviewer != "" {
		r.Set("reviewer", v.reviewer)
	}
}

func remove(app core.App, e Edit, stored *row) error {
	if stored == nil {
		return nil
	}
	if _, err := app.DB().Delete("translations", dbx.HashExp{"id": stored.ID}).Execute(); err != nil {
		return fmt.Errorf("delete translation: %w", err)
	}
	if stored.Given {
		if err := e.deed(Removed).Write(app); err != nil {
			return err
		}
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

package letter

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

var errUnchanged = errors.New("nothing to publish")

// Publish makes the draft the letter's next revision and tells the feeds of
// its groups. Base is the save that the author saw. It fails with a conflict
// where another save came meanwhile, and names the fields where the letter
// isn't complete. Publishing what is published already changes nothing, so a
// request may be repeated.
func Publish(app core.App, id, author string, base int, now time.Time) (Letter, error) {
	var l Letter
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if l, err = Find(tx, id); err != nil {
			return err
		}
		if l.Base() != base {
			return problem.Conflict("error.letter_conflict", l.PublicExport())
		}
		return publish(tx, l, author, now)
	})
	if errors.Is(err, errUnchanged) {
		err = nil
	}
	return l, err
}

func publish(tx core.App, l Letter, author string, now time.Time) error {
	content, err := l.Content()
	if err != nil {
		return err
	}
	fields := incomplete(l, content)
	if err := belongings(tx, l, fields); err != nil {
		return err
	}
	if len(fields) > 0 {
		p := problem.Invalid(fields)
		p.Code = "error.letter_incomplete"
		return p
	}
	before, err := scopesBefore(tx, l, content)
	if err != nil {
		return err
	}
	if err := saveRevision(tx, l, content, author, now); err != nil {
		return err
	}
	if err := index(tx, l); err != nil {
		return err
	}
	if err := translation.Tell(tx, sync.Item(letters, l.Id), translation.Places(content), before, l.Groups()); err != nil {
		return err
	}
	return audit.Write(tx, author, "publish letter", l.Id, now)
}

// incomplete says, field by field, what a letter lacks before parents can get it.
func incomplete(l Letter, content []text.Block) map[string]problem.Field {
	fields := map[string]problem.Field{}
	has := map[string]bool{}
	for _, b := range content {
		has[b.ID] = true
		if b.Kind.Body() {
			has["blocks"] = true
		}
	}
	for _, name := range []string{"title", "question", "blocks"} {
		if !has[name] {
			fields[name] = problem.Field{Code: "error.letter_needs_" + name}
		}
	}
	if len(l.Groups()) == 0 {
		fields["groups"] = problem.Field{Code: "error.letter_needs_groups"}
	}
	for _, f := range text.Validate(content) {
		fields[fieldOf(f.Block)] = problem.Field{Code: f.Code, Params: f.Params}
	}
	return fields
}

// scopesBefore gives the scopes that have the letter now; errUnchanged where
// they have exactly this content already.
func scopesBefore(tx core.App, l Letter, content []text.Block) ([]string, error) {
	if !l.Live() {
		return nil, nil
	}
	latest, err := Latest(tx, l)
	if err != nil {
		return nil, fmt.Errorf("find latest revision: %w", err)
	}
	published, err := latest.Content()
	if err != nil {
		return nil, err
	}
	if sameText(published, content) && slices.Equal(latest.Groups(), l.Groups()) &&
		latest.GetString("meeting") == l.GetString("meeting") && latest.GetBool("sensitive") == l.GetBool("sensitive") {
		return nil, errUnchanged
	}
	return latest.Groups(), nil
}

func saveRevision(tx core.App, l Letter, content []text.Block, author string, now time.Time) error {
	r, err := database.NewRecord(tx, revisions)
	if err != nil {
		return err
	}
	r.Load(map[string]any{
		"letter": l.Id, "number": l.Number() + 1, "content": content, "groups": l.Groups(),
		"meeting": l.GetString("meeting"), "sensitive": l.GetBool("sensitive"),
		"published": now.UTC(), "author": author,
	})
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("save revision: %w", err)
	}
	if l.Live() {
		l.Set("corrected", now.UTC())
	} else {
		l.Set("published", now.UTC())
		l.Set("corrected", nil)
	}
	l.Set("withdrawn", nil)
	l.Set("number", l.Number()+1)
	if err := tx.Save(l.Record); err != nil {
		return fmt.Errorf("save letter: %w", err)
	}
	return nil
}

// Withdraw takes the letter back from every phone; the draft stays. A letter
// that nobody has is left as it is.
func Withdraw(app core.App, id, author string, now time.Time) (Letter, error) {
	var l Letter
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if l, err = Find(tx, id); err != nil {
			return err
		}
		if !l.Live() {
			if l.Number() == 0 {
				return problem.New(http.StatusBadRequest, "error.letter_not_published")
			}
			return nil
		}
		latest, err := Latest(tx, l)
		if err != nil {
			return fmt.Errorf("find latest revision: %w", err)
		}
		l.Set("withdrawn", now.UTC())
		if err := tx.Save(l.Record); err != nil {
			return fmt.Errorf("save letter: %w", err)
		}
		if err := index(tx, l); err != nil {
			return err
		}
		if err := translation.Tell(tx, sync.Item(letters, l.Id), nil, latest.Groups(), nil); err != nil {
			return err
		}
		return audit.Write(tx, author, "withdraw letter", l.Id, now)
	})
	return l, err
}

// bindDelete forgets what a deleted letter used, and takes it back from phones.
// What the API was asked to delete is looked at again inside the transaction:
// it may have been published since the rule let the request through, and only
// PocketBase's superusers may delete a letter that parents have had.
func (f *feature) bindDelete(app core.App) {
	app.OnRecordDeleteRequest(letters).BindFunc(func(e *core.RecordRequestEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			l, err := Find(tx, e.Record.Id)
			if err == nil && l.Number() > 0 && !e.HasSuperuserAuth() {
				err = problem.NotFound()
			}
			if err != nil {
				return problem.API(e.RequestEvent, f.Locales, err)
			}
			return e.Next()
		})
	})
	app.OnRecordDelete(letters).BindFunc(func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := forget(tx, e.Record.Id); err != nil {
				return err
			}
			return e.Next()
		})
	})
}

// forget goes by what is stored: the caller's copy may be from before the
// letter was published.
func forget(tx core.App, id string) error {
	l, err := Find(tx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find letter: %w", err)
	}
	if l.Live() {
		latest, err := Latest(tx, l)
		if err != nil {
			return fmt.Errorf("find latest revision: %w", err)
		}
		if err := translation.Tell(tx, sync.Item(letters, id), nil, latest.Groups(), nil); err != nil {
			return err
		}
	}
	return translation.Index(tx, translation.Owner{Collection: letters, ID: id})
}

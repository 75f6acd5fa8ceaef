package letter

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

var errUnchanged = errors.New("nothing to publish")

// order is how a letter is to be published: by whom, from which save, for how
// long it can be undone, and from when on phones ring: from hold on, or once
// it can be read in all locales of awaits. Without a hold that is at once, or,
// where phones are held back already, when that ends.
type order struct {
	author string
	base   int
	undo   time.Duration
	hold   *time.Time
	awaits []string // locales that the hold ends for; nil where nobody said
	silent bool     // no phone rings
}

// Publish makes the draft the letter's next revision and tells the feeds of
// its groups, at once. Base is the save that the author saw. It fails with a
// conflict where another save came meanwhile, and names the fields where the
// letter isn't complete. Publishing what is published already changes nothing,
// so a request may be repeated. It rings no phone; the route does.
func Publish(app core.App, id, author string, base int, now time.Time) (Letter, error) {
	return publish(app, id, order{author: author, base: base, silent: true}, now)
}

// publish is [Publish] with phones, released only when it can't be undone any
// more. What waited before is replaced.
func publish(app core.App, id string, o order, now time.Time) (Letter, error) {
	var l Letter
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if l, err = Find(tx, id); err != nil {
			return err
		}
		if l.Base() != o.base {
			return problem.Conflict("error.letter_conflict", l.PublicExport())
		}
		content, err := sendable(tx, l)
		if err != nil {
			return err
		}
		waited := l.Waits()
		if err := takeBack(tx, l); err != nil {
			return err
		}
		same, err := published(tx, l, content)
		if err != nil {
			return err
		}
		if same && waited {
			return settle(tx, l, o.author, "undo letter", now)
		}
		if same {
			return errUnchanged
		}
		return send(tx, l, content, o, now)
	})
	if errors.Is(err, errUnchanged) {
		err = nil
	}
	return l, err
}

// sendable gives the draft's content, or tells what it lacks before parents can
// get it.
func sendable(tx core.App, l Letter) ([]text.Block, error) {
	content, err := l.Content()
	if err != nil {
		return nil, err
	}
	fields, err := lacking(tx, l, content)
	if err != nil {
		return nil, err
	}
	if err := belongings(tx, l, fields); err != nil {
		return nil, err
	}
	if err := unattached(tx, l, fields); err != nil {
		return nil, err
	}
	if len(fields) > 0 {
		p := problem.Invalid(fields)
		p.Code = "error.letter_incomplete"
		return nil, p
	}
	return content, nil
}

// send stores the next revision and what is to ring for it, and releases it
// where it needn't wait.
func send(tx core.App, l Letter, content []text.Block, o order, now time.Time) error {
	next, err := saveRevision(tx, l, content, o.author)
	if err != nil {
		return err
	}
	row, err := ringing(tx, l, next, o, now)
	if err != nil {
		return err
	}
	if o.undo > 0 {
		l.Set("release", row.Due.UTC())
		err = store(tx, l)
	} else {
		err = releaseNow(tx, l, next, o, now)
	}
	if err != nil {
		return err
	}
	if !o.silent {
		if err := add(tx, row); err != nil {
			return err
		}
	}
	return audit.Write(tx, o.author, "publish letter", l.Id, now)
}

func releaseNow(tx core.App, l Letter, next Revision, o order, now time.Time) error {
	before, err := scopes(tx, l)
	if err != nil {
		return err
	}
	if err := release(tx, l, next, before, "", now); err != nil || o.silent {
		return err
	}
	return ringLosers(tx, l, next, before, now)
}

// lacking is [incomplete], without the question of the day for the letter of a
// meeting about a theme, which has none.
func lacking(app core.App, l Letter, content []text.Block) (map[string]problem.Field, error) {
	fields := incomplete(l, content)
	if _, asks := fields["question"]; !asks || l.GetString("meeting") == "" {
		return fields, nil
	}
	thematic, err := app.CountRecords("meetings", dbx.HashExp{"id": l.GetString("meeting"), "kind": "thematic"})
	if err != nil {
		return nil, fmt.Errorf("look what the letter's meeting is about: %w", err)
	}
	if thematic > 0 {
		delete(fields, "question")
	}
	return fields, nil
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

// published reports whether phones have exactly this.
func published(tx core.App, l Letter, content []text.Block) (bool, error) {
	if !l.Live() {
		return false, nil
	}
	latest, err := Latest(tx, l)
	if err != nil {
		return false, fmt.Errorf("find latest revision: %w", err)
	}
	has, err := latest.Content()
	if err != nil {
		return false, err
	}
	return sameText(has, content) && slices.Equal(latest.Groups(), l.Groups()) &&
		latest.GetString("meeting") == l.GetString("meeting") && latest.GetBool("sensitive") == l.Sensitive(), nil
}

func saveRevision(tx core.App, l Letter, content []text.Block, author string) (Revision, error) {
	r, err := database.NewRecord(tx, revisions)
	if err != nil {
		return Revision{}, err
	}
	r.Load(map[string]any{
		"letter": l.Id, "number": l.Number() + 1, "content": content, "groups": l.Groups(),
		"meeting": l.GetString("meeting"), "sensitive": l.Sensitive(), "author": author,
	})
	if err := tx.Save(r); err != nil {
		return Revision{}, fmt.Errorf("save revision: %w", err)
	}
	return Revision{r}, nil
}

// store saves the letter and says which segments it uses.
func store(tx core.App, l Letter) error {
	if err := tx.Save(l.Record); err != nil {
		return fmt.Errorf("save letter: %w", err)
	}
	return index(tx, l)
}

// settle is store, with a note of who did it.
func settle(tx core.App, l Letter, author, deed string, now time.Time) error {
	if err := store(tx, l); err != nil {
		return err
	}
	return audit.Write(tx, author, deed, l.Id, now)
}

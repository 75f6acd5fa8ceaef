// Package recording keeps letters read aloud: one recording of a letter in a
// locale, with the moment at which each sentence begins, for phones whose voice
// doesn't speak the language and for parents who don't read.
//
// What is recorded is what parents have, or, while they have nothing of the
// letter, what is being written. A recording is of exact words: its version is
// the hash of the texts that were read, and whether it still says what the
// letter says is derived, never stored. Of a letter that was corrected phones
// hear nothing until it is recorded again; a letter that is withdrawn loses its
// recordings. Nothing of it ever rings.
package recording

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const (
	collection = "recordings"
	letters    = "letters"
)

// Limits of one recording.
const (
	MaxBytes  = 20 << 20
	MaxLength = 15 * time.Minute
)

// Config is what recordings need from outside.
type Config struct {
	Locales *locale.Bundle
	// Letters says what a letter consists of, as being written and as phones
	// have it.
	Letters translation.Work
	// Authenticate finds the phone that asks.
	Authenticate func(*http.Request) (*access.Device, error)
	Now          func() time.Time
}

type feature struct{ Config }

// Register binds the routes that recordings are made and heard through, and
// what withdrawing a letter does to them.
func Register(app core.App, cfg Config) {
	f := &feature{cfg}
	bindWithdrawal(app)
	f.bindRoutes(app)
	f.bindSweep(app)
}

// Recording wraps a record of the collection recordings.
type Recording struct{ *core.Record }

// Locale is the language it is spoken in, as a tag.
func (r Recording) Locale() string { return r.GetString("locale") }

// Marks are the moments at which the letter's sentences begin.
func (r Recording) Marks() ([]Mark, error) {
	var marks []Mark
	if err := r.UnmarshalJSONField("marks", &marks); err != nil {
		return nil, fmt.Errorf("read the marks of a recording: %w", err)
	}
	return marks, nil
}

// of gives the letter's recording in the locale, nil for none.
func of(app core.App, letter, locale string) (*Recording, error) {
	r, err := app.FindFirstRecordByFilter(collection, "letter = {:letter} && locale = {:locale}",
		dbx.Params{"letter": letter, "locale": locale})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a recording: %w", err)
	}
	return &Recording{r}, nil
}

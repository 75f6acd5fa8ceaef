// Package attachment keeps the pictures and files of letters: what a block of a
// letter stands for, with what it shows or says as the block's text beside it.
//
// An attachment is of one letter, its id is made by the editor, and what an id
// names never changes, so that phones keep what they have fetched. A picture is
// cleaned of everything that isn't the picture, first of all where it was taken.
// Phones get it while the letter they have stands for it, staff of the unit
// always. It is erased with the letter, and when the letter is withdrawn.
package attachment

import (
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/locale"

	"github.com/pocketbase/pocketbase/core"
)

const (
	collection = "attachments"
	letters    = "letters"
)

// Limits of a letter's attachments, in bytes unless they say otherwise.
const (
	MaxPicture = 2 << 20
	MaxFile    = 5 << 20
	MaxSide    = 1600 // of a picture, in pixels
	MaxCount   = 12   // of those that one letter stands for
	MaxAll     = 16 << 20
)

// Use is what a letter says of its attachments.
type Use struct {
	Unit string
	// Groups have the letter, none where it isn't out; Published are the
	// attachments in what they have.
	Groups    []string
	Published []string
	// Drafted are those of what is being written and of what waits to go out.
	Drafted []string
}

// Config is what attachments need from outside.
type Config struct {
	Locales *locale.Bundle
	// Letter says which attachments a letter stands for; sql.ErrNoRows where
	// there is no such letter.
	Letter func(app core.App, id string) (Use, error)
	// Authenticate finds the phone that asks.
	Authenticate func(*http.Request) (*access.Device, error)
	Now          func() time.Time
}

type feature struct{ Config }

// Register binds the routes that attachments are sent and fetched through, and
// what withdrawing a letter does to them.
func Register(app core.App, cfg Config) {
	f := &feature{cfg}
	bindWithdrawal(app)
	f.bindRoutes(app)
	f.bindSweep(app)
}

// View is an attachment as staff and phones know it. Width and height are a
// picture's, in pixels.
type View struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Type   string `json:"type"`
	Bytes  int    `json:"bytes"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

func view(r *core.Record) View {
	return View{
		ID: r.Id, Kind: r.GetString("kind"), Type: r.GetString("type"), Bytes: r.GetInt("bytes"),
		Width: r.GetInt("width"), Height: r.GetInt("height"),
	}
}

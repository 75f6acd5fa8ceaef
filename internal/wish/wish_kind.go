package wish

import (
	"fmt"
	"net/http"
	"time"
	"unicode/utf8"

	"folje/internal/access"
	"folje/internal/database"
	"folje/internal/operation"
	"folje/internal/problem"
	"folje/internal/text"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/core"
)

// What a wish is rejected with.
var (
	errEmpty   = problem.New(http.StatusBadRequest, "error.wish_empty")
	errTooLong = problem.New(http.StatusBadRequest, "error.wish_too_long")
	errMany    = problem.New(http.StatusBadRequest, "error.wish_many")
)

// Kind is the operation "wish" {group, text}: one more wish of the group,
// which the device must follow. Text is of at most [MaxText] runes once white
// space is folded. Of a device's wishes for a group at most [mostDaily] a day
// are taken.
func Kind(now func() time.Time) operation.Kind {
	limit := newDaily()
	return operation.Kind{Version: 1, Apply: func(tx core.App, device access.Device, op operation.Operation) (operation.Outcome, error) {
		var body struct {
			Group string `json:"group"`
			Text  string `json:"text"`
		}
		if err := operation.Decode(op, &body); err != nil {
			return operation.Outcome{}, err
		}
		if !device.In(body.Group, now()) {
			return operation.Outcome{}, access.ErrNotMember
		}
		return operation.Outcome{}, limit.within(tx, device.ID, body.Group, zone.Day(now()), func() error {
			return add(tx, body.Group, body.Text, now())
		})
	}}
}

func add(tx core.App, group, words string, now time.Time) error {
	words = text.Fold(words)
	switch n := utf8.RuneCountInString(words); {
	case n == 0:
		return errEmpty
	case n > MaxText:
		return errTooLong
	}
	w, err := database.NewRecord(tx, collection)
	if err != nil {
		return err
	}
	w.Load(map[string]any{"group": group, "text": words, "day": zone.Day(now), "state": Open})
	if err := tx.Save(w); err != nil {
		return fmt.Errorf("save wish: %w", err)
	}
	return nil
}

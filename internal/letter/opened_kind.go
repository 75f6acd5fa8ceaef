package letter

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"folje/internal/access"
	"folje/internal/operation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const opens = "letter_opens"

// Opened is the operation "opened" {letter, locale}: a phone shows the letter
// for the first time, in a locale. It is counted, and nothing of the phone is
// kept with it. Nobody is refused: of a letter that the phone doesn't have, or
// a locale that isn't one, nothing is counted, and its reader, who did nothing
// wrong, is told nothing.
func Opened(knows func(locale string) bool, now func() time.Time) operation.Kind {
	return operation.Kind{Version: 1, Apply: func(tx core.App, device access.Device, op operation.Operation) (operation.Outcome, error) {
		var body struct {
			Letter string `json:"letter"`
			Locale string `json:"locale"`
		}
		if err := operation.Decode(op, &body); err != nil {
			return operation.Outcome{}, err
		}
		has, err := sentTo(tx, body.Letter, device, now())
		if err != nil || !has || !knows(body.Locale) {
			return operation.Outcome{}, err
		}
		return operation.Outcome{}, countOpened(tx, body.Letter, body.Locale)
	}}
}

// sentTo reports whether the device follows a group that has the letter.
func sentTo(tx core.App, id string, device access.Device, now time.Time) (bool, error) {
	l, err := Find(tx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find letter: %w", err)
	}
	groups, err := scopes(tx, l)
	return slices.ContainsFunc(groups, func(g string) bool { return device.In(g, now) }), err
}

func countOpened(tx core.App, id, locale string) error {
	_, err := tx.DB().NewQuery(`INSERT INTO letter_opens (id, letter, locale, phones) VALUES ({:id}, {:letter}, {:locale}, 1)
		ON CONFLICT (letter, locale) DO UPDATE SET phones = phones + 1`).
		Bind(dbx.Params{"id": core.GenerateDefaultRandomId(), "letter": id, "locale": locale}).Execute()
	if err != nil {
		return fmt.Errorf("count an opened letter: %w", err)
	}
	return nil
}

// opened is on how many phones the letter was opened, by locale.
func opened(app core.App, id string) (map[string]int, error) {
	var rows []struct {
		Locale string `db:"locale"`
		Phones int    `db:"phones"`
	}
	if err := app.DB().Select("locale", "phones").From(opens).Where(dbx.HashExp{"letter": id}).All(&rows); err != nil {
		return nil, fmt.Errorf("count who opened the letter: %w", err)
	}
	phones := map[string]int{}
	for _, r := range rows {
		phones[r.Locale] = r.Phones
	}
	return phones, nil
}

// timestamp is a time as PocketBase stores it.
func timestamp(t time.Time) string {
	d, _ := types.ParseDateTime(t) // a time.Time always parses
	return d.String()
}

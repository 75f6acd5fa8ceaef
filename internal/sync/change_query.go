// Package sync brings what staff published to the phones: a log of changes by
// scope and stream, and the two feeds that are read from it by cursor.
//
// A scope is "public" or a group's id. A stream is [Records], a locale, or the
// stream of segment numbers. The log keeps one row for each (scope, stream,
// item) with the scope's sequence number at its last change, taken in the
// transaction that changed the item; a row that is gone is a tombstone and is
// never deleted, so that a phone hears of it however long it was away.
package sync

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const (
	// Public is the scope that everybody follows, without a device.
	Public = "public"
	// Records is the stream of records; every other stream but the numbers'
	// is named by its locale.
	Records = "records"

	numbers = "segments"
)

// Item names a record in the stream [Records].
func Item(collection, id string) string { return collection + ":" + id }

func splitItem(item string) (collection, id string) {
	collection, id, _ = strings.Cut(item, ":")
	return collection, id
}

// Touch marks the item as changed: every cursor of the scope taken so far will
// be told. Call it inside the transaction that changes the item.
func Touch(app core.App, scope, stream, item string) error {
	_, err := mark(app, scope, stream, item, false)
	return err
}

// Bury marks the item as gone. An item the scope never had stays unknown.
func Bury(app core.App, scope, stream, item string) error {
	known, err := find(app, scope, stream, item)
	if err != nil || known == nil || known.Gone {
		return err
	}
	_, err = mark(app, scope, stream, item, true)
	return err
}

// At is the sequence number of the record's last change in the scope, 0 where
// the scope doesn't have it.
func At(app core.App, scope, item string) (int, error) {
	c, err := find(app, scope, Records, item)
	if err != nil || c == nil || c.Gone {
		return 0, err
	}
	return c.Seq, nil
}

// Numbers gives the small number that stands for each of the segment keys on
// the wire in this scope, and allots those that are new. A number is never
// given to another key. Call it inside a transaction.
func Numbers(app core.App, scope string, keys []string) (map[string]int, error) {
	known, err := numbersOf(app, scope, keys)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		if _, ok := known[key]; ok {
			continue
		}
		if known[key], err = mark(app, scope, numbers, key, false); err != nil {
			return nil, err
		}
	}
	return known, nil
}

// change is one row of the log.
type change struct {
	Item string `db:"item"`
	Seq  int    `db:"seq"`
	Gone bool   `db:"gone"`
}

// mark writes the row and takes the scope's next sequence number in one
// statement, so that two numbers can't be alike however writers meet.
func mark(app core.App, scope, stream, item string, gone bool) (int, error) {
	if l := logOf(app); l != nil {
		defer l.begin(app, scope, stream)()
	}
	var seq int
	err := app.NonconcurrentDB().NewQuery(`INSERT INTO changes (id, scope, stream, item, seq, gone, created, updated)
		VALUES ({:id}, {:scope}, {:stream}, {:item},
			(SELECT COALESCE(MAX(seq), 0) + 1 FROM changes WHERE scope = {:scope}), {:gone}, {:now}, {:now})
		ON CONFLICT (scope, stream, item) DO UPDATE SET seq = excluded.seq, gone = excluded.gone, updated = excluded.updated
		RETURNING seq`).
		Bind(dbx.Params{"id": core.GenerateDefaultRandomId(), "scope": scope, "stream": stream, "item": item,
			"gone": gone, "now": types.NowDateTime().String()}).
		Row(&seq)
	if err != nil {
		return 0, fmt.Errorf("log change of %s: %w", stream, err)
	}
	return seq, nil
}

func find(app core.App, scope, stream, item string) (*change, error) {
	var c change
	err := app.DB().Select("item", "seq", "gone").From("changes").
		Where(dbx.HashExp{"scope": scope, "stream": stream, "item": item}).One(&c)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find change: %w", err)
	}
	return &c, nil
}

// since lists the stream's changes after seq, oldest first.
func since(app core.App, scope, stream string, seq int) ([]change, error) {
	var rows []change
	err := app.DB().Select("item", "seq", "gone").From("changes").
		Where(dbx.HashExp{"scope": scope, "stream": stream}).
		AndWhere(dbx.NewExp("seq > {:seq}", dbx.Params{"seq": seq})).
		OrderBy("seq").All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list changes: %w", err)
	}
	return rows, nil
}

// inOneQuestion is how many items one statement asks for.
const inOneQuestion = 400

// numbersOf gives the numbers of those of the keys that have one.
func numbersOf(app core.App, scope string, keys []string) (map[string]int, error) {
	known := make(map[string]int, len(keys))
	for some := range slices.Chunk(keys, inOneQuestion) {
		items := make([]any, len(some))
		for i, key := range some {
			items[i] = key
		}
		var rows []change
		err := app.DB().Select("item", "seq", "gone").From("changes").
			Where(dbx.HashExp{"scope": scope, "stream": numbers}).AndWhere(dbx.In("item", items...)).All(&rows)
		if err != nil {
			return nil, fmt.Errorf("list numbers of segments: %w", err)
		}
		for _, c := range rows {
			known[c.Item] = c.Seq
		}
	}
	return known, nil
}

// Known reports whether all the keys have a number in the scope.
func Known(app core.App, scope string, keys []string) (bool, error) {
	known, err := numbersOf(app, scope, keys)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(keys, func(key string) bool { _, ok := known[key]; return !ok }), nil
}

// Package audit notes who did what to which record and when, never any text.
//
// The rows form a chain: each has the next number and a hash over the hash
// before it and its own fields, made in the transaction of what it notes. Rows
// are only ever added; the database itself refuses to change or delete one.
// Whoever gets around that breaks the chain, or ends it before a head that
// somebody has kept: [Verify] finds the first row that is wrong.
package audit

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const collection = "audit_log"

// System is the actor of what no member of staff did.
const System = "system"

// Restored is the action of the row that a restore adds; its subject is the
// head that was there before, as [Head.String] writes it, or "unknown".
const Restored = "restore backup"

// Write adds a row to audit_log: actor is a staff id (or [System]), action a
// lower-case verb phrase such as "publish letter", subject the record's id.
// Call it in the transaction of what it notes.
func Write(app core.App, actor, action, subject string, at time.Time) error {
	_, err := Add(app, actor, action, subject, at)
	return err
}

// Add is [Write], and gives the row.
func Add(app core.App, actor, action, subject string, at time.Time) (row Row, err error) {
	when, err := types.ParseDateTime(at.UTC())
	if err != nil {
		return Row{}, fmt.Errorf("note a moment: %w", err)
	}
	err = app.RunInTransaction(func(tx core.App) error {
		head, err := Last(tx)
		if err != nil {
			return err
		}
		c, err := tx.FindCachedCollectionByNameOrId(collection)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", collection, err)
		}
		r := core.NewRecord(c)
		r.Id = core.GenerateDefaultRandomId()
		row = Row{ID: r.Id, Seq: head.Seq + 1, Actor: actor, Action: action, Subject: subject, At: when.String()}
		row.Hash = link(head.Hash, row.Digest())
		r.Load(map[string]any{"seq": row.Seq, "actor": actor, "action": action, "subject": subject, "at": when, "hash": row.Hash})
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("write audit log: %w", err)
		}
		return nil
	})
	return row, err
}

// Last is the chain's head, the zero value while there is no row.
func Last(app core.App) (h Head, err error) {
	err = app.DB().Select("seq", "hash").From(collection).OrderBy("seq DESC").Limit(1).One(&h)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, fmt.Errorf("find the head of the audit log: %w", err)
	}
	return h, nil
}

// Register keeps the dashboard from deleting or altering the collection, which
// would take the rows, or what protects them, along.
func Register(app core.App) {
	refuse := func(*core.CollectionEvent) error { return errors.New("the audit log is only added to") }
	app.OnCollectionDelete(collection).BindFunc(refuse)
	app.OnCollectionUpdate(collection).BindFunc(refuse)
}

// After lists at most so many rows after the number, in their order.
func After(app core.App, seq, most int) (rows []Row, err error) {
	err = app.DB().Select("id", "seq", "actor", "action", "subject", "at", "hash").From(collection).
		Where(dbx.NewExp("[[seq]] > {:seq}", dbx.Params{"seq": seq})).OrderBy("seq").Limit(int64(most)).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the audit log: %w", err)
	}
	return rows, nil
}

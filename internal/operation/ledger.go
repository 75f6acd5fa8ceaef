package operation

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

const collection = "operations"

// ledger applies operations exactly once.
type ledger struct {
	kinds map[string]Kind
	mark  func(caller, op string) string
}

// apply gives the operation's verdict: the one it had before, or else that of
// applying it now. An error means that there is none, and nothing is changed.
func (l *ledger) apply(app core.App, by caller, op Operation) (Verdict, error) {
	kind, known := l.kinds[op.Kind]
	known = known && by.knows(kind)
	if known && kind.Anyone && op.V <= kind.Version {
		return inTransaction(app, func(tx core.App) (Verdict, error) {
			out, err := kind.Apply(tx, *by.device, op)
			return verdictOf(op, out, err)
		})
	}
	mark := l.mark(by.name(), op.ID)
	v, err := inTransaction(app, func(tx core.App) (Verdict, error) {
		return once(tx, mark, func() (Verdict, error) {
			if !known || op.V > kind.Version {
				if err := by.exists(tx); err != nil {
					return Verdict{}, err
				}
				return Verdict{}, errNewer
			}
			out, err := by.run(tx, kind, op)
			return verdictOf(op, out, err)
		})
	})
	code, refused := rejection(err)
	if !refused {
		return v, err
	}
	// What the operation wrote is rolled back; the verdict is written by itself.
	return inTransaction(app, func(tx core.App) (Verdict, error) {
		return once(tx, mark, func() (Verdict, error) { return Verdict{Value: Rejected, Code: code}, nil })
	})
}

// inTransaction gives no verdict that was not committed.
func inTransaction(app core.App, decide func(tx core.App) (Verdict, error)) (v Verdict, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		v, err = decide(tx)
		return err
	})
	if err != nil {
		return Verdict{}, err
	}
	return v, nil
}

// once gives the verdict in the ledger, or decides one and enters it.
func once(tx core.App, mark string, decide func() (Verdict, error)) (Verdict, error) {
	entry, err := tx.FindFirstRecordByData(collection, "mark", mark)
	if err == nil {
		return earlier(entry), nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return Verdict{}, fmt.Errorf("find the operation: %w", err)
	}
	v, err := decide()
	if err != nil {
		return Verdict{}, err
	}
	if entry, err = database.NewRecord(tx, collection); err != nil {
		return Verdict{}, err
	}
	entry.Load(map[string]any{"mark": mark, "verdict": v.Value, "code": v.Code})
	if err := tx.Save(entry); err != nil {
		return Verdict{}, fmt.Errorf("enter the operation: %w", err)
	}
	return v, nil
}

// earlier is the verdict of an operation that comes again.
func earlier(entry *core.Record) Verdict {
	v := Verdict{Value: entry.GetString("verdict"), Code: entry.GetString("code")}
	if v.Value == Applied {
		v.Value = Repeated
	}
	return v
}

func verdictOf(op Operation, out Outcome, err error) (Verdict, error) {
	if err != nil {
		return Verdict{}, fmt.Errorf("apply %s: %w", op.Kind, err)
	}
	if out.Late {
		return Verdict{Value: Late, Code: out.Code}, nil
	}
	return Verdict{Value: Applied}, nil
}

// rejection reports whether err is the operation's own fault, and its code.
func rejection(err error) (code string, ok bool) {
	if err == nil {
		return "", false
	}
	p := problem.From(err)
	own := p.Status >= 400 && p.Status < 500 && p.Status != http.StatusUnauthorized && p.Status != http.StatusTooManyRequests
	return p.Code, own
}

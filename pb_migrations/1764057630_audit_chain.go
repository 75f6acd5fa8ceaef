package pb_migrations

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// audit_log: rows are only added, each with the next number and the hash of the
// one before it and of itself. The rows there are become the chain's first, in
// the order in which they were written. What a row says is all in the hash; so
// the two moments that PocketBase noted beside it go.
func init() {
	const name = "audit_log"
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", name, err)
		}
		c.Fields.RemoveByName("created")
		c.Fields.RemoveByName("updated")
		c.Fields.Add(number("seq"), text("hash", 64, false))
		if err := app.Save(c); err != nil {
			return err
		}
		if err := chainAudit(app); err != nil {
			return err
		}
		c.AddIndex("idx_audit_log_seq", true, "seq", "")
		if err := app.Save(c); err != nil {
			return err
		}
		return execute(app, auditTriggers...)
	}, func(app core.App) error {
		err := execute(app, "DROP TRIGGER audit_log_next", "DROP TRIGGER audit_log_unchanged", "DROP TRIGGER audit_log_undeleted")
		if err != nil {
			return err
		}
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", name, err)
		}
		c.RemoveIndex("idx_audit_log_seq")
		c.Fields.RemoveByName("seq")
		c.Fields.RemoveByName("hash")
		c.Fields.Add(
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		return app.Save(c)
	}, "1764057630_audit_chain.go")
}

// auditTriggers refuse what is not the next row, also where it would take
// another's place (INSERT OR REPLACE asks no trigger about what it deletes).
var auditTriggers = []string{
	`CREATE TRIGGER audit_log_next BEFORE INSERT ON audit_log
	WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_log) OR length(new.hash) <> 64
		OR EXISTS (SELECT 1 FROM audit_log WHERE id = new.id)
	BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END`,
	`CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log
	BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END`,
	`CREATE TRIGGER audit_log_undeleted BEFORE DELETE ON audit_log
	BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END`,
}

// chainAudit numbers and links the rows there are.
func chainAudit(app core.App) error {
	var rows []struct {
		ID      string `db:"id"`
		Actor   string `db:"actor"`
		Action  string `db:"action"`
		Subject string `db:"subject"`
		At      string `db:"at"`
	}
	err := app.DB().NewQuery("SELECT id, actor, action, subject, at FROM audit_log ORDER BY rowid").All(&rows)
	if err != nil {
		return fmt.Errorf("list the audit log: %w", err)
	}
	before := make([]byte, sha256.Size)
	for i, r := range rows {
		var b strings.Builder
		for _, field := range []string{strconv.Itoa(i + 1), r.ID, r.Actor, r.Action, r.Subject, r.At} {
			fmt.Fprintf(&b, "%d:%s", len(field), field)
		}
		digest := sha256.Sum256([]byte(b.String()))
		hash := sha256.Sum256(append(before, digest[:]...))
		_, err := app.DB().NewQuery("UPDATE audit_log SET seq = {:seq}, hash = {:hash} WHERE id = {:id}").
			Bind(map[string]any{"seq": i + 1, "hash": hex.EncodeToString(hash[:]), "id": r.ID}).Execute()
		if err != nil {
			return fmt.Errorf("link the audit log: %w", err)
		}
		before = hash[:]
	}
	return nil
}

// execute runs statements one after the other.
func execute(app core.App, statements ...string) error {
	for _, s := range statements {
		if _, err := app.DB().NewQuery(s).Execute(); err != nil {
			return fmt.Errorf("execute %.40q: %w", s, err)
		}
	}
	return nil
}

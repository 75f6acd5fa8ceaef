package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// audit_log: who did what to which record and when; never any text. Locked.
func init() {
	create("1763712017_audit_log.go", "audit_log", func(core.App) (*core.Collection, error) {
		c := base("audit_log", rules{},
			text("actor", 60, true), text("action", 60, true), text("subject", 120, true), date("at"))
		c.AddIndex("idx_audit_log_subject", false, "subject, at", "")
		return c, nil
	})
}

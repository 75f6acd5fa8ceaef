// Package audit notes who did what to which record and when, never any text.
package audit

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// Write adds a row to audit_log: actor is a staff id (or "system"), action a
// lower-case verb phrase such as "publish letter", subject the record's id.
// Call it in the transaction of what it notes.
func Write(app core.App, actor, action, subject string, at time.Time) error {
	c, err := app.FindCachedCollectionByNameOrId("audit_log")
	if err != nil {
		return fmt.Errorf("find collection audit_log: %w", err)
	}
	r := core.NewRecord(c)
	r.Load(map[string]any{"actor": actor, "action": action, "subject": subject, "at": at.UTC()})
	if err := app.Save(r); err != nil {
		return fmt.Errorf("write audit log: %w", err)
	}
	return nil
}

package access

import (
	"database/sql"
	"errors"
	"fmt"

	"folje/internal/database"

	"github.com/pocketbase/pocketbase/core"
)

// EraseDevice deletes the device and all that is stored with it: memberships,
// answers, its calendar, its handover codes. Of a revoked one only what shuts
// it out stays. One that does not exist is erased already. Call it in a
// transaction.
func EraseDevice(tx core.App, id string) error {
	device, err := tx.FindRecordById("devices", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find device: %w", err)
	}
	if err := tx.Delete(device); err != nil {
		return fmt.Errorf("delete device: %w", err)
	}
	if device.GetDateTime("revoked").IsZero() {
		return nil
	}
	return keepOut(tx, device)
}

// keepOut makes the deleted, revoked device anew with nothing but its lock.
func keepOut(tx core.App, gone *core.Record) error {
	device, err := database.NewRecord(tx, "devices")
	if err != nil {
		return err
	}
	device.Id = gone.Id
	for _, field := range []string{"secretHash", "revoked"} {
		device.Set(field, gone.Get(field))
	}
	if err := tx.Save(device); err != nil {
		return fmt.Errorf("keep the revoked device out: %w", err)
	}
	return nil
}

package calendar

import (
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"folje/internal/access"
	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const collection = "calendars"

// suffix ends the address: calendar programs look at it.
const suffix = ".ics"

// newCapability makes 256 random bits in base64url.
func newCapability() string {
	var bits [32]byte
	rand.Read(bits[:])
	return base64.RawURLEncoding.EncodeToString(bits[:])
}

// keep makes mark the device's only one. Call it in a transaction.
func keep(tx core.App, device, mark string) error {
	row, err := tx.FindFirstRecordByData(collection, "device", device)
	if errors.Is(err, sql.ErrNoRows) {
		row, err = database.NewRecord(tx, collection)
	}
	if err != nil {
		return fmt.Errorf("find the device's calendar: %w", err)
	}
	row.Load(map[string]any{"device": device, "mark": mark})
	if err := tx.Save(row); err != nil {
		return fmt.Errorf("save the calendar: %w", err)
	}
	return nil
}

// forget ends the device's calendar, if it has one.
func forget(app core.App, device string) error {
	rows, err := app.FindAllRecords(collection, dbx.HashExp{"device": device})
	if err != nil {
		return fmt.Errorf("find the device's calendar: %w", err)
	}
	for _, row := range rows {
		if err := app.Delete(row); err != nil {
			return fmt.Errorf("delete the calendar: %w", err)
		}
	}
	return nil
}

// reader gives the device whose calendar the file name is, and its locale. It
// is 404 for every name that is none, or no longer: whoever asks can't tell a
// phone that was shut out from an address that never was.
func (f *feature) reader(app core.App, file string) (device, locale string, err error) {
	capability, ok := strings.CutSuffix(file, suffix)
	if !ok {
		return "", "", problem.NotFound()
	}
	row, err := app.FindFirstRecordByData(collection, "mark", f.mark(capability))
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", problem.NotFound()
	}
	if err != nil {
		return "", "", fmt.Errorf("find the calendar: %w", err)
	}
	device = row.GetString("device")
	if err := access.StillThere(app, device); err != nil {
		if errors.Is(err, access.ErrDeviceRevoked) || errors.Is(err, access.ErrDeviceUnknown) {
			return "", "", problem.NotFound()
		}
		return "", "", err
	}
	record, err := app.FindRecordById("devices", device)
	if err != nil {
		return "", "", fmt.Errorf("find the calendar's device: %w", err)
	}
	return device, record.GetString("locale"), nil
}

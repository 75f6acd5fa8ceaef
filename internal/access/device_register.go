package access

import (
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"folje/internal/database"

	"github.com/pocketbase/pocketbase/core"
)

// registration is what a phone says of itself. hash is its secret's, code is
// "" where it has none.
type registration struct {
	id, hash, locale string
	code             Code
}

// register makes the device, or finds the one that an earlier request made,
// and lets it in by its code. It reports whether the device is new. It fails
// with [ErrDeviceTaken], [ErrDeviceRevoked] and [ErrCodeInvalid], and then
// nothing is changed. Call it in a transaction.
func register(tx core.App, keys *Keys, in registration, now time.Time) (fresh bool, err error) {
	device, err := tx.FindRecordById("devices", in.id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		fresh = true
		device, err = newDevice(tx, in)
	case err == nil:
		err = sameDevice(device, in)
	}
	if err != nil {
		return false, err
	}
	if err := saveDevice(tx, device, in.locale, now); err != nil {
		return false, err
	}
	if in.code != "" {
		_, err = useCode(tx, keys, in.code, in.id, now)
	}
	return fresh, err
}

func newDevice(tx core.App, in registration) (*core.Record, error) {
	_, err := tx.FindFirstRecordByData("devices", "secretHash", in.hash)
	if err == nil {
		return nil, ErrDeviceTaken
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("find device by secret: %w", err)
	}
	device, err := database.NewRecord(tx, "devices")
	if err != nil {
		return nil, err
	}
	device.Id = in.id
	device.Set("secretHash", in.hash)
	return device, nil
}

func sameDevice(device *core.Record, in registration) error {
	if subtle.ConstantTimeCompare([]byte(device.GetString("secretHash")), []byte(in.hash)) != 1 {
		return ErrDeviceTaken
	}
	if !device.GetDateTime("revoked").IsZero() {
		return ErrDeviceRevoked
	}
	return nil
}

// saveDevice writes nothing where nothing changed, so that a repeat is cheap.
func saveDevice(tx core.App, device *core.Record, locale string, now time.Time) error {
	today := day(now)
	if !device.IsNew() && device.GetString("locale") == locale && day(device.GetDateTime("seen").Time()) == today {
		return nil
	}
	device.Set("locale", locale)
	device.Set("seen", today+" 00:00:00.000Z")
	if err := tx.Save(device); err != nil {
		return fmt.Errorf("save device: %w", err)
	}
	return nil
}

// FindDevice gives the device as it is in the transaction, with the groups it
// follows. It fails with [ErrDeviceUnknown] or [ErrDeviceRevoked].
func FindDevice(tx core.App, id string) (Device, error) {
	found, err := readDevice(tx, id)
	switch {
	case err != nil:
		return Device{}, err
	case found == nil:
		return Device{}, ErrDeviceUnknown
	case found.Revoked:
		return Device{}, ErrDeviceRevoked
	}
	return found.Device, nil
}

// StillThere fails with [ErrDeviceUnknown] or [ErrDeviceRevoked] where the
// device was deleted or shut out after it had been authenticated.
func StillThere(tx core.App, id string) error {
	device, err := tx.FindRecordById("devices", id)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrDeviceUnknown
	}
	if err != nil {
		return fmt.Errorf("find device: %w", err)
	}
	if !device.GetDateTime("revoked").IsZero() {
		return ErrDeviceRevoked
	}
	return nil
}

package access

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
)

// Settings are how a device wants to be told; what is "" or nil stays as it is.
type Settings struct {
	Locale string
	Quiet  string // hours without ringing, such as "21-7", or "off"
	Titles *bool  // a letter's title may be seen on a locked phone
}

// SaveSettings stores the device's settings, unless some with the same seq or a
// higher one are there. Call it in a transaction.
func SaveSettings(tx core.App, device string, s Settings, seq int) error {
	record, err := tx.FindRecordById("devices", device)
	if err != nil {
		return fmt.Errorf("find device: %w", err)
	}
	if record.GetInt("settingsSeq") >= seq {
		return nil
	}
	record.Set("settingsSeq", seq)
	if s.Locale != "" {
		record.Set("locale", s.Locale)
	}
	if s.Quiet != "" {
		record.Set("quiet", s.Quiet)
	}
	if s.Titles != nil {
		record.Set("titles", *s.Titles)
	}
	if err := tx.Save(record); err != nil {
		return fmt.Errorf("save device: %w", err)
	}
	return nil
}

package operation

import (
	"encoding/json"
	"errors"
	"fmt"

	"folje/internal/access"

	"github.com/pocketbase/pocketbase/core"
)

// Settings is the kind "settings" {locales?, quietHours?, showTitles?}: how the
// device wants to be told. What is absent stays as it is. The first of locales
// that is known becomes the device's, {from, to} are the hours of the day in
// which it doesn't ring, null for none, and showTitles lets a letter's title be
// seen on a locked phone. Of two of these the one with the higher seq holds,
// whatever the order they come in; the other is applied and changes nothing. So
// a phone sends all of its settings each time.
func Settings(knows func(locale string) bool) Kind {
	return Kind{Version: 1, Apply: func(tx core.App, device access.Device, op Operation) (Outcome, error) {
		var body struct {
			Locales    []string        `json:"locales"`
			QuietHours json.RawMessage `json:"quietHours"`
			ShowTitles *bool           `json:"showTitles"`
		}
		if err := Decode(op, &body); err != nil {
			return Outcome{}, err
		}
		settings := access.Settings{Titles: body.ShowTitles}
		for _, tag := range body.Locales {
			if settings.Locale == "" && knows(tag) {
				settings.Locale = tag
			}
		}
		var err error
		if settings.Quiet, err = quietOf(body.QuietHours); err != nil {
			return Outcome{}, err
		}
		return Outcome{}, access.SaveSettings(tx, device.ID, settings, op.Seq)
	}}
}

// quietOf gives the hours as they are stored; "" where nothing is said of them.
func quietOf(raw json.RawMessage) (string, error) {
	switch {
	case len(raw) == 0:
		return "", nil
	case string(raw) == "null":
		return "off", nil
	}
	var hours struct {
		From *int `json:"from"`
		To   *int `json:"to"`
	}
	if err := json.Unmarshal(raw, &hours); err != nil {
		return "", Malformed(err)
	}
	if hours.From == nil || hours.To == nil || !hour(*hours.From) || !hour(*hours.To) || *hours.From == *hours.To {
		return "", Malformed(errors.New("quiet hours are two different hours of the day"))
	}
	return fmt.Sprintf("%d-%d", *hours.From, *hours.To), nil
}

func hour(n int) bool { return n >= 0 && n <= 23 }

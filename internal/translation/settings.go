package translation

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// settings is the row of the collection settings that says how texts are
// translated.
const settings = "translation"

type wishes struct {
	SecondReview bool `json:"secondReview"`
}

// SecondReview reports whether the municipality wants a second person to review
// every text.
func SecondReview(app core.App) (bool, error) {
	var value string
	err := app.DB().Select("value").From("settings").Where(dbx.HashExp{"name": settings}).Row(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find how texts are reviewed: %w", err)
	}
	var w wishes
	if err := json.Unmarshal([]byte(value), &w); err != nil {
		return false, fmt.Errorf("read how texts are reviewed: %w", err)
	}
	return w.SecondReview, nil
}

// bindSettings keeps the setting such that it can be read: an object of
// secondReview, true or false.
func bindSettings(app core.App, locales *locale.Bundle) {
	app.OnRecordUpdateRequest("settings").BindFunc(func(e *core.RecordRequestEvent) error {
		if e.Record.Original().GetString("name") == settings && checkSettings(e.Record.GetString("value")) != nil {
			return problem.API(e.RequestEvent, locales, problem.Invalid(map[string]problem.Field{"value": {Code: "error.field_invalid"}}))
		}
		return e.Next()
	})
}

func checkSettings(value string) error {
	var parts map[string]bool
	if err := json.Unmarshal([]byte(value), &parts); err != nil {
		return err
	}
	if _, ok := parts["secondReview"]; !ok || len(parts) != 1 {
		return errors.New("not an object of secondReview")
	}
	return nil
}

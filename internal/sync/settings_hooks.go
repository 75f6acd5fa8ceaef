package sync

import (
	"encoding/json"
	"errors"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// bindSettings keeps the municipality's settings such that every phone's hello
// can be answered: the API renames none, and the municipality is an object of
// two texts. What changed is said from then on.
func (s *Service) bindSettings(app core.App) {
	forget := func(e *core.RecordEvent) error {
		if now := s.serving.Load(); now != nil {
			now.hello.changes.Add(1)
		}
		return e.Next()
	}
	app.OnRecordAfterCreateSuccess("settings").BindFunc(forget)
	app.OnRecordAfterUpdateSuccess("settings").BindFunc(forget)
	app.OnRecordAfterDeleteSuccess("settings").BindFunc(forget)
	app.OnRecordUpdateRequest("settings").BindFunc(func(e *core.RecordRequestEvent) error {
		fields := map[string]problem.Field{}
		name := e.Record.Original().GetString("name")
		if e.Record.GetString("name") != name {
			fields["name"] = problem.Field{Code: "error.field_invalid"}
		}
		if name == "municipality" && checkMunicipality(e.Record.GetString("value")) != nil {
			fields["value"] = problem.Field{Code: "error.field_invalid"}
		}
		if len(fields) > 0 {
			return problem.API(e.RequestEvent, s.Locales, problem.Invalid(fields))
		}
		return e.Next()
	})
}

func checkMunicipality(value string) error {
	var texts map[string]string
	if err := json.Unmarshal([]byte(value), &texts); err != nil {
		return err
	}
	for name := range texts {
		if name != "name" && name != "address" {
			return errors.New("unknown part: " + name)
		}
	}
	if texts == nil {
		return errors.New("nothing")
	}
	return nil
}

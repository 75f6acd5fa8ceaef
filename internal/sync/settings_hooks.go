package sync

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// bindSettings keeps the municipality's settings such that every phone's hello
// can be answered: the API renames none, the municipality is what
// checkMunicipality takes, and the guide's an object of two secure addresses.
// What changed is said from then on.
func (s *Service) bindSettings(app core.App) {
	forget := func(e *core.RecordEvent) error {
		if now := s.serving.Load(); now != nil {
			now.hello.changes.Add(1)
			s.publisher.add(about, ofHello)
		}
		return e.Next()
	}
	app.OnRecordAfterCreateSuccess("settings", "logos").BindFunc(forget)
	app.OnRecordAfterUpdateSuccess("settings", "logos").BindFunc(forget)
	app.OnRecordAfterDeleteSuccess("settings", "logos").BindFunc(forget)
	app.OnRecordUpdateRequest("settings").BindFunc(func(e *core.RecordRequestEvent) error {
		fields := map[string]problem.Field{}
		name := e.Record.Original().GetString("name")
		if e.Record.GetString("name") != name {
			fields["name"] = problem.Field{Code: "error.field_invalid"}
		}
		check := map[string]func(string) error{"municipality": checkMunicipality, "guide": checkGuide}[name]
		if check != nil {
			if err := check(e.Record.GetString("value")); err != nil {
				fields[faultyIn(err)] = problem.Field{Code: "error.field_invalid"}
			}
		}
		if len(fields) > 0 {
			return problem.API(e.RequestEvent, s.Locales, problem.Invalid(fields))
		}
		return e.Next()
	})
}

func checkGuide(value string) error {
	links, err := textsOf(value, "leaveTo", "consentLink")
	if err != nil {
		return err
	}
	for _, link := range links {
		if u, err := url.Parse(link); link != "" && (err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil) {
			return errors.New("not a secure address")
		}
	}
	return nil
}

// textsOf reads an object of texts that has no other parts than those.
func textsOf(value string, parts ...string) (map[string]string, error) {
	var texts map[string]string
	if err := json.Unmarshal([]byte(value), &texts); err != nil {
		return nil, err
	}
	for name := range texts {
		if !slices.Contains(parts, name) {
			return nil, errors.New("unknown part: " + name)
		}
	}
	if texts == nil {
		return nil, errors.New("nothing")
	}
	return texts, nil
}

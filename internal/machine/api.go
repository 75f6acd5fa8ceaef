package machine

import (
	"fmt"
	"net/http"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Who translates into a locale.
const (
	ByPerson = "person" // a translator of the unit has it
	ByEngine = "engine" // only the engine has
	ByNobody = "nobody" // it needs a person
)

// engines answers GET staff/engines?unit= with who translates the unit's texts
// into each locale, and how many of its sentences the engine was given up on,
// by locale and reason. Editors and translators of the unit may ask.
func (m *Machine) engines(e *core.RequestEvent) error {
	staff, err := access.Staff(e)
	if err != nil {
		return err
	}
	unit := e.Request.URL.Query().Get("unit")
	reads := access.HasRole(staff, access.RoleEditor) || access.HasRole(staff, access.RoleTranslator)
	if !reads || !access.InUnit(staff, unit) {
		return problem.NotFound()
	}
	by, err := m.By(e.App, unit)
	if err != nil {
		return err
	}
	faults, err := givenUpIn(e.App, unit)
	if err != nil {
		return err
	}
	name, trouble := "", ""
	if m.cfg.Engine != nil {
		name = m.cfg.Engine.Name()
		m.talk.Lock()
		trouble = m.known.fault
		m.talk.Unlock()
	}
	return e.JSON(http.StatusOK, map[string]any{"locales": by, "engine": name, "fault": trouble, "faults": faults})
}

// By says who translates the unit's texts into each locale: [ByPerson] where a
// translator of the unit has it, otherwise [ByEngine] or [ByNobody].
func (m *Machine) By(app core.App, unit string) (map[string]string, error) {
	people, err := translators(app, unit)
	if err != nil {
		return nil, err
	}
	pairs := m.pairs()
	by := map[string]string{}
	for _, info := range m.cfg.Locales.Locales() {
		_, drafted := pairFor(pairs, info.Tag)
		switch {
		case info.Tag == source:
		case people[info.Tag]:
			by[info.Tag] = ByPerson
		case drafted:
			by[info.Tag] = ByEngine
		default:
			by[info.Tag] = ByNobody
		}
	}
	return by, nil
}

// translators gives the locales that somebody translates into for the unit.
func translators(app core.App, unit string) (map[string]bool, error) {
	all, err := app.FindAllRecords("staff", dbx.NewExp(
		`EXISTS (SELECT 1 FROM json_each(units) WHERE value = {:unit}) AND EXISTS (SELECT 1 FROM json_each(roles) WHERE value = 'translator')`,
		dbx.Params{"unit": unit}))
	if err != nil {
		return nil, fmt.Errorf("list translators: %w", err)
	}
	locales := map[string]bool{}
	for _, staff := range all {
		for _, tag := range staff.GetStringSlice("locales") {
			locales[tag] = true
		}
	}
	return locales, nil
}

// givenUpIn counts the unit's sentences that the engine was given up on, by
// locale and reason.
func givenUpIn(app core.App, unit string) (map[string]map[string]int, error) {
	var found []struct {
		Locale string `db:"locale"`
		Fault  string `db:"fault"`
		N      int    `db:"n"`
	}
	err := app.DB().Select("j.locale", "j.fault", "COUNT(DISTINCT j.segment) AS n").From(jobs+" j").
		InnerJoin("segment_uses u", dbx.NewExp("[[u.segment]] = [[j.segment]]")).
		Where(dbx.HashExp{"u.unit": unit}).AndWhere(dbx.NewExp("[[j.tries]] >= {:most}", dbx.Params{"most": givenUp})).
		GroupBy("j.locale", "j.fault").All(&found)
	if err != nil {
		return nil, fmt.Errorf("count sentences without a draft: %w", err)
	}
	faults := map[string]map[string]int{}
	for _, f := range found {
		if faults[f.Locale] == nil {
			faults[f.Locale] = map[string]int{}
		}
		faults[f.Locale][f.Fault] = f.N
	}
	return faults, nil
}

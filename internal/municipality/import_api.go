package municipality

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/audit"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// shownFault is a fault in words.
type shownFault struct {
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// imported is the answer to an import: what it makes or made, and what is wrong
// with the sheet. Nothing is made while anything is wrong.
type imported struct {
	Encoding string       `json:"encoding"`
	Rows     int          `json:"rows"`
	Ignored  []string     `json:"ignored"`
	Errors   []shownFault `json:"errors"`
	Applied  bool         `json:"applied"`
	Planned
}

// importSheet answers POST staff/admin/import: {file, apply?} with the file's
// bytes in base64. Without apply it only says what would be made.
func (f *feature) importSheet(e *core.RequestEvent) error {
	staff, err := admin(e)
	if err != nil {
		return err
	}
	var body struct {
		File  string `json:"file"`
		Apply bool   `json:"apply"`
	}
	if err := problem.Read(e, maxSheet*2, &body); err != nil {
		return err
	}
	raw, err := base64.StdEncoding.DecodeString(body.File)
	if err != nil {
		return problem.Invalid(map[string]problem.Field{"file": {Code: "error.field_invalid"}}).Because(err)
	}
	if len(raw) > maxSheet {
		return problem.TooLarge()
	}
	s, err := readSheet(raw)
	if err != nil {
		return err
	}
	answer := imported{Encoding: s.encoding, Rows: len(s.lines), Ignored: append([]string{}, s.ignored...)}
	var faults []Fault
	carry := e.App.RunInTransaction
	if !body.Apply { // a look holds nobody up
		carry = func(look func(core.App) error) error { return look(e.App) }
	}
	err = carry(func(tx core.App) error {
		if answer.Planned, faults, err = planOf(tx, languagesOf(f.Locales), s); err != nil || !body.Apply || len(faults) > 0 {
			return err
		}
		answer.Applied = true
		return f.apply(tx, staff, answer.Planned)
	})
	if err != nil {
		return err
	}
	answer.Errors = f.words(e.Request, faults)
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, answer)
}

func (f *feature) words(r *http.Request, faults []Fault) []shownFault {
	tag := f.Locales.FromRequest(r)
	shown := make([]shownFault, len(faults))
	for i, x := range faults {
		shown[i] = shownFault{x.Row, x.Column, x.Code, f.Locales.Text(tag, x.Code, x.Params)}
	}
	return shown
}

// apply carries out the plan: units, groups, an invitation for each group that
// has none, and accounts. Call it in a transaction.
func (f *feature) apply(tx core.App, by *core.Record, plan Planned) error {
	now := f.Now()
	for _, u := range plan.Units {
		if err := u.store(tx); err != nil {
			return err
		}
		if err := audit.Write(tx, by.Id, "import unit", u.ID, now); err != nil {
			return err
		}
		for _, g := range u.Groups {
			if err := g.store(tx, u.ID); err != nil {
				return err
			}
			if err := f.openDoor(tx, g.ID, by.Id, now); err != nil {
				return err
			}
		}
	}
	for _, p := range plan.People {
		for _, u := range p.in {
			if _, err := f.Invite(tx, by, p.Name, p.Email, p.Roles, p.Locales, u.ID); err != nil {
				return fmt.Errorf("invite a colleague: %w", err)
			}
		}
	}
	return nil
}

func (u *PlannedUnit) store(tx core.App) (err error) {
	if u.Kind == "" {
		u.Kind = "preschool"
	}
	values := map[string]any{"name": u.Name, "kind": u.Kind, "authority": u.Authority, "address": u.Address}
	switch {
	case u.record == nil:
		u.record, err = save(tx, "units", values)
	case u.State == changed:
		u.record.Load(values)
		err = tx.Save(u.record)
	}
	if err != nil {
		return fmt.Errorf("store a unit: %w", err)
	}
	u.ID = u.record.Id
	return nil
}

func (g *PlannedGroup) store(tx core.App, unit string) (err error) {
	values := map[string]any{"name": g.Name, "children": g.Children, "yearFrom": g.From, "yearTo": g.To}
	switch {
	case g.record == nil:
		values["unit"] = unit
		g.record, err = save(tx, "groups", values)
	case g.State == changed:
		g.record.Load(values)
		err = tx.Save(g.record)
	}
	if err != nil {
		return fmt.Errorf("store a group: %w", err)
	}
	g.ID = g.record.Id
	return nil
}

// openDoor makes an invitation for a group that has none, so that its poster can
// be printed.
func (f *feature) openDoor(tx core.App, group, by string, now time.Time) error {
	live, err := access.FindInvites(tx, group, now)
	if err != nil || len(live) > 0 {
		return err
	}
	if _, err := access.MakeInvite(tx, f.Keys, group, by, access.DefaultInviteDays, now); err != nil {
		return fmt.Errorf("make a group's invitation: %w", err)
	}
	return nil
}

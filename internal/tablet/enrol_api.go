package tablet

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"folje/internal/access"
	"folje/internal/audit"
	"folje/internal/problem"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

var (
	// ErrCode (404): the code makes no tablet known (any more).
	ErrCode = problem.New(http.StatusNotFound, "error.tablet_code")
	// ErrTablet (401): the tablet isn't one of ours, or was revoked.
	ErrTablet = problem.New(http.StatusUnauthorized, "error.tablet_revoked")
)

// enrol answers POST tablet/enrol {code, secret} → what [feature.show] answers.
// The secret is made on the tablet; a repeat with the same one is answered the
// same for as long as the code is good.
func (f *feature) enrol(e *core.RequestEvent) error {
	if wait := f.codes.Take(f.AddressKey(e.Request), 1, f.Now()); wait > 0 {
		return problem.TooMany("error.too_many_codes", wait)
	}
	var in struct {
		Code   string `json:"code"`
		Secret string `json:"secret"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	mark, err := access.HashSecret(in.Secret)
	if err != nil {
		return problem.Invalid(map[string]problem.Field{"secret": {Code: "error.field_invalid"}})
	}
	code, err := access.ParseCode(in.Code)
	if err != nil {
		return ErrCode.Because(err)
	}
	var t *core.Record
	err = e.App.RunInTransaction(func(tx core.App) error {
		t, err = f.take(tx, f.Keys.Lookup(code), mark)
		return err
	})
	if err != nil {
		return err
	}
	return f.answer(e, t)
}

// take gives the tablet that the code is for its secret.
func (f *feature) take(tx core.App, code, mark string) (*core.Record, error) {
	t, err := tx.FindFirstRecordByData(tablets, "code", code)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !f.Now().Before(t.GetDateTime("expires").Time()) {
		return nil, ErrCode
	}
	if err != nil {
		return nil, fmt.Errorf("find a tablet's code: %w", err)
	}
	if known := t.GetString("mark"); known == mark { // the answer was lost
		return t, nil
	} else if known != "" {
		return nil, ErrCode
	}
	t.Set("mark", mark)
	t.Set("seen", f.today())
	if err := tx.Save(t); err != nil {
		return nil, ErrCode.Because(err) // another tablet's secret: nobody makes that twice by chance
	}
	return t, audit.Write(tx, audit.System, "enrol tablet", t.Id, f.Now())
}

// show answers GET tablet → {name, unit: {id, name}, people: [{id, name}]}: whose
// names stand on the tablet, those of the unit's staff who have chosen a PIN.
func (f *feature) show(e *core.RequestEvent) error {
	t, err := f.tablet(e)
	if err != nil {
		return err
	}
	if err := f.seen(e.App, t); err != nil {
		return err
	}
	return f.answer(e, t)
}

type person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (f *feature) answer(e *core.RequestEvent, t *core.Record) error {
	unit, err := e.App.FindRecordById("units", t.GetString("unit"))
	if err != nil {
		return fmt.Errorf("find a tablet's unit: %w", err)
	}
	all, err := e.App.FindAllRecords(pins)
	if err != nil {
		return fmt.Errorf("list who has a PIN: %w", err)
	}
	ids := make([]string, len(all))
	for i, r := range all {
		ids[i] = r.GetString("person")
	}
	found, err := e.App.FindRecordsByIds(staff, ids)
	if err != nil {
		return fmt.Errorf("find who has a PIN: %w", err)
	}
	people := []person{}
	for _, r := range found {
		if may(r, unit.Id) {
			people = append(people, person{r.Id, r.GetString("name")})
		}
	}
	slices.SortFunc(people, func(a, b person) int { return strings.Compare(a.Name, b.Name) })
	return e.JSON(http.StatusOK, map[string]any{
		"name": t.GetString("name"), "unit": map[string]string{"id": unit.Id, "name": unit.GetString("name")}, "people": people,
	})
}

// may reports whether somebody may be in on a tablet of the unit: she works there
// by name, as an editor or an administrator, and has not left.
func may(person *core.Record, unit string) bool {
	return person.GetDateTime("left").IsZero() && access.HasRole(person, access.RoleEditor) &&
		slices.Contains(person.GetStringSlice("units"), unit)
}

// tablet finds the tablet that asks, by the secret that it sends.
func (f *feature) tablet(e *core.RequestEvent) (*core.Record, error) {
	_, secret, _ := strings.Cut(e.Request.Header.Get("Authorization"), " ")
	mark, err := access.HashSecret(secret)
	if err != nil {
		return nil, ErrTablet.Because(err)
	}
	t, err := e.App.FindFirstRecordByData(tablets, "mark", mark)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrTablet
	}
	if err != nil {
		return nil, fmt.Errorf("find a tablet: %w", err)
	}
	return t, nil
}

// seen notes the day of the tablet's last use.
func (f *feature) seen(app core.App, t *core.Record) error {
	if t.GetDateTime("seen").Equal(f.today()) {
		return nil
	}
	t.Set("seen", f.today())
	if err := app.Save(t); err != nil {
		return fmt.Errorf("note when a tablet was used: %w", err)
	}
	return nil
}

// today is the local day, stored as its midnight in UTC.
func (f *feature) today() types.DateTime {
	day, _ := types.ParseDateTime(zone.Day(f.Now()))
	return day
}

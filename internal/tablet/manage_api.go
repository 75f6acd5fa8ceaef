package tablet

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"folje/internal/access"
	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// codeLife is for how long the code that makes a tablet known is good.
const codeLife = time.Hour

const mostName = 60

// view is what administrators see of a tablet. State is waiting (for somebody to
// open its code), over (nobody did) or in; Seen is the day of its last use.
type view struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Unit  string `json:"unit"`
	State string `json:"state"`
	Seen  string `json:"seen"`
}

func (f *feature) viewOf(r *core.Record) view {
	v := view{ID: r.Id, Name: r.GetString("name"), Unit: r.GetString("unit"), State: "in"}
	if r.GetString("mark") == "" {
		v.State = "waiting"
		if !f.Now().Before(r.GetDateTime("expires").Time()) {
			v.State = "over"
		}
		return v
	}
	v.Seen = r.GetDateTime("seen").Time().Format(time.DateOnly)
	return v
}

// list answers GET staff/tablets → {tablets}.
func (f *feature) list(e *core.RequestEvent) error {
	all, err := e.App.FindRecordsByFilter(tablets, "", "name", 0, 0)
	if err != nil {
		return fmt.Errorf("list tablets: %w", err)
	}
	views := make([]view, len(all))
	for i, r := range all {
		views[i] = f.viewOf(r)
	}
	return e.JSON(http.StatusOK, map[string]any{"tablets": views})
}

// add answers POST staff/tablets {name, unit} → {tablet, code, link, qr}: the
// code is shown this once, and makes one tablet known.
func (f *feature) add(e *core.RequestEvent) error {
	var in struct {
		Name string `json:"name"`
		Unit string `json:"unit"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	in.Name = strings.Join(strings.Fields(in.Name), " ")
	if err := check(e.App, in.Name, in.Unit); err != nil {
		return err
	}
	code := access.NewCode()
	link := strings.TrimSuffix(f.Origin, "/") + "/staff/tablet#" + code.String()
	qr, err := access.NewQR(link)
	if err != nil {
		return err
	}
	var made *core.Record
	err = e.App.RunInTransaction(func(tx core.App) error {
		if made, err = database.NewRecord(tx, tablets); err != nil {
			return err
		}
		made.Load(map[string]any{"name": in.Name, "unit": in.Unit, "code": f.Keys.Lookup(code), "expires": f.Now().Add(codeLife).UTC()})
		if err := tx.Save(made); err != nil {
			return fmt.Errorf("save a tablet: %w", err)
		}
		return audit.Write(tx, e.Auth.Id, "add tablet", made.Id, f.Now())
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"tablet": f.viewOf(made), "code": code.String(), "link": link, "qr": qr})
}

func check(app core.App, name, unit string) error {
	wrong := map[string]problem.Field{}
	if name == "" {
		wrong["name"] = problem.Field{Code: "error.field_required"}
	} else if utf8.RuneCountInString(name) > mostName {
		wrong["name"] = problem.Field{Code: "error.field_invalid"}
	}
	_, err := app.FindRecordById("units", unit)
	if errors.Is(err, sql.ErrNoRows) {
		wrong["unit"] = problem.Field{Code: "error.field_required"}
	} else if err != nil {
		return fmt.Errorf("find a unit: %w", err)
	}
	if len(wrong) > 0 {
		return problem.Invalid(wrong)
	}
	return nil
}

// revoke answers DELETE staff/tablets/{id}: the tablet lets nobody in any more,
// and who is in is out. It may be repeated.
func (f *feature) revoke(e *core.RequestEvent) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		r, err := tx.FindRecordById(tablets, e.Request.PathValue("id"))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("find a tablet: %w", err)
		}
		if err := tx.Delete(r); err != nil { // its sessions go with it
			return fmt.Errorf("delete a tablet: %w", err)
		}
		return audit.Write(tx, e.Auth.Id, "revoke tablet", r.Id, f.Now())
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

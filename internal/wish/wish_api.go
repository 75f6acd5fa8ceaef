package wish

import (
	"fmt"
	"net/http"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// mostShown bounds how many wishes of a group staff get, newest first.
const mostShown = 500

// maxBody is the largest body, in bytes.
const maxBody = 1024

// shown is a wish as staff see it. Day is the day it came, as 2026-11-22.
type shown struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Day   string `json:"day"`
	State string `json:"state"`
}

func show(r *core.Record) shown {
	return shown{ID: r.Id, Text: r.GetString("text"), Day: r.GetString("day"), State: r.GetString("state")}
}

// list answers GET staff/groups/{id}/wishes → {wishes}. Those of a day are in
// no order that tells anything: their ids are random.
func list(e *core.RequestEvent) error {
	staff, err := access.Staff(e)
	if err != nil {
		return err
	}
	group := e.Request.PathValue("id")
	if err := mayRead(e.App, staff, group); err != nil {
		return err
	}
	records, err := e.App.FindRecordsByFilter(collection, "group = {:group}", "-day,id", mostShown, 0, dbx.Params{"group": group})
	if err != nil {
		return fmt.Errorf("find wishes: %w", err)
	}
	wishes := make([]shown, len(records))
	for i, r := range records {
		wishes[i] = show(r)
	}
	return e.JSON(http.StatusOK, map[string]any{"wishes": wishes})
}

// mark answers POST staff/wishes/{id}: {state} → the wish.
func mark(e *core.RequestEvent) error {
	staff, err := access.Staff(e)
	if err != nil {
		return err
	}
	var body struct {
		State string `json:"state"`
	}
	if err := problem.Read(e, maxBody, &body); err != nil {
		return err
	}
	var w *core.Record
	err = e.App.RunInTransaction(func(tx core.App) error {
		if w, err = tx.FindRecordById(collection, e.Request.PathValue("id")); err != nil {
			return fmt.Errorf("find wish: %w", err)
		}
		if err := mayRead(tx, staff, w.GetString("group")); err != nil {
			return err
		}
		if body.State != Open && body.State != Used && body.State != SetAside {
			return problem.Invalid(map[string]problem.Field{"state": {Code: "error.field_invalid"}})
		}
		w.Set("state", body.State)
		return tx.Save(w)
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, show(w))
}

// mayRead lets editors of the group's unit at its wishes. Staff of other units
// don't learn that the group exists.
func mayRead(app core.App, staff *core.Record, group string) error {
	g, err := app.FindRecordById("groups", group)
	if err != nil {
		return fmt.Errorf("find group: %w", err)
	}
	if !access.InUnit(staff, g.GetString("unit")) {
		return problem.NotFound()
	}
	if !access.HasRole(staff, access.RoleEditor) {
		return problem.Forbidden()
	}
	return nil
}

package access

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"folje/internal/problem"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/core"
)

// ErrYearClosed (409): the group's phones are not asked today where they go on.
var ErrYearClosed = problem.New(http.StatusConflict, "error.year_closed")

// Moves is what a group's phones are asked when a school year ends: on which
// days, as 2026-08-10, and which groups they may go on to. The zero value asks
// nothing.
type Moves struct {
	From  string   `json:"from"`
	Until string   `json:"until"`
	To    []string `json:"to"`
}

// MovesOf reads what the group's phones are asked.
func MovesOf(group *core.Record) (m Moves, err error) {
	if raw := group.GetString("moves"); raw == "" || raw == "null" {
		return m, nil
	}
	if err := group.UnmarshalJSONField("moves", &m); err != nil {
		return m, fmt.Errorf("read a group's moves: %w", err)
	}
	return m, nil
}

// open reports whether phones are asked on the day.
func (m Moves) open(day string) bool { return m.From != "" && m.From <= day && day <= m.Until }

// goOn answers POST devices/me/groups/{id}/year: {to} → {groups}, the one that
// the phone follows for the coming year: the same, or one that its group goes on
// to, in the place of its group. A repeat has the same outcome.
func (a *api) goOn(e *core.RequestEvent) error {
	device, err := a.index.Authenticate(e.Request)
	if err != nil {
		return err
	}
	var body struct {
		To string `json:"to"`
	}
	if err := problem.Read(e, maxBody, &body); err != nil {
		return err
	}
	from := e.Request.PathValue("id")
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := StillThere(tx, device.ID); err != nil {
			return err
		}
		return follow(tx, device.ID, from, body.To, a.Now())
	})
	if err != nil {
		return err
	}
	groups, err := FindGroups(e.App, device.ID, a.Now())
	if err != nil {
		return err
	}
	groups = slices.DeleteFunc(groups, func(g Group) bool { return g.ID != body.To })
	return answer(e, http.StatusOK, map[string]any{"groups": groups})
}

// follow has the device follow the group to for a year, and from no more where
// that is another one. Call it in a transaction.
func follow(tx core.App, device, from, to string, now time.Time) error {
	m, err := findMembership(tx, device, from)
	if err != nil {
		return err
	}
	if m == nil || !m.GetDateTime("ends").Time().After(now) {
		return alreadyThere(tx, device, to, now)
	}
	group, err := tx.FindRecordById("groups", from)
	if err != nil {
		return fmt.Errorf("find the group: %w", err)
	}
	moves, err := MovesOf(group)
	if err != nil {
		return err
	}
	if !moves.open(zone.Day(now)) {
		return ErrYearClosed
	}
	if to != from && !slices.Contains(moves.To, to) {
		return problem.Invalid(map[string]problem.Field{"to": {Code: "error.field_invalid"}})
	}
	if _, err := tx.FindRecordById("groups", to); err != nil {
		return fmt.Errorf("find the group to go on to: %w", err)
	}
	if _, err := join(tx, device, to, "", inAYear(now), now); err != nil || to == from {
		return err
	}
	return LeaveGroup(tx, device, from)
}

// alreadyThere is nil for a phone that went on before, and asks again because
// the answer was lost.
func alreadyThere(tx core.App, device, to string, now time.Time) error {
	m, err := findMembership(tx, device, to)
	if err != nil {
		return err
	}
	if m == nil || !m.GetDateTime("ends").Time().After(now) {
		return ErrNotMember
	}
	return nil
}

package access

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Group is a group as a phone is told of it.
type Group struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Unit Unit   `json:"unit"`
}

// Unit is the preschool or school that a [Group] belongs to.
type Unit struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// FindGroups gives the groups that the device follows at the time now, by the
// names of unit and group. Never nil.
func FindGroups(app core.App, device string, now time.Time) ([]Group, error) {
	var rows []struct {
		ID       string `db:"id"`
		Name     string `db:"name"`
		UnitID   string `db:"unitId"`
		UnitName string `db:"unitName"`
	}
	err := app.DB().
		Select("g.id", "g.name", "u.id AS unitId", "u.name AS unitName").
		From("memberships m").
		InnerJoin("groups g", dbx.NewExp("[[g.id]] = [[m.group]]")).
		InnerJoin("units u", dbx.NewExp("[[u.id]] = [[g.unit]]")).
		Where(dbx.And(dbx.HashExp{"m.device": device}, dbx.NewExp("[[m.ends]] > {:now}", dbx.Params{"now": stamp(now)}))).
		OrderBy("u.name", "g.name", "g.id").
		All(&rows)
	if err != nil {
		return nil, fmt.Errorf("find the device's groups: %w", err)
	}
	groups := make([]Group, len(rows))
	for i, r := range rows {
		groups[i] = Group{ID: r.ID, Name: r.Name, Unit: Unit{ID: r.UnitID, Name: r.UnitName}}
	}
	return groups, nil
}

// CountDevices is how many devices follow the group at the time now. It is an
// exact number: whoever shows it to staff hides small ones ([countShown]).
func CountDevices(app core.App, group string, now time.Time) (int, error) {
	n, err := app.CountRecords("memberships",
		dbx.HashExp{"group": group}, dbx.NewExp("[[ends]] > {:now}", dbx.Params{"now": stamp(now)}))
	if err != nil {
		return 0, fmt.Errorf("count the group's devices: %w", err)
	}
	return int(n), nil
}

// CountStep is the smallest number of phones that staff are shown, and the step
// in which they see more: two exact counts, subtracted, would show one phone.
const CountStep = 5

// countShown is n rounded down to whole steps, or nil below the first.
func countShown(n int) *int {
	if n < CountStep {
		return nil
	}
	n -= n % CountStep
	return &n
}

// findMembership gives nil where the device never followed the group.
func findMembership(app core.App, device, group string) (*core.Record, error) {
	m, err := app.FindFirstRecordByFilter("memberships", "device = {:device} && group = {:group}",
		dbx.Params{"device": device, "group": group})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find membership: %w", err)
	}
	return m, nil
}

// stamp is a time as PocketBase stores it, in UTC and sortable as text.
func stamp(t time.Time) string {
	d, _ := types.ParseDateTime(t) // a time.Time always parses
	return d.String()
}

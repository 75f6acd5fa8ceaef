package sync

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const groups = "groups"

type wireGroup struct {
	Kind string   `json:"kind"`
	ID   string   `json:"id"`
	Name string   `json:"name"`
	Unit wireUnit `json:"unit"`
	// Years are the first and the last year of school in a class, as a digit
	// each; left out for a preschool's department.
	Years []string `json:"years,omitempty"`
	// Moves is what phones are asked when a school year ends; left out while
	// nothing is.
	Moves *wireMoves `json:"moves,omitempty"`
}

// wireMoves says from which day to which (2026-08-10) phones are asked whether
// they stay or go on to one of the groups.
type wireMoves struct {
	From  string    `json:"from"`
	Until string    `json:"until"`
	To    []wireOwn `json:"to"`
}

// wireOwn is a group as those see it who don't follow it.
type wireOwn struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Unit string `json:"unit"`
}

type wireUnit struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// groupSource gives a group to its own scope: phones show its name.
func groupSource(app core.App, scope, id string) (*Record, error) {
	if scope != id {
		return nil, nil
	}
	g, err := app.FindRecordById(groups, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find group: %w", err)
	}
	u, err := app.FindRecordById("units", g.GetString("unit"))
	if err != nil {
		return nil, fmt.Errorf("find the group's unit: %w", err)
	}
	moves, err := movesOf(app, g)
	if err != nil {
		return nil, err
	}
	body := wireGroup{"group", g.Id, g.GetString("name"), wireUnit{u.Id, u.GetString("name"), u.GetString("kind")}, yearsOf(g), moves}
	return &Record{Body: func(func(Part) []int) any { return body }}, nil
}

func yearsOf(g *core.Record) []string {
	from, to := g.GetString("yearFrom"), g.GetString("yearTo")
	if from == "" {
		return nil
	}
	return []string{from, cmp.Or(to, from)}
}

// movesOf gives what the group's phones are asked, without groups that are gone.
func movesOf(app core.App, g *core.Record) (*wireMoves, error) {
	var moves struct {
		From, Until string
		To          []string
	}
	if raw := g.GetString("moves"); raw == "" || raw == "null" {
		return nil, nil
	}
	if err := g.UnmarshalJSONField("moves", &moves); err != nil {
		return nil, fmt.Errorf("read a group's moves: %w", err)
	}
	wire := &wireMoves{moves.From, moves.Until, []wireOwn{}}
	for _, id := range moves.To {
		to, err := app.FindRecordById(groups, id)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("find a group to go on to: %w", err)
		}
		unit, err := app.FindRecordById("units", to.GetString("unit"))
		if err != nil {
			return nil, fmt.Errorf("find its unit: %w", err)
		}
		wire.To = append(wire.To, wireOwn{to.Id, to.GetString("name"), unit.GetString("name")})
	}
	return wire, nil
}

// bindGroups logs a group's change in its own scope and in those that name it,
// in the transaction that makes it, and its units' changes likewise.
func bindGroups(app core.App) {
	inTransaction := func(touch func(tx core.App, id string) error) func(*core.RecordEvent) error {
		return func(e *core.RecordEvent) error {
			outer := e.App
			defer func() { e.App = outer }()
			return outer.RunInTransaction(func(tx core.App) error {
				e.App = tx
				if err := e.Next(); err != nil {
					return err
				}
				return touch(tx, e.Record.Id)
			})
		}
	}
	touchGroup := func(tx core.App, id string) error {
		before, err := tx.FindAllRecords(groups, dbx.Like("moves", id))
		if err != nil {
			return fmt.Errorf("list the groups that go on to this one: %w", err)
		}
		for _, other := range before {
			if err := Touch(tx, other.Id, Records, Item(groups, other.Id)); err != nil {
				return err
			}
		}
		return Touch(tx, id, Records, Item(groups, id))
	}
	app.OnRecordCreate(groups).BindFunc(inTransaction(touchGroup))
	app.OnRecordUpdate(groups).BindFunc(inTransaction(touchGroup))
	app.OnRecordDelete(groups).BindFunc(inTransaction(func(tx core.App, id string) error {
		return Bury(tx, id, Records, Item(groups, id))
	}))
	app.OnRecordUpdate("units").BindFunc(inTransaction(func(tx core.App, unit string) error {
		members, err := tx.FindAllRecords(groups, dbx.HashExp{"unit": unit})
		if err != nil {
			return fmt.Errorf("list the unit's groups: %w", err)
		}
		for _, g := range members {
			if err := touchGroup(tx, g.Id); err != nil {
				return err
			}
		}
		return nil
	}))
}

package theme

import (
	"fmt"
	"net/http"
	"slices"

	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// copyRequest is the body of POST …/plan/copy: from and to name school years by
// the year they begin in. Without apply nothing is stored.
type copyRequest struct {
	From  int  `json:"from"`
	To    int  `json:"to"`
	Apply bool `json:"apply"`
}

// Copied is one row as it becomes in the other school year.
type Copied struct {
	Theme string `json:"theme"`
	Years [2]int `json:"years"`
	Was   string `json:"was"` // the day that it had, or ""
	Term  string `json:"term"`
	Placed
	There bool   `json:"there"` // the school year has such a row already; it is left as it is
	Same  []Same `json:"same"`  // what else there is that evening

	note string
}

// copy answers POST staff/units/{id}/plan/copy {from, to, apply} with {rows,
// made}: the rows of one school year as they become in another. Repeating it
// makes nothing twice.
func (f *feature) copy(e *core.RequestEvent) error {
	unit := e.Request.PathValue("id")
	if err := f.mayPlan(e, unit); err != nil {
		return err
	}
	var in copyRequest
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	rows, made := []Copied{}, 0
	err := e.App.RunInTransaction(func(tx core.App) error {
		var err error
		if rows, err = copied(tx, e.Auth, unit, in); err != nil || !in.Apply {
			return err
		}
		for _, row := range rows {
			if row.There {
				continue
			}
			if err := row.save(tx, unit); err != nil {
				return err
			}
			made++
		}
		return nil
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"rows": rows, "made": made})
}

// copied says what becomes of each row of a school year.
func copied(app core.App, staff *core.Record, unit string, in copyRequest) ([]Copied, error) {
	if in.To <= in.From || in.To-in.From > 20 {
		return nil, problem.Invalid(map[string]problem.Field{"to": {Code: "error.plan_copy_years"}})
	}
	from, err := termsOf(app, in.From)
	if err != nil {
		return nil, err
	}
	to, err := termsOf(app, in.To)
	if err != nil {
		return nil, err
	}
	rows := []Copied{}
	for _, term := range from {
		found, err := rowsOf(app, dbx.HashExp{"unit": unit, "term": term.Id})
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(to, func(t Term) bool { return t.Autumn() == term.Autumn() })
		if i < 0 && len(found) > 0 {
			return nil, problem.Invalid(map[string]problem.Field{"to": {Code: "error.plan_no_term", Params: map[string]any{"Name": term.Name()}}})
		}
		for _, p := range found {
			row, err := p.in(app, to[i], in.To-in.From)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil, problem.Invalid(map[string]problem.Field{"from": {Code: "error.plan_nothing"}})
	}
	return rows, pointOut(app, staff, unit, rows)
}

// in is the row as it becomes in the term, years later.
func (p Plan) in(app core.App, term Term, years int) (Copied, error) {
	row := Copied{Theme: p.Theme(), Years: p.Years(), Was: p.Day(), Term: term.Id, Same: []Same{}, note: p.GetString("note")}
	if day, err := parseDay(p.Day()); err == nil {
		s, err := spanOf(term)
		if err != nil {
			return row, err
		}
		row.Placed = s.place(day, years)
	}
	like, err := rowsOf(app, dbx.HashExp{"unit": p.Unit(), "term": term.Id, "theme": p.Theme()})
	row.There = slices.ContainsFunc(like, func(other Plan) bool { return meet(other.Years(), p.Years()) })
	return row, err
}

func (c Copied) save(app core.App, unit string) error {
	r, err := database.NewRecord(app, plans)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"unit": unit, "term": c.Term, "theme": c.Theme, "yearFrom": c.Years[0], "yearTo": c.Years[1],
		"day": c.Day, "note": c.note})
	if err := app.Save(r); err != nil {
		return fmt.Errorf("save a row of a plan: %w", err)
	}
	return nil
}

// termsOf are the terms of a school year, in their order.
func termsOf(app core.App, year int) ([]Term, error) {
	found, err := app.FindRecordsByFilter(terms, "", "starts", 0, 0)
	if err != nil {
		return nil, fmt.Errorf("list terms: %w", err)
	}
	var of []Term
	for _, r := range found {
		if t := (Term{r}); t.Year() == year {
			of = append(of, t)
		}
	}
	return of, nil
}

package municipality

import (
	"fmt"
	"strings"

	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// What a unit or a group is refused with that is to be deleted: what was
// written for it would go too.
var (
	errUnitUsed  = problem.Invalid(map[string]problem.Field{"name": {Code: "error.unit_used"}})
	errGroupUsed = problem.Invalid(map[string]problem.Field{"name": {Code: "error.group_used"}})
)

// bindSave checks what comes through the record API, and tells it at the field
// in the caller's language.
func (f *feature) bindSave(app core.App) {
	for collection, prepare := range map[string]func(core.App, *core.Record) (map[string]problem.Field, error){
		"units": prepareUnit, "groups": prepareGroup,
	} {
		save := func(e *core.RecordRequestEvent) error {
			return f.checked(e, func(tx core.App, r *core.Record) error {
				fields, err := prepare(tx, r)
				if err == nil && len(fields) > 0 {
					err = problem.Invalid(fields)
				}
				return err
			})
		}
		app.OnRecordCreateRequest(collection).BindFunc(save)
		app.OnRecordUpdateRequest(collection).BindFunc(save)
	}
	app.OnRecordDeleteRequest("units").BindFunc(func(e *core.RecordRequestEvent) error { return f.checked(e, keepUsedUnit) })
	app.OnRecordDeleteRequest("groups").BindFunc(func(e *core.RecordRequestEvent) error { return f.checked(e, keepUsedGroup) })
}

// checked does what the record API was asked to in one transaction with its
// check.
func (f *feature) checked(e *core.RecordRequestEvent, check func(core.App, *core.Record) error) error {
	outer := e.App
	defer func() { e.App = outer }()
	return outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		if err := check(tx, e.Record); err != nil {
			return problem.API(e.RequestEvent, f.Locales, err)
		}
		return e.Next()
	})
}

func prepareUnit(tx core.App, r *core.Record) (map[string]problem.Field, error) {
	for _, field := range []string{"name", "authority", "address"} {
		r.Set(field, folded(r.GetString(field)))
	}
	taken, err := named(tx, "units", r)
	if err != nil || !taken {
		return nil, err
	}
	return map[string]problem.Field{"name": {Code: "error.unit_name_taken"}}, nil
}

func prepareGroup(tx core.App, r *core.Record) (map[string]problem.Field, error) {
	r.Set("name", folded(r.GetString("name")))
	fields := map[string]problem.Field{}
	taken, err := named(tx, "groups", r, dbx.HashExp{"unit": r.GetString("unit")})
	if err != nil {
		return nil, err
	}
	if taken {
		fields["name"] = problem.Field{Code: "error.group_name_taken"}
	}
	// What was written for a group belongs to the unit and its board.
	if !r.IsNew() && r.GetString("unit") != r.Original().GetString("unit") {
		fields["unit"] = problem.Field{Code: "error.field_invalid"}
	}
	if wrong, err := badMoves(tx, r); err != nil {
		return nil, err
	} else if wrong {
		fields["moves"] = problem.Field{Code: "error.group_moves"}
	}
	from, to := r.GetString("yearFrom"), r.GetString("yearTo")
	if from == "" && to != "" || to != "" && to < from {
		fields["yearTo"] = problem.Field{Code: "error.group_years"}
	}
	return fields, nil
}

// folded is what a name says, without white space around it or twice in it.
func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

// same reports whether two names are one to a reader.
func same(a, b string) bool { return strings.EqualFold(folded(a), folded(b)) }

// named reports whether another record of the collection has the record's name.
func named(tx core.App, collection string, r *core.Record, within ...dbx.Expression) (bool, error) {
	others, err := tx.FindAllRecords(collection, within...)
	if err != nil {
		return false, fmt.Errorf("list %s: %w", collection, err)
	}
	for _, other := range others {
		if other.Id != r.Id && same(other.GetString("name"), r.GetString("name")) {
			return true, nil
		}
	}
	return false, nil
}

// keepUsedUnit refuses to delete a unit that has groups, or anything that was
// written for it.
func keepUsedUnit(tx core.App, r *core.Record) error {
	for _, collection := range []string{"groups", "letters", "meetings", "activities", "term_plans"} {
		n, err := tx.CountRecords(collection, dbx.HashExp{"unit": r.Id})
		if err != nil {
			return fmt.Errorf("count what the unit has: %w", err)
		}
		if n > 0 {
			return errUnitUsed
		}
	}
	return nil
}

// keepUsedGroup refuses to delete a group that phones follow, or for which
// something was written.
func keepUsedGroup(tx core.App, r *core.Record) error {
	for collection, of := range map[string]dbx.Expression{
		"memberships": dbx.HashExp{"group": r.Id},
		"letters":     dbx.Like("groups", r.Id),
		"meetings":    dbx.Like("groups", r.Id),
	} {
		n, err := tx.CountRecords(collection, of)
		if err != nil {
			return fmt.Errorf("count what the group has: %w", err)
		}
		if n > 0 {
			return errGroupUsed
		}
	}
	return nil
}

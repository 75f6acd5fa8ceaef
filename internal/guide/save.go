package guide

import (
	"encoding/json"
	"slices"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// saved is how a collection is saved through the record API: Owned are the
// fields that only the server sets, Written those that staff set. Check folds
// what was written, and says what is wrong with it.
type saved struct {
	collection     string
	owned, written []string
	check          func(app core.App, r, stored *core.Record, fields faults) error
}

// faults are what is wrong, by field.
type faults map[string]problem.Field

func (f faults) add(field, code string, params map[string]any) {
	if _, there := f[field]; !there {
		f[field] = problem.Field{Code: code, Params: params}
	}
}

var savedEntries = saved{
	collection: entries,
	owned:      []string{"checked", "reminded"},
	written: []string{"key", "name", "title", "also", "type", "audience", "hidden", "ageFrom", "ageTo", "parts", "staff",
		"contacts", "place", "related", "chain", "sensitive", "urgent", "ask", "owner", "order"},
	check: checkEntry,
}

var savedWorries = saved{
	collection: worries, written: []string{"key", "title", "synonyms", "guide", "order"}, check: checkWorry,
}

var savedGroups = saved{
	collection: supportGroups,
	written: []string{"entry", "title", "information", "ageFrom", "ageTo", "period", "from", "to", "weekday", "starts", "ends",
		"places", "publish", "hidden"},
	check: checkGroup,
}

// bindSave checks what comes through the record API. What is wrong is told at
// the field, in the caller's language. What the API answers waits for the
// transaction.
func (f *feature) bindSave(app core.App) {
	for _, s := range []saved{savedEntries, savedWorries, savedGroups} {
		app.OnRecordCreateRequest(s.collection).BindFunc(func(e *core.RecordRequestEvent) error {
			return f.inTransaction(e, func(tx core.App, r *core.Record) error {
				for _, name := range s.owned {
					r.Set(name, nil)
				}
				r.Set("base", 0)
				return s.prepare(tx, r, core.NewRecord(r.Collection()))
			})
		})
		app.OnRecordUpdateRequest(s.collection).BindFunc(func(e *core.RecordRequestEvent) error {
			return f.inTransaction(e, func(tx core.App, r *core.Record) error {
				stored, err := tx.FindRecordById(s.collection, r.Id)
				if err != nil {
					return err
				}
				return s.change(e, tx, r, stored)
			})
		})
	}
}

func (f *feature) inTransaction(e *core.RecordRequestEvent, before func(core.App, *core.Record) error) error {
	outer := e.App
	defer func() { e.App = outer }()
	return outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		if err := before(tx, e.Record); err != nil {
			return problem.API(e.RequestEvent, f.Locales, err)
		}
		return e.Next()
	})
}

// change puts the request's fields, and no others, over what is stored. The save
// must have started from what is stored; one that was repeated after a lost
// answer carries the old base and what is stored already, and gets the same
// answer again.
func (s saved) change(e *core.RecordRequestEvent, tx core.App, r, stored *core.Record) error {
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	if _, sent := info.Body["base"]; !sent {
		return problem.Invalid(faults{"base": {Code: "error.field_required"}})
	}
	for _, name := range slices.Concat(s.owned, s.written) {
		if _, sent := info.Body[name]; !sent || slices.Contains(s.owned, name) {
			r.Set(name, stored.Get(name))
		}
	}
	if fields := onlyKeepers(e, r, stored); len(fields) > 0 {
		return problem.Invalid(fields)
	}
	if r.GetInt("base") == stored.GetInt("base") {
		return s.prepare(tx, r, stored)
	}
	fields := faults{}
	if err := s.check(tx, r, stored, fields); err != nil {
		return err
	}
	if len(fields) > 0 || !s.same(r, stored) {
		return problem.Conflict("error.guide_conflict", stored.PublicExport())
	}
	r.Set("base", stored.GetInt("base"))
	return nil
}

// prepare checks the record against what is stored, and counts the save.
func (s saved) prepare(app core.App, r, stored *core.Record) error {
	fields := faults{}
	if err := s.check(app, r, stored, fields); err != nil {
		return err
	}
	if len(fields) > 0 {
		return problem.Invalid(fields)
	}
	r.Set("base", stored.GetInt("base")+1)
	return nil
}

// same compares all that staff may set.
func (s saved) same(a, b *core.Record) bool {
	for _, name := range s.written {
		was, err := json.Marshal(a.Get(name))
		is, fault := json.Marshal(b.Get(name))
		if err != nil || fault != nil || string(was) != string(is) {
			return false
		}
	}
	return true
}

// onlyKeepers says which fields the caller may not change: the owner of an entry
// writes it, and doesn't give it away.
func onlyKeepers(e *core.RecordRequestEvent, r, stored *core.Record) faults {
	if r.Collection().Name != entries || e.HasSuperuserAuth() || keeps(e.Auth) || r.GetString("owner") == stored.GetString("owner") {
		return nil
	}
	return faults{"owner": {Code: "error.forbidden"}}
}

// keeps reports whether staff keeps the whole guide.
func keeps(staff *core.Record) bool { return access.HasRole(staff, access.RoleCoordinator) }

// owns reports whether staff keeps the entry.
func owns(staff *core.Record, e Entry) bool {
	return keeps(staff) || access.IsStaff(staff) && e.GetString("owner") == staff.Id
}

package meeting

import (
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"folje/internal/access"
	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// longest is how long a meeting may take: longer is a slip of the date.
const longest = 24 * time.Hour

var (
	// owned are the fields that only the server sets.
	owned = []string{"author", "published", "cancelled", "sequence", "title"}
	// written are the fields that staff set.
	written = []string{"kind", "unit", "groups", "starts", "ends", "place", "information", "question",
		"answerBy", "bookBy", "cancelBy", "childcare", "contact", "theme", "heldBy"}
	// deadlines lie before the meeting.
	deadlines = []string{"answerBy", "bookBy", "cancelBy"}
)

// bindSave checks what comes through the record API. What is wrong is told at
// the field, in the caller's language. What the API answers waits for the
// transaction.
func (f *feature) bindSave(app core.App) {
	app.OnRecordCreateRequest(collection).BindFunc(func(e *core.RecordRequestEvent) error {
		return f.inTransaction(e, func(tx core.App, m Meeting) error {
			for _, name := range owned {
				m.Set(name, nil)
			}
			m.Set("base", 0)
			if access.IsStaff(e.Auth) {
				m.Set("author", e.Auth.Id)
			}
			return prepare(tx, m, m)
		})
	})
	app.OnRecordUpdateRequest(collection).BindFunc(func(e *core.RecordRequestEvent) error {
		return f.inTransaction(e, func(tx core.App, m Meeting) error {
			stored, err := Find(tx, m.Id)
			if err != nil {
				return err
			}
			return change(e, tx, m, stored)
		})
	})
	app.OnRecordDeleteRequest(collection).BindFunc(func(e *core.RecordRequestEvent) error {
		return f.inTransaction(e, func(tx core.App, m Meeting) error {
			stored, err := Find(tx, m.Id)
			// It may have been published since the rule let the request through.
			if err == nil && stored.Published() && !e.HasSuperuserAuth() {
				return problem.NotFound()
			}
			return err
		})
	})
}

func (f *feature) inTransaction(e *core.RecordRequestEvent, before func(core.App, Meeting) error) error {
	outer := e.App
	defer func() { e.App = outer }()
	return outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		if err := before(tx, Meeting{e.Record}); err != nil {
			return problem.API(e.RequestEvent, f.Locales, err)
		}
		return e.Next()
	})
}

// change puts the request's fields, and no others, over what is stored. With a
// base the save must have started from what is stored; one that was repeated
// after a lost answer carries the old base and what is stored already, and gets
// the same answer again. Pages from before meetings had a base send none: of
// two of their saves the later one holds.
func change(e *core.RecordRequestEvent, tx core.App, m, stored Meeting) error {
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	for _, name := range append(owned, written...) {
		_, sent := info.Body[name]
		if !sent || slices.Contains(owned, name) {
			m.Set(name, stored.Get(name))
		}
	}
	if _, ok := info.Body["base"]; !ok {
		m.Set("base", stored.Base())
	}
	if m.Base() == stored.Base() {
		return prepare(tx, m, stored)
	}
	fold(m)
	if !sameFields(m, stored) {
		return problem.Conflict("error.meeting_conflict", stored.PublicExport())
	}
	m.Set("base", stored.Base())
	return nil
}

// sameFields compares all that staff may set: whatever it left out would pass
// with an old base, past the checks of prepare.
func sameFields(a, b Meeting) bool {
	for _, name := range written {
		if name != "groups" && a.GetString(name) != b.GetString(name) {
			return false
		}
	}
	return slices.Equal(a.Groups(), b.Groups())
}

// prepare checks the meeting against what is stored, and counts the save.
func prepare(app core.App, m, stored Meeting) error {
	fold(m)
	fields := map[string]problem.Field{}
	if m.Unit() != stored.Unit() {
		fields["unit"] = problem.Field{Code: "error.unit_fixed"}
	}
	if m.GetString("kind") != stored.GetString("kind") {
		fields["kind"] = problem.Field{Code: "error.field_invalid"}
	}
	checkTimes(m, fields)
	checkText(m, fields)
	if err := checkTheme(app, m, fields); err != nil {
		return err
	}
	if err := checkGroups(app, m, fields); err != nil {
		return err
	}
	if stored.Published() {
		needsPlace(m, fields)
	}
	if len(fields) > 0 {
		return problem.Invalid(fields)
	}
	m.Set("base", stored.Base()+1)
	return nil
}

// fold makes the lines that phones show as they are safe to show.
func fold(m Meeting) {
	for _, name := range []string{"place", "contact", "heldBy"} {
		m.Set(name, text.Fold(m.GetString(name)))
	}
}

func checkTimes(m Meeting, fields map[string]problem.Field) {
	starts, ends := m.Starts(), m.time("ends")
	if starts.IsZero() {
		fields["starts"] = problem.Field{Code: "error.field_required"}
		return
	}
	if !ends.IsZero() && (!ends.After(starts) || ends.Sub(starts) > longest) {
		fields["ends"] = problem.Field{Code: "error.meeting_ends"}
	}
	for _, name := range deadlines {
		if m.time(name).After(starts) {
			fields[name] = problem.Field{Code: "error.meeting_deadline"}
		}
	}
}

func checkText(m Meeting, fields map[string]problem.Field) {
	if n := utf8.RuneCountInString(m.GetString("question")); n > text.MaxQuestion {
		fields["question"] = problem.Field{Code: text.CodeBlockTooLong, Params: map[string]any{"Max": text.MaxQuestion, "Count": n}}
	}
	if f := text.TooManySegments(m.Content()); f != nil {
		fields["information"] = problem.Field{Code: "error.meeting_too_many_sentences", Params: f.Params}
	}
}

func checkGroups(app core.App, m Meeting, fields map[string]problem.Field) error {
	groups := m.Groups()
	if len(groups) == 0 {
		fields["groups"] = problem.Field{Code: "error.meeting_needs_groups"}
		return nil
	}
	ids := make([]any, len(groups))
	for i, id := range groups {
		ids[i] = id
	}
	n, err := app.CountRecords("groups", dbx.In("id", ids...), dbx.HashExp{"unit": m.Unit()})
	if err != nil {
		return fmt.Errorf("count groups of the unit: %w", err)
	}
	if int(n) != len(groups) {
		fields["groups"] = problem.Field{Code: "error.other_unit"}
	}
	return nil
}

func needsPlace(m Meeting, fields map[string]problem.Field) {
	if m.GetString("place") == "" {
		fields["place"] = problem.Field{Code: "error.meeting_needs_place"}
	}
}

// Package meeting keeps meetings in order: their groups are their unit's, they
// end after they start, and their author is who made them.
package meeting

import (
	"fmt"
	"time"
	"unicode/utf8"

	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// longest is how long a meeting may take: longer is a slip of the date.
const longest = 24 * time.Hour

// Register binds the checks to the record API. What is wrong is told at the
// field, in the caller's language.
func Register(app core.App, messages problem.Messages) {
	app.OnRecordCreateRequest("meetings").BindFunc(func(e *core.RecordRequestEvent) error {
		e.Record.Set("author", nil)
		if e.Auth != nil && e.Auth.Collection().Name == "staff" {
			e.Record.Set("author", e.Auth.Id)
		}
		if err := check(e.App, e.Record); err != nil {
			return problem.API(e.RequestEvent, messages, err)
		}
		return e.Next()
	})
	app.OnRecordUpdateRequest("meetings").BindFunc(func(e *core.RecordRequestEvent) error {
		e.Record.Set("author", e.Record.Original().Get("author"))
		if err := check(e.App, e.Record); err != nil {
			return problem.API(e.RequestEvent, messages, err)
		}
		return e.Next()
	})
}

func check(app core.App, m *core.Record) error {
	m.Set("place", text.Fold(m.GetString("place"))) // phones show it as it is
	fields := map[string]problem.Field{}
	if !m.IsNew() && m.GetString("unit") != m.Original().GetString("unit") {
		fields["unit"] = problem.Field{Code: "error.unit_fixed"}
	}
	starts, ends := m.GetDateTime("starts").Time(), m.GetDateTime("ends").Time()
	if starts.IsZero() {
		fields["starts"] = problem.Field{Code: "error.field_required"}
	} else if !ends.IsZero() && (!ends.After(starts) || ends.Sub(starts) > longest) {
		fields["ends"] = problem.Field{Code: "error.meeting_ends"}
	}
	if n := utf8.RuneCountInString(m.GetString("question")); n > text.MaxQuestion {
		fields["question"] = problem.Field{Code: text.CodeBlockTooLong, Params: map[string]any{"Max": text.MaxQuestion, "Count": n}}
	}
	if err := checkGroups(app, m, fields); err != nil {
		return err
	}
	if len(fields) > 0 {
		return problem.Invalid(fields)
	}
	return nil
}

func checkGroups(app core.App, m *core.Record, fields map[string]problem.Field) error {
	groups := m.GetStringSlice("groups")
	ids := make([]any, len(groups))
	for i, id := range groups {
		ids[i] = id
	}
	if len(groups) == 0 {
		fields["groups"] = problem.Field{Code: "error.meeting_needs_groups"}
		return nil
	}
	n, err := app.CountRecords("groups", dbx.In("id", ids...), dbx.HashExp{"unit": m.GetString("unit")})
	if err != nil {
		return fmt.Errorf("count groups of the unit: %w", err)
	}
	if int(n) != len(groups) {
		fields["groups"] = problem.Field{Code: "error.other_unit"}
	}
	return nil
}

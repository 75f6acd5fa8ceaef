package theme

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"folje/internal/pattern"
	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

var validKey = pattern.Of(`^[a-z0-9_]+$`)

// prepareTheme folds what was written and checks it. A theme without a key gets
// one of its title.
func prepareTheme(app core.App, r *core.Record) error {
	t, fields := Theme{r}, map[string]problem.Field{}
	t.Set("title", text.Fold(t.Title()))
	checkLine(fields, "title", t.Title(), MaxTitle)
	for _, part := range parts {
		checkLength(fields, part, t.GetString(part), most[part])
	}
	if f := text.TooManySegments(Blocks(t.Content())); f != nil {
		fields[Information] = problem.Field{Code: f.Code, Params: f.Params}
	}
	also, err := t.Also()
	if err != nil || len(also) > MaxAlso {
		fields["also"] = problem.Field{Code: "error.theme_also", Params: map[string]any{"Max": MaxAlso}}
	} else {
		t.Set("also", foldAll(also, fields))
	}
	if err := checkTitleOnce(app, t, fields); err != nil {
		return err
	}
	if err := setKey(app, t, fields); err != nil {
		return err
	}
	return invalid(fields)
}

func foldAll(names []string, fields map[string]problem.Field) []string {
	out := []string{}
	for _, name := range names {
		if name = text.Fold(name); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
		checkLength(fields, "also", name, MaxTitle)
	}
	return out
}

// checkTitleOnce finds a theme that is there already, whatever its capitals.
func checkTitleOnce(app core.App, t Theme, fields map[string]problem.Field) error {
	if fields["title"].Code != "" {
		return nil
	}
	var titles []string
	err := app.DB().Select("title").From(themes).Where(dbx.Not(dbx.HashExp{"id": t.Id})).Column(&titles)
	if err != nil {
		return fmt.Errorf("list the themes' titles: %w", err)
	}
	if slices.ContainsFunc(titles, func(s string) bool { return strings.EqualFold(s, t.Title()) }) {
		fields["title"] = problem.Field{Code: "error.theme_known"}
	}
	return nil
}

func setKey(app core.App, t Theme, fields map[string]problem.Field) error {
	key := t.GetString("key")
	switch {
	case key == "" && !t.IsNew():
		key = t.Original().GetString("key")
	case key == "":
		key = keyOf(t.Title())
	}
	t.Set("key", key)
	if !validKey.MatchString(key) || len(key) > MaxKey {
		fields["key"] = problem.Field{Code: "error.field_invalid"}
		return nil
	}
	n, err := app.CountRecords(themes, dbx.HashExp{"key": key}, dbx.Not(dbx.HashExp{"id": t.Id}))
	if err != nil {
		return fmt.Errorf("look for the theme's key: %w", err)
	}
	if n > 0 {
		fields["key"] = problem.Field{Code: "error.theme_known"}
	}
	return nil
}

// keyOf is a title as a key: small letters without marks, and digits.
func keyOf(title string) string {
	key := strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "é", "e").Replace(strings.ToLower(title))
	key = strings.Join(strings.FieldsFunc(key, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "_")
	if key == "" {
		key = "theme_" + strings.ToLower(core.GenerateDefaultRandomId())
	}
	return key[:min(len(key), MaxKey)]
}

func checkLine(fields map[string]problem.Field, name, s string, most int) {
	if s == "" {
		fields[name] = problem.Field{Code: "error.field_required"}
		return
	}
	checkLength(fields, name, s, most)
}

func checkLength(fields map[string]problem.Field, name, s string, most int) {
	if n := utf8.RuneCountInString(s); n > most {
		fields[name] = problem.Field{Code: text.CodeBlockTooLong, Params: map[string]any{"Max": most, "Count": n}}
	}
}

func invalid(fields map[string]problem.Field) error {
	if len(fields) == 0 {
		return nil
	}
	return problem.Invalid(fields)
}

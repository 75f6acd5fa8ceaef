package question

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// setting is the row of the collection settings that holds the changes.
const setting = "question"

// Limits of what a municipality may change.
const (
	MaxWord   = 60 // runes of a pattern, or of what a letter may always say
	MaxAdvice = 200
	MaxWords  = 300 // in one list
	MaxOwn    = 20  // rules of its own
	FewestMax = 8   // a question of so few words is never too long
	MostMax   = 60
)

// Changes are what a municipality has its own way. Allowed are names, numbers
// and addresses that letters may hold without a warning.
type Changes struct {
	Rules   map[string]Change `json:"rules"`
	Own     []Own             `json:"own"`
	Allowed []string          `json:"allowed"`
}

// Change is what is different about one of the program's rules: words added and
// taken away rather than a list, so that a better list of the program's still
// comes through.
type Change struct {
	Off    bool     `json:"off,omitempty"`
	Add    []string `json:"add,omitempty"`
	Remove []string `json:"remove,omitempty"`
	Words  int      `json:"words,omitempty"` // the most
	Advice string   `json:"advice,omitempty"`
}

// Own is a rule that only this municipality has: none of the words should stand
// in a question.
type Own struct {
	ID     string   `json:"id"`
	Words  []string `json:"words"`
	Advice string   `json:"advice"`
}

// stored is the setting's value. Base counts the saves.
type stored struct {
	Base    int     `json:"base"`
	Changes Changes `json:"changes"`
}

// load reads what is stored; nothing is as good as no change.
func load(app core.App) (stored, error) {
	s := stored{Changes: Changes{Rules: map[string]Change{}, Own: []Own{}, Allowed: []string{}}}
	var value string
	err := app.DB().Select("value").From("settings").Where(dbx.HashExp{"name": setting}).Row(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("find the rules of questions: %w", err)
	}
	if err := json.Unmarshal([]byte(value), &s); err != nil {
		return s, fmt.Errorf("read the rules of questions: %w", err)
	}
	return s, nil
}

// fold makes changes such as they are stored, and says what is wrong with them,
// by field: rules.<id>, own.<number>.words, own.<number>.advice, allowed.
func (c Changes) fold(defaults Rules) (Changes, error) {
	wrong := map[string]problem.Field{}
	out := Changes{Rules: map[string]Change{}, Own: []Own{}}
	for _, rule := range defaults.Rules {
		change, ok := c.Rules[rule.ID]
		if !ok {
			continue
		}
		change.Add, change.Remove, change.Advice = words(change.Add), words(change.Remove), strings.TrimSpace(change.Advice)
		check(wrong, "rules."+rule.ID, change.Add, change.Advice)
		check(wrong, "rules."+rule.ID, change.Remove, "")
		if change.Words != 0 && (change.Words < FewestMax || change.Words > MostMax) {
			wrong["rules."+rule.ID] = problem.Field{Code: "error.question_length", Params: map[string]any{"Min": FewestMax, "Max": MostMax}}
		}
		out.Rules[rule.ID] = change
	}
	if len(c.Own) > MaxOwn {
		wrong["own"] = problem.Field{Code: "error.question_many", Params: map[string]any{"Max": MaxOwn}}
	}
	for i, own := range c.Own {
		own.Words, own.Advice = words(own.Words), strings.TrimSpace(own.Advice)
		at := fmt.Sprintf("own.%d.", i)
		check(wrong, at+"words", own.Words, "")
		check(wrong, at+"advice", nil, own.Advice)
		if len(own.Words) == 0 {
			wrong[at+"words"] = problem.Field{Code: "error.field_required"}
		}
		if own.Advice == "" {
			wrong[at+"advice"] = problem.Field{Code: "error.field_required"}
		}
		own.ID = fmt.Sprint(i + 1)
		out.Own = append(out.Own, own)
	}
	out.Allowed = lines(c.Allowed)
	check(wrong, "allowed", out.Allowed, "")
	if len(wrong) > 0 {
		return out, problem.Invalid(wrong)
	}
	return out, nil
}

func check(wrong map[string]problem.Field, field string, list []string, advice string) {
	if len(list) > MaxWords {
		wrong[field] = problem.Field{Code: "error.question_many", Params: map[string]any{"Max": MaxWords}}
	}
	for _, word := range list {
		if n := utf8.RuneCountInString(word); n > MaxWord {
			wrong[field] = problem.Field{Code: "error.block_too_long", Params: map[string]any{"Max": MaxWord, "Count": n}}
		} else if strings.Trim(word, "* ") == "" {
			wrong[field] = problem.Field{Code: "error.field_invalid"}
		}
	}
	if n := utf8.RuneCountInString(advice); n > MaxAdvice {
		wrong[field] = problem.Field{Code: "error.block_too_long", Params: map[string]any{"Max": MaxAdvice, "Count": n}}
	}
}

// lines are what stands in them, each once, as it was written.
func lines(all []string) []string {
	out, seen := []string{}, map[string]bool{}
	for _, line := range all {
		line = strings.Join(strings.Fields(line), " ")
		if line != "" && !seen[line] {
			seen[line] = true
			out = append(out, line)
		}
	}
	return out
}

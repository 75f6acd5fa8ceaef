package question

import (
	_ "embed" // the program's own rules
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

//go:embed rules.json
var builtIn []byte

// Rules are what the browser asks of a question, in the order in which it says
// so. Of a text of fewer than Least signs it says nothing.
type Rules struct {
	Least int    `json:"least"`
	Rules []Rule `json:"rules"`
}

// Rule finds fault with a question where something it looks for is there, or
// missing. The shapes of patterns are in public/js/staff/question/rules.js.
// Advice is what is said then, in the municipality's own words; without it, the
// message staff.question.advice.<id>.
type Rule struct {
	ID     string   `json:"id"`
	Sign   bool     `json:"sign,omitempty"` // shown also where it finds no fault
	Advice string   `json:"advice,omitempty"`
	Finds  []string `json:"finds,omitempty"`
	Lacks  []string `json:"lacks,omitempty"`
	Begins []string `json:"begins,omitempty"`
	Ends   []string `json:"ends,omitempty"`
	Except []string `json:"except,omitempty"`
	Often  []string `json:"often,omitempty"`
	Most   int      `json:"most,omitempty"`
	Marks  int      `json:"marks,omitempty"`
	Words  int      `json:"words,omitempty"`
	Names  bool     `json:"names,omitempty"`
}

// Defaults are the program's own rules.
func Defaults() (Rules, error) {
	var r Rules
	if err := json.Unmarshal(builtIn, &r); err != nil {
		return r, fmt.Errorf("read the rules of a good question: %w", err)
	}
	return r, nil
}

// Changed gives the rules as the municipality has changed them: without what it
// switched off, with other words and its own advice, and its own rules behind.
// A change of a rule that the program no longer has changes nothing.
func (r Rules) Changed(c Changes) Rules {
	out := Rules{Least: r.Least, Rules: []Rule{}}
	for _, rule := range r.Rules {
		change := c.Rules[rule.ID]
		if change.Off {
			continue
		}
		if list := rule.list(); list != nil {
			kept := slices.DeleteFunc(slices.Clone(*list), func(word string) bool { return slices.Contains(change.Remove, word) })
			*list = append(kept, change.Add...)
		}
		if rule.Words > 0 && change.Words > 0 {
			rule.Words = change.Words
		}
		if change.Advice != "" {
			rule.Advice = change.Advice
		}
		out.Rules = append(out.Rules, rule)
	}
	for _, own := range c.Own {
		out.Rules = append(out.Rules, own.rule())
	}
	return out
}

// list is the words of a rule that the municipality may change, nil where it
// has none.
func (r *Rule) list() *[]string {
	switch {
	case r.Begins != nil:
		return &r.Begins
	case r.Finds != nil:
		return &r.Finds
	}
	return nil
}

// rule is the municipality's own as the browser knows rules.
func (o Own) rule() Rule { return Rule{ID: "own." + o.ID, Advice: o.Advice, Finds: o.Words} }

// words are patterns as they are stored: in small letters, with single spaces.
func words(lines []string) []string {
	out := []string{}
	for _, line := range lines {
		word := strings.Join(strings.Fields(strings.ToLower(line)), " ")
		if word != "" && !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}

package browser

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed rig.js
var rig string

// Script gives an expression that may name the rig, as one that a page can run:
// the rig is what looks for elements and waits inside a page, in any browser.
func Script(expression string) string {
	object := strings.TrimSpace(rig[strings.Index(rig, "({"):])
	return fmt.Sprintf("(() => { const rig = %s; return %s; })()", object, expression)
}

// Invoke writes a call of one of the rig's functions, its arguments as literals.
func Invoke(function string, args ...string) string {
	words := make([]string, len(args))
	for i, a := range args {
		raw, _ := json.Marshal(a) // a string is always JSON
		words[i] = string(raw)
	}
	return "rig." + function + "(" + strings.Join(words, ", ") + ")"
}

package languages

import (
	_ "embed"

	"folje/test/browser"
)

// looking answers what a reader of a language would stumble over, as a list of
// sentences. It is a function of the page's language.
//
//go:embed look.js
var looking string

// Look answers what somebody who reads tag would stumble over on a screen.
func Look(page *browser.Page, tag string) []string {
	return browser.Eval[[]string](page, "("+looking+")('"+tag+"')")
}

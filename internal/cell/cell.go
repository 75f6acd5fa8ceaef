// Package cell makes the cells of tables that are opened in other programs.
package cell

import "strings"

// Harmless is the text of a cell that no spreadsheet program runs as a formula:
// one that begins like a formula gets an apostrophe before it.
func Harmless(text string) string {
	if strings.IndexAny(text, "=+-@\t\r|%＝＋－＠") == 0 {
		return "'" + text
	}
	return text
}

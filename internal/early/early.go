// Package early holds the collector back until the program has started. What
// the program's libraries set up before main takes 4 MB, nearly all of it for
// good, and would have the collector run once before anything began.
package early

import "runtime/debug"

// starting is the collector's GOGC until a start is over: nearly all that it
// allocates lives to its end or is gone with it, and who waited for the program
// goes first.
const starting = 400

// percent is what the collector works by otherwise. It is set before the
// packages whose paths come later in the alphabet, which are most.
var percent = debug.SetGCPercent(starting)

// Hold holds the collector back, from the program's first moment or again.
func Hold() { debug.SetGCPercent(starting) }

// Over has the collector work by itself.
func Over() { debug.SetGCPercent(percent) }

package operation

import "github.com/pocketbase/pocketbase/core"

// Once gives the verdict that the ledger has under the mark (access.Keys makes
// one), applied as repeated, or has decide say one and enters it. Call it in the
// transaction in which decide does what is to be done once; an error of decide
// enters nothing.
func Once(tx core.App, mark string, decide func() (Verdict, error)) (Verdict, error) {
	return once(tx, mark, decide)
}

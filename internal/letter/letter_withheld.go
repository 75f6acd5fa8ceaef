package letter

import (
	"github.com/pocketbase/pocketbase/core"
)

// Withheld reports whether the letter must not be handed to a translating
// program: its draft, or a revision that phones have or are about to get, is
// marked as sensitive.
func Withheld(app core.App, r *core.Record) (bool, error) {
	l := Letter{r}
	if l.Sensitive() {
		return true, nil
	}
	if l.Live() {
		latest, err := Latest(app, l)
		if err != nil || latest.GetBool("sensitive") {
			return true, err
		}
	}
	if l.Waits() {
		next, err := Next(app, l)
		if err != nil || next.GetBool("sensitive") {
			return true, err
		}
	}
	return false, nil
}

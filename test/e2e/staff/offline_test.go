package staff_test

import (
	"testing"

	"folje/test/town"
)

// Staff's pages are on the phone after the first visit, also those that were
// not opened yet and those that came before there was a worker to keep them.
func TestStaffsPagesAreKeptFromTheFirstVisit(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	c.KeepsAll()
	town.WithoutNetwork(c.Page)
	c.Reload()
	c.WaitFor("main[data-view] h1")
}

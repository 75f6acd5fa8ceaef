// Package staff_test goes the ways of those who write, invite and translate:
// the real program, filled with the demonstration, and a Chromium for each of
// them.
package staff_test

import (
	"os"
	"testing"

	"folje/test/town"
)

// shop is this package's workshop; TestMain owns it.
var shop town.Workshop

func TestMain(m *testing.M) {
	code := m.Run()
	shop.Close()
	os.Exit(code)
}

// newTown starts a town for a test that may run beside others.
func newTown(t *testing.T, flags ...string) *town.Town {
	t.Helper()
	t.Parallel()
	return shop.Town(t, flags...)
}

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

func TestMain(m *testing.M) { os.Exit(shop.Run(m)) }

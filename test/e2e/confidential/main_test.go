// Package confidential_test goes the ways of a parent who writes a confidential
// request and of those who may read it: the real program, filled with the
// demonstration, a Chromium for each of them, and filippo.io/age beside.
package confidential_test

import (
	"os"
	"testing"

	"folje/test/town"
)

// shop is this package's workshop; TestMain owns it.
var shop town.Workshop

func TestMain(m *testing.M) { os.Exit(shop.Run(m)) }

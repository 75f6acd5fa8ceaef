// Package admin_test goes an administrator's way: from an empty machine to the
// first letter on a parent's phone, by hand and by one table.
package admin_test

import (
	"os"
	"testing"

	"folje/test/town"
)

// shop is this package's workshop; TestMain owns it.
var shop town.Workshop

func TestMain(m *testing.M) { os.Exit(shop.Run(m)) }

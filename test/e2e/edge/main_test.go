// Package edge_test has parents' phones meet an edge instead of the writer.
package edge_test

import (
	"os"
	"testing"

	"folje/test/town"
)

// shop is this package's workshop; TestMain owns it.
var shop town.Workshop

func TestMain(m *testing.M) { os.Exit(shop.Run(m)) }

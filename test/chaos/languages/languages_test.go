// Package languages_test takes parents of every language that has something of
// its own through the whole app:
//
//	go test ./test/chaos/languages -v -count 1 -all
package languages_test

import (
	"flag"
	"os"
	"testing"

	"folje/test/languages"
	"folje/test/town"
)

var all = flag.Bool("all", false, "go the way in every language, not in one only")

// shop is this package's workshop; TestMain owns it.
var shop town.Workshop

func TestMain(m *testing.M) { os.Exit(shop.Run(m)) }

func TestEveryLanguage(t *testing.T) {
	if !*all {
		t.Skip("test/e2e goes the way in two languages; -all goes it in every one")
	}
	w := shop.Town(t)
	for _, tag := range languages.All {
		t.Run(tag, func(t *testing.T) {
			t.Parallel()
			languages.Journey(t, &shop, w, tag)
		})
	}
}

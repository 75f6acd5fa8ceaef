// Package push_test rings real phones: what staff publish goes through the
// program, as a process of its own, to stand-ins of the push services, to
// browsers that are started unmodified, and stands on a screen where it is
// pressed.
package push_test

import (
	"os"
	"path/filepath"
	"testing"

	"folje/test/town"
)

// shop is this package's workshop; TestMain owns it.
var shop = town.Workshop{Program: filepath.Join("test", "push", "program")}

func TestMain(m *testing.M) { os.Exit(shop.Run(m)) }

// The title of the tests' letter is one that the demonstration has in Arabic.
const (
	swedishTitle = "Sömn och vila på Blåsippan"
	arabicTitle  = "النوم والراحة في قسم Blåsippan"
)

func letter(paragraph string) town.Letter {
	return town.Letter{Title: swedishTitle, Question: "Hur kan vi tillsammans göra festen till allas?", Paragraphs: []string{paragraph}}
}

// settled is a condition in a page: the server knows what was chosen.
func settled(chosen string) string {
	return "import('/js/push/settings.js').then((s) => s.ringing()).then((now) => !now.waiting && now.ringing." + chosen + ")"
}

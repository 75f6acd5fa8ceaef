package locale

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// State is how good a message's text is in a locale, as its file says:
// go-i18n's description of a message, which translators' files don't need for
// anything else, is its state and, after a colon, a translator's comment. Its
// hash is that of the source message it was translated from.
type State string

// The states.
const (
	Machine  State = "machine"  // no person has looked at it
	Reviewed State = "reviewed" // by a person who reads the language
)

// describedAs reads a message's description in a translated file. What says
// nothing is a machine's.
func describedAs(description string) (state State, comment string, known bool) {
	name, comment, _ := strings.Cut(description, ":")
	comment = strings.TrimSpace(comment)
	switch state := State(name); state {
	case "":
		return Machine, comment, true
	case Machine, Reviewed:
		return state, comment, true
	}
	return Machine, description, false
}

// description is what [describedAs] reads.
func (s State) description(comment string) string {
	if comment == "" {
		return string(s)
	}
	return string(s) + ": " + comment
}

// formNames are CLDR's plural forms in CLDR's order.
var formNames = []string{"zero", "one", "two", "few", "many", "other"}

// SourceHash names the wording of a source message: forms by CLDR name. A
// translation keeps the hash of what it was translated from, so that a message
// that changes makes only itself outdated. FROZEN: every locale file holds it.
func SourceHash(forms map[string]string) string {
	h := sha256.New()
	for _, name := range formNames {
		if text := forms[name]; text != "" {
			h.Write([]byte(name + "\x00" + text + "\x00"))
		}
	}
	return "sha256-" + hex.EncodeToString(h.Sum(nil))[:12]
}

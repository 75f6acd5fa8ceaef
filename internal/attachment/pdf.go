package attachment

import (
	"bytes"
	"encoding/hex"
	"errors"
	"regexp"

	"github.com/gabriel-vasile/mimetype"
)

// What a PDF may be refused for.
var (
	errFile   = errors.New("no PDF")
	errLocked = errors.New("a PDF with a password")
	errActive = errors.New("a PDF that does something")
)

// active are the names by which a PDF says that it runs or carries something
// (ISO 32000-1, 12.6.4 and 7.11.4). Names can also be hidden in what is packed;
// so phones get a PDF as a file to save and never open it inside the app.
var active = [][]byte{[]byte("/JavaScript"), []byte("/Launch"), []byte("/EmbeddedFile")}

// checkPDF looks whether the bytes are a whole PDF that every phone can open.
func checkPDF(raw []byte) error {
	tail := raw[max(0, len(raw)-1024):]
	if !mimetype.Detect(raw[:min(len(raw), 3072)]).Is(typePDF) || !bytes.HasPrefix(raw, []byte("%PDF-")) || !bytes.Contains(tail, []byte("%%EOF")) {
		return errFile
	}
	raw = spelled(raw)
	if named(raw, []byte("/Encrypt")) {
		return errLocked
	}
	for _, name := range active {
		if named(raw, name) {
			return errActive
		}
	}
	return nil
}

// escaped is a sign of a name that stands as its number (ISO 32000-1, 7.3.5).
var escaped = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)

// spelled gives the bytes with their names as they are read.
func spelled(raw []byte) []byte {
	return escaped.ReplaceAllFunc(raw, func(sign []byte) []byte {
		plain, _ := hex.DecodeString(string(sign[1:])) // it is two digits
		return plain
	})
}

// named reports whether the name stands in the bytes, and not as the beginning
// of a longer one such as /EncryptMetadata.
func named(raw, name []byte) bool {
	for {
		_, after, found := bytes.Cut(raw, name)
		if !found {
			return false
		}
		if len(after) == 0 || !isRegular(after[0]) {
			return true
		}
		raw = after
	}
}

// isRegular tells a character that a PDF's name goes on with.
func isRegular(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '#' || c == '_' || c == '-'
}

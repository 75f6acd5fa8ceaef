package locale_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"testing/fstest"

	"folje/internal/locale"
)

// Phones fetch a projection again only when what it is known by changes. If
// this fails because projections are made in another way now, raise
// projectionForm and put the new sums here.
func TestAProjectionIsKnownByWhatItIsMadeOf(t *testing.T) {
	files := fstest.MapFS{
		"sv.json": {Data: []byte(`{"locale.name":{"other":"Svenska"},"locale.dir":{"other":"ltr"},
			"a":{"description":"d","other":"ett"},"n":{"one":"{{.Count}} sak","other":"{{.Count}} saker"},
			"staff.b":{"other":"två"},"push.c":{"other":"tre"},"error.d":{"other":"fyra"},"poster.e":{"other":"fem"}}`)},
		"en.json": {Data: []byte(`{"locale.name":{"other":"English"},"locale.dir":{"other":"ltr"},"a":{"other":"one"}}`)},
	}
	b, err := locale.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	sum := func(of []byte) string {
		s := sha256.Sum256(of)
		return hex.EncodeToString(s[:6])
	}
	seen := map[string]bool{}
	for audience, want := range map[string][2]string{
		locale.Parent: {"99582217a1c2", "4f04cc84add6"},
		locale.Staff:  {"f55dbfaa26d6", "cd023e5a4c08"},
	} {
		known, made := b.Known("en", audience), b.Projection("en", audience)
		if got := [2]string{sum(known), sum(made)}; got != want {
			t.Errorf("%s: %v, want %v\n%s", audience, got, want, made)
		}
		seen[sum(known)] = true
	}
	if len(seen) != 2 {
		t.Error("both audiences are known by the same")
	}
	files["sv.json"].Data = append(files["sv.json"].Data, '\n')
	if changed, err := locale.Load(files); err != nil || seen[sum(changed.Known("en", locale.Parent))] {
		t.Errorf("a file that it falls back to changed, and it is known by the same: %v", err)
	}
}

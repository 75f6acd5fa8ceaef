package locale_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"os"
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
			"staff.b":{"other":"två"},"guide.f":{"other":"sex"},"push.c":{"other":"tre"},"error.d":{"other":"fyra"},"poster.e":{"other":"fem"}}`)},
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
		locale.Parent: {"0539bfa14333", "93dc04b24c67"},
		locale.Later:  {"7c745f155bfe", "b5dc567949f7"},
		locale.Staff:  {"1b41a79c84a5", "ff4c19207b0f"},
	} {
		known, made := b.Known("en", audience), b.Projection("en", audience)
		if got := [2]string{sum(known), sum(made)}; got != want {
			t.Errorf("%s: %v, want %v\n%s", audience, got, want, made)
		}
		seen[sum(known)], seen[sum(b.KnownKeys(audience))] = true, true
	}
	if len(seen) != 6 {
		t.Error("some of the audiences' projections and keys are known by the same")
	}
	files["sv.json"].Data = append(files["sv.json"].Data, '\n')
	changed, err := locale.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if seen[sum(changed.Known("en", locale.Parent))] || seen[sum(changed.KnownKeys(locale.Parent))] {
		t.Error("the source, which both are made of, changed, and they are known by the same")
	}
}

// What a parent's messages in one locale may take of her data, in gzip, beside
// the keys that all locales share: those that the app begins with, and those
// of screens that few open, such as what is stored of whom.
const (
	mostBytes      = 8_000
	mostLaterBytes = 6_500
)

func TestAParentsMessagesAreSmall(t *testing.T) {
	b, err := locale.Load(os.DirFS(root + "/locales"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("keys of every locale: %d bytes", gzipped(t, b.Keys(locale.Parent)))
	for _, info := range b.Locales() {
		size, later := gzipped(t, b.Projection(info.Tag, locale.Parent)), gzipped(t, b.Projection(info.Tag, locale.Later))
		t.Logf("%s: %d bytes, and %d later", info.Tag, size, later)
		if size > mostBytes || later > mostLaterBytes {
			t.Errorf("%s takes %d and %d bytes, more than %d and %d", info.Tag, size, later, mostBytes, mostLaterBytes)
		}
	}
}

func gzipped(t *testing.T, body []byte) int {
	t.Helper()
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

package access

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"folje/internal/apptest"
)

func testKeys(tb testing.TB, seed byte) *Keys {
	tb.Helper()
	k, err := NewKeys(bytes.Repeat([]byte{seed}, KeyLength))
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

func TestSealedCodeOpensWithItsOwnKeyAndRowOnly(t *testing.T) {
	k, c := testKeys(t, 1), NewCode()
	sealed := k.Seal(c)
	if strings.Contains(sealed, string(c)) || k.Seal(c) == sealed {
		t.Error("the seal shows the code, or is the same twice")
	}
	if got, err := k.Open(sealed, k.Lookup(c)); err != nil || got != c {
		t.Errorf("open: %v", err)
	}
	if _, err := k.Open(sealed, k.Lookup(NewCode())); err == nil {
		t.Error("opened in another row")
	}
	if _, err := testKeys(t, 2).Open(sealed, k.Lookup(c)); err == nil {
		t.Error("opened with another key")
	}
	for _, bad := range []string{"", "!", sealed[:10]} {
		if _, err := k.Open(bad, k.Lookup(c)); err == nil {
			t.Errorf("opened %q", bad)
		}
	}
}

func TestLookupIsKeyed(t *testing.T) {
	c := Code("01ABC1DE09")
	a, b := testKeys(t, 1).Lookup(c), testKeys(t, 2).Lookup(c)
	if a == b || len(a) != 64 || a != testKeys(t, 1).Lookup(c) {
		t.Errorf("%s %s", a, b)
	}
}

func TestLoadKeysMakesTheFileOnce(t *testing.T) {
	dir := t.TempDir()
	first, err := LoadKeys(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(KeyFile(dir))
	if err != nil || info.Size() != KeyLength {
		t.Fatalf("%v %v", info, err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	again, err := LoadKeys(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	c := NewCode()
	if first.Lookup(c) != again.Lookup(c) {
		t.Error("the second start has another key")
	}
	left, _ := filepath.Glob(filepath.Join(dir, "keys", "*"))
	if len(left) != 1 {
		t.Errorf("files left: %v", left)
	}
}

func TestLoadKeysRefusesWhatItCannotTrust(t *testing.T) {
	write := func(size int, mode os.FileMode) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, make([]byte, size), mode); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		prepare func(*testing.T, string)
		want    error
		says    string
	}{
		"missing beside invites": {func(*testing.T, string) {}, ErrKeyMissing, "backup"},
		"readable by others":     {write(KeyLength, 0o640), ErrKeyExposed, "chmod 600"},
		"too short":              {write(KeyLength-1, 0o600), ErrKeyLength, "backup"},
		"empty":                  {write(0, 0o600), ErrKeyLength, "backup"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.MkdirAll(filepath.Dir(KeyFile(dir)), 0o700); err != nil {
				t.Fatal(err)
			}
			c.prepare(t, KeyFile(dir))
			_, err := LoadKeys(dir, false)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), dir) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestNewKeysWantsTheWholeSecret(t *testing.T) {
	if _, err := NewKeys(make([]byte, 16)); err == nil {
		t.Error("a short secret was taken")
	}
}

// With another key operations would be applied again and calendars end.
func TestAKeyIsMadeOnlyWhereNothingDependsOnOne(t *testing.T) {
	mark := strings.Repeat("a", 64)
	for _, name := range []string{"invites", "calendars", "operations"} { // by name: the list itself is what is tested
		t.Run(name, func(t *testing.T) {
			app := apptest.New(t)
			if _, err := OpenKeys(app); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(KeyFile(app.DataDir())); err != nil {
				t.Fatal(err)
			}
			if _, err := OpenKeys(app); err != nil {
				t.Fatalf("nothing depends on the key, and yet: %v", err)
			}
			if err := os.Remove(KeyFile(app.DataDir())); err != nil {
				t.Fatal(err)
			}
			device := apptest.MustRecord(t, app, "devices", map[string]any{"id": newPhone().id, "secretHash": mark})
			apptest.MustRecord(t, app, name, map[string]any{
				"mark": mark, "verdict": "applied", "device": device.Id,
				"kind": "handover", "codeHash": mark, "codeSealed": "x",
			})
			if _, err := OpenKeys(app); !errors.Is(err, ErrKeyMissing) || !strings.Contains(err.Error(), name) {
				t.Errorf("%v", err)
			}
		})
	}
}

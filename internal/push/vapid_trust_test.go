package push

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// kept makes what a file of keys holds.
type kept func(*testing.T) string

// rotated is a good file of two keys, spoilt.
func rotated(spoil func(*vapidFile)) kept {
	return func(t *testing.T) string {
		t.Helper()
		dir := t.TempDir()
		if _, err := mustOpen(t, dir).Rotate(start); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(VAPIDFile(dir))
		var file vapidFile
		if err := errors.Join(err, json.Unmarshal(raw, &file)); err != nil {
			t.Fatal(err)
		}
		spoil(&file)
		if raw, err = json.Marshal(file); err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
}

func text(s string) kept { return func(*testing.T) string { return s } }

func TestKeysThatCannotBeTrustedAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		content kept
		mode    os.FileMode
		want    error
		says    string
	}{
		"good":                {rotated(func(*vapidFile) {}), 0o600, nil, ""},
		"readable by a group": {rotated(func(*vapidFile) {}), 0o640, ErrKeysExposed, "chmod 600"},
		"readable by all":     {rotated(func(*vapidFile) {}), 0o604, ErrKeysExposed, "folje push rotate"},
		"empty":               {text(""), 0o600, ErrKeysDamaged, "backup"},
		"no keys":             {text(`{"keys":[]}`), 0o600, ErrKeysDamaged, "backup"},
		"huge":                {text(strings.Repeat(" ", maxFile+1)), 0o600, ErrKeysDamaged, "too large"},
		"no number":           {rotated(func(f *vapidFile) { f.Keys[0].Private = "AA" }), 0o600, ErrKeysDamaged, "key 1"},
		"zero": {rotated(func(f *vapidFile) { f.Keys[0].Private = base64.RawURLEncoding.EncodeToString(make([]byte, 32)) }),
			0o600, ErrKeysDamaged, "P-256"},
		"another id":       {rotated(func(f *vapidFile) { f.Keys[1].ID = f.Keys[0].ID }), 0o600, ErrKeysDamaged, "key 2"},
		"two current ones": {rotated(func(f *vapidFile) { f.Keys[1].Replaced = "" }), 0o600, ErrKeysDamaged, "key 2"},
		"none current":     {rotated(func(f *vapidFile) { f.Keys[0].Replaced = "2026-11-22" }), 0o600, ErrKeysDamaged, "key 1"},
		"no day":           {rotated(func(f *vapidFile) { f.Keys[1].Replaced = "soon" }), 0o600, ErrKeysDamaged, "day"},
	} {
		t.Run(name, func(t *testing.T) {
			content := c.content(t)
			path, err := openKept(t, content, c.mode)
			if !errors.Is(err, c.want) || err != nil && (!strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), path)) {
				t.Errorf("%v", err)
			}
			if raw, err := os.ReadFile(path); err != nil || string(raw) != content {
				t.Error("the file was changed")
			}
		})
	}
}

// openKept opens the keys of a folder whose file of keys is this one, and
// answers the file's path.
func openKept(t *testing.T, content string, mode os.FileMode) (path string, err error) {
	t.Helper()
	dir := t.TempDir()
	path = VAPIDFile(dir)
	err = errors.Join(os.Mkdir(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), mode), os.Chmod(path, mode))
	if err != nil {
		t.Fatal(err)
	}
	_, err = OpenVAPID(dir)
	return path, err
}

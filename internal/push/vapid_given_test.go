package push

import (
	"encoding/base64"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// A worker is given the file's text, or its numbers, and has the same keys.
func TestKeysCanBeGivenAsText(t *testing.T) {
	dir := t.TempDir()
	v, err := OpenVAPID(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Rotate(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(VAPIDFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, k := range v.keys {
		secret, err := k.private.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, base64.RawURLEncoding.EncodeToString(secret))
	}
	for _, text := range []string{string(raw), strings.Join(numbers, ",\n"), numbers[1] + " " + numbers[0]} {
		given, err := ParseVAPID(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range v.Keys() {
			if _, has := given.Find(k.ID); !has {
				t.Errorf("key %s is missing", k.ID)
			}
		}
	}
	for _, text := range []string{"", " ", "{}", "abc", numbers[0] + "x", "{"} {
		if _, err := ParseVAPID(text); !errors.Is(err, ErrKeysGiven) || text != "" && len(text) > 3 && strings.Contains(err.Error(), text) {
			t.Errorf("%d characters gave %v", len(text), err)
		}
	}
}

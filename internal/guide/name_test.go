package guide_test

import (
	"encoding/json"
	"os"
	"testing"

	"folje/internal/guide"
)

// The browser's twin reads the same file.
func TestNamesArePutIn(t *testing.T) {
	raw, err := os.ReadFile("testdata/names.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Names guide.Names
		Texts []struct{ Text, LTR, RTL string }
	}
	if err := json.Unmarshal(raw, &vectors); err != nil || len(vectors.Texts) == 0 {
		t.Fatal(err)
	}
	for _, v := range vectors.Texts {
		if got := vectors.Names.Put(v.Text, false); got != v.LTR {
			t.Errorf("%q is %q, want %q", v.Text, got, v.LTR)
		}
		if got := vectors.Names.Put(v.Text, true); got != v.RTL {
			t.Errorf("%q is %q from right to left, want %q", v.Text, got, v.RTL)
		}
	}
}

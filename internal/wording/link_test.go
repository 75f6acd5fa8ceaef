package wording_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"folje/internal/wording"
)

// Whatever is drawn as a link is a fault that misleads where the source doesn't
// have it; test/modules holds the browser's twin, and what is drawn, to the same.
func TestWhatIsDrawnAsALinkIsChecked(t *testing.T) {
	raw, err := os.ReadFile("testdata/links.json")
	if err != nil {
		t.Fatal(err)
	}
	var links []struct {
		Text           string
		Drawn, Checked []string
	}
	if err := json.Unmarshal(raw, &links); err != nil {
		t.Fatal(err)
	}
	drawn := 0
	for _, l := range links {
		drawn += len(l.Drawn)
		found := []string{}
		for _, f := range wording.Check("Hej.", l.Text, "en") {
			if (f.Code == wording.Link || f.Code == wording.Phone) && f.Hard {
				found = append(found, f.At)
			}
		}
		if !slices.Equal(found, l.Checked) || len(l.Checked) < len(l.Drawn) {
			t.Errorf("%s: %q, want %q", l.Text, found, l.Checked)
		}
	}
	if drawn < 14 {
		t.Errorf("%d links are drawn: some were lost", drawn)
	}
}

package wording_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"folje/internal/wording"
)

// vector is one comparison; the browser's twin is held to the same ones.
type vector struct {
	Name, Locale, Source, Target string
	Faults                       []string
}

func TestCheckFindsWhatIsPlanted(t *testing.T) {
	raw, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	planted := 0
	for _, v := range vectors {
		codes := []string{}
		for _, f := range wording.Check(v.Source, v.Target, v.Locale) {
			codes = append(codes, f.Code)
		}
		slices.Sort(codes)
		slices.Sort(v.Faults)
		if !slices.Equal(codes, v.Faults) {
			t.Errorf("%s: %v, want %v", v.Name, codes, v.Faults)
		}
		if len(v.Faults) > 0 {
			planted++
		}
	}
	if len(vectors) < 80 || planted < 40 {
		t.Errorf("%d comparisons, %d with a fault: some were lost", len(vectors), planted)
	}
}

// Who calls a text reviewed must be able to trust that a fault that misleads is
// hard, and that a hint isn't.
func TestWhatMisleadsIsHard(t *testing.T) {
	for target, hard := range map[string]bool{
		"See you at 17:45.":         true,
		"See you at 17:30":          false,
		"See 2 of you at 17:30.":    false,
		"See you at 17:30. 0980-31": true, // drawn as a number to call
		"":                          true,
	} {
		faults := wording.Check("Vi ses kl. 17:30.", target, "en")
		if len(faults) == 0 || wording.Hard(faults) != hard {
			t.Errorf("%q: %v", target, faults)
		}
	}
}

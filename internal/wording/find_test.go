package wording_test

import (
	"slices"
	"testing"

	"folje/internal/wording"
)

func TestFindGivesWhatReadsTheSameEverywhere(t *testing.T) {
	for text, want := range map[string][]string{
		"Vi är 23 barn.":                                   nil,
		"Kom kl. 18.00 den 2026-11-26!":                    {"18.00", "2026-11-26"},
		"Ring 08-123 45 67 eller 070-123 45 67.":           {"08-123 45 67", "070-123 45 67"},
		"Hej {{.Name}}, läs https://skolan.example/å?b=1.": {"{{.Name}}", "https://skolan.example/å?b=1."},
		"Läs på folje.se, t.ex. 1177.se, eller ring 1177.": {"folje.se", "1177.se", "1177"},
		"Skriv till rektor@skolan.example kl 9:30":         {"rektor@skolan.example", "9:30"},
	} {
		var got []string
		for _, at := range wording.Find(text) {
			got = append(got, text[at[0]:at[1]])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

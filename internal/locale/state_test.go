package locale

import "testing"

func TestDescribedAs(t *testing.T) {
	for description, want := range map[string]struct {
		state   State
		comment string
		known   bool
	}{
		"":                     {Machine, "", true},
		"machine":              {Machine, "", true},
		"reviewed":             {Reviewed, "", true},
		"reviewed: as we say":  {Reviewed, "as we say", true},
		"A greeting":           {Machine, "A greeting", false},
		"machine: unsure: see": {Machine, "unsure: see", true},
	} {
		state, comment, known := describedAs(description)
		if state != want.state || comment != want.comment || known != want.known {
			t.Errorf("%q: %s, %q, %v", description, state, comment, known)
		}
		if again, _, _ := describedAs(state.description(comment)); known && again != state {
			t.Errorf("%q doesn't come back", description)
		}
	}
}

// Every locale file holds such hashes.
func TestSourceHashIsFrozen(t *testing.T) {
	if got := SourceHash(map[string]string{"one": "{{.Count}} brev", "other": "{{.Count}} brev", "description": "no part of it"}); got != "sha256-0ef1ad061d0a" {
		t.Error(got)
	}
	if SourceHash(map[string]string{"one": "a"}) == SourceHash(map[string]string{"other": "a"}) {
		t.Error("forms are mixed up")
	}
}

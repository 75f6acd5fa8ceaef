package pack

import (
	"slices"
	"testing"
)

// systems are how many the documents that the model is described in name; the
// entries of the guide say by number which they carry.
const systems = 22

// Every system has its entry, for parents where it is for them, and staff are told
// what is theirs of it.
func TestDemoCoversTheModel(t *testing.T) {
	p := loadDemo(t)
	staffOnly := []int{16, 18, 20, 21}
	for n := 1; n <= systems; n++ {
		var entries []*GuideEntry
		for i := range p.Guide {
			if slices.Contains(p.Guide[i].Seeds, n) {
				entries = append(entries, &p.Guide[i])
			}
		}
		if len(entries) == 0 {
			t.Errorf("no entry carries system %d", n)
			continue
		}
		open := slices.ContainsFunc(entries, (*GuideEntry).Open)
		if slices.Contains(staffOnly, n) == open {
			t.Errorf("system %d is for everybody: %v", n, open)
		}
		if !slices.ContainsFunc(entries, func(e *GuideEntry) bool { return len(e.Staff) > 0 }) {
			t.Errorf("nobody tells staff about system %d", n)
		}
	}
	if len(p.Themes) != 8 || len(p.Questions) < 50 || len(p.Phrases) < 25 || len(p.Activities) < 3 || len(p.SupportGroups) < 2 || len(p.Worries) < 25 {
		t.Errorf("%d themes, %d questions, %d phrases, %d activities, %d groups, %d worries", len(p.Themes), len(p.Questions),
			len(p.Phrases), len(p.Activities), len(p.SupportGroups), len(p.Worries))
	}
}

// Each service is found by a worry, except for what isn't looked for so.
func TestDemoEntriesAreFoundByAWorry(t *testing.T) {
	p := loadDemo(t)
	for i := range p.Guide {
		e := &p.Guide[i]
		found := slices.ContainsFunc(p.Worries, func(w Worry) bool { return slices.Contains(w.Guide, e.Key) })
		if e.Open() && !found {
			t.Errorf("no worry leads to %s", e.Key)
		}
		if !e.Open() && found {
			t.Errorf("a worry leads parents to %s, which is for staff", e.Key)
		}
	}
}

package calendar_test

import (
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
)

// A meeting about a theme is in the calendar like any other, and doesn't say
// there what it is about: a theme can tell something of a child.
func TestCalendarHasThematicMeetingsWithoutTheirTheme(t *testing.T) {
	w := newTown(t, "sv")
	theme := apptest.MustRecord(t, w.app, "themes", map[string]any{"key": "halsa", "title": "Psykisk hälsa", "information": "Om oro."})
	m := w.meeting(in(t, "2026-10-22 18:00"), map[string]any{
		"kind": "thematic", "theme": theme.Id, "title": "Psykisk hälsa", "heldBy": "Kuratorn", "published": w.now.Add(-time.Hour),
	}, w.granen)
	raw := string(w.ask("", "GET", strings.TrimPrefix(w.address(), v1), nil).Body)
	if !strings.Contains(raw, m.Id+"@folje") || !strings.Contains(raw, "SUMMARY:Föräldramöte") {
		t.Errorf("the calendar has %s", raw)
	}
	for _, told := range []string{"hälsa", "oro", "Kuratorn"} {
		if strings.Contains(raw, told) {
			t.Errorf("the calendar tells %q", told)
		}
	}
}

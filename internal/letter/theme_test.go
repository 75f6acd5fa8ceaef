package letter_test

import (
	"errors"
	"testing"

	"folje/internal/apptest"
	"folje/internal/letter"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// The letter of a meeting about a theme needs no question of the day; that of a
// QPM meeting does.
func TestALetterAboutAThemeNeedsNoQuestion(t *testing.T) {
	p := open(t)
	theme := apptest.MustRecord(t, p.app, "themes", map[string]any{"key": "halsa", "title": "Hälsa"})
	about := apptest.MustRecord(t, p.app, "meetings", map[string]any{
		"kind": "thematic", "theme": theme.Id, "unit": p.unit.Id, "groups": []string{p.blue.Id}, "starts": p.now, "place": "Aulan",
	})
	for meeting, needs := range map[string]bool{p.meeting.Id: true, about.Id: false, "": true} {
		c, err := p.app.FindCollectionByNameOrId("letters")
		if err != nil {
			t.Fatal(err)
		}
		l := letter.Letter{Record: core.NewRecord(c)}
		l.Load(map[string]any{"unit": p.unit.Id, "groups": []string{p.blue.Id}, "meeting": meeting, "title": "Hälsa – från mötet",
			"blocks": []map[string]any{{"id": "a", "kind": "paragraph", "text": "Vi pratade om sömn."}}})
		if err := letter.Save(p.app, l); err != nil {
			t.Fatal(err)
		}
		_, err = letter.Publish(p.app, l.Id, p.anna.Id, l.Base(), p.now)
		var told *problem.Problem
		if errors.As(err, &told) != needs || needs && told.Fields["question"].Code != "error.letter_needs_question" {
			t.Errorf("of meeting %q: %v", meeting, err)
		}
	}
}

package meeting_test

import (
	"testing"
	"time"

	"folje/internal/meeting"
)

func TestAnswersAreKeptForThreeMonths(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	later, _ := p.publish(map[string]any{"starts": stamp(p.starts.AddDate(0, 0, 1)), "ends": ""})
	f := p.follow(p.blue)
	f.answer(id, 1, wish("so", "phone"))
	f.answer(later, 2, nil)
	p.book(p.anna, id, "so", "phone", "booked", "Tolkförmedlingen")
	last := p.starts.Add(90*time.Minute).AddDate(0, 3, 0)
	for _, left := range []int{2, 1} {
		now := last.Add(time.Duration(1-left) * time.Second) // a second before, and then
		if err := meeting.Prune(p.app, now); err != nil {
			t.Fatal(err)
		}
		if got := f.ownAnswers(); len(got) != left {
			t.Errorf("%v: %v", now, got)
		}
	}
	if got := p.interpreters(id); len(got) != 1 || got[0]["state"] != "booked" || got[0]["families"] != 0.0 {
		t.Errorf("the booking: %v", got)
	}
}

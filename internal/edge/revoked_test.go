package edge

import (
	"fmt"
	"testing"
	"time"

	"folje/internal/ticket"
)

// A word is kept for as long as its tickets could be shown, whatever time it is
// said to be; and one that can't be read takes nothing back.
func TestWordsAreKeptByASteadyClock(t *testing.T) {
	var steady time.Duration
	r := newRevocations(func() time.Duration { return steady })
	noon := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	long := noon.Add(-24 * time.Hour) // of a machine whose clock is a day behind
	if err := r.take("device", fmt.Appendf(nil, `{"at":%q,"term":5}`, long.Format(time.RFC3339))); err != nil {
		t.Fatal(err)
	}
	void := func(issued time.Time, term uint64) bool {
		_, void := r.of(ticket.Ticket{Device: "device", Issued: issued, Term: term})
		return void
	}
	steady = 2 * ticket.Life
	r.prune()
	if !void(long, 5) || !void(noon, 4) || void(noon, 5) {
		t.Error("the word was forgotten, or says too much")
	}
	r.doubt("device", noon)
	if !void(noon, 5) || !void(noon.Add(time.Hour), 4) || void(noon.Add(time.Hour), 5) {
		t.Error("what can't be read took something back")
	}
	steady += 3 * ticket.Life
	r.prune()
	if void(long, 5) || len(r.words) != 0 {
		t.Error("the word is kept for ever")
	}
}

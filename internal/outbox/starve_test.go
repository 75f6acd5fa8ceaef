package outbox

import (
	"context"
	"testing"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/pocketbase/core"
)

// A service whose answers never stop coming holds up no other letter.
func TestWhatFallsDueMeanwhileIsReleased(t *testing.T) {
	w := newWorld(t)
	const phones, slow = 200, time.Second
	w.phones(phones, service)
	w.sender.answer = func(context.Context, sending) push.Answer {
		w.clock.set(w.clock.now().Add(slow))
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}
	sent := -1 // when the second letter came out
	w.kinds["second"] = Kind{
		Release: func(core.App, Row, time.Time) (bool, error) { sent = w.sender.count(); return false, nil },
		Compose: w.kinds["letter"].Compose,
	}
	w.restart()
	second := w.letter("two")
	second.Kind, second.Due = "second", noon.Add(30*slow)
	w.add(second)
	w.add(w.letter("one"))
	<-w.woken // or it looks by chance
	w.round()
	if sent < 30 || sent >= phones {
		t.Errorf("the second letter came out after %d of the first's %d messages", sent, phones)
	}
}

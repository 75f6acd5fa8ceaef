package allowance

import (
	"strconv"
	"testing"
	"time"
)

var start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestEachCallerHasItsAllowance(t *testing.T) {
	h := NewHourly(10)
	if wait := h.Take("a", 10, start); wait != 0 {
		t.Fatalf("the whole allowance waits %s", wait)
	}
	if wait := h.Take("a", 1, start); wait != 6*time.Minute {
		t.Errorf("one more waits %s", wait)
	}
	if wait := h.Take("a", 2, start); wait != 12*time.Minute {
		t.Errorf("two more wait %s", wait)
	}
	if wait := h.Take("b", 1, start); wait != 0 {
		t.Errorf("another waits %s", wait)
	}
	later := start.Add(6 * time.Minute)
	if wait := h.Take("a", 1, later); wait != 0 {
		t.Errorf("after the wait it waits %s", wait)
	}
	if wait := h.Take("a", 1, later.Add(6*time.Minute-time.Millisecond)); wait != time.Second {
		t.Errorf("just before there is one it waits %s", wait)
	}
}

func TestOnlyWhoDidSomethingLatelyIsRemembered(t *testing.T) {
	h := NewHourly(2)
	h.Take("spent", 2, start.Add(time.Hour))
	for i := range room - 1 {
		h.Take(strconv.Itoa(i), 1, start)
	}
	h.Take("one more", 1, start.Add(time.Hour))
	if len(h.by) != 2 {
		t.Errorf("%d are remembered, want the one who spent all and the last", len(h.by))
	}
	if wait := h.Take("spent", 1, start.Add(time.Hour)); wait != 30*time.Minute {
		t.Errorf("who spent all waits %s", wait)
	}
}

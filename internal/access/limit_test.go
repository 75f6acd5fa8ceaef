package access

import (
	"fmt"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func try(g *gate, address string, now time.Time, wrong bool) bool {
	leave, wait := g.enter(address, now)
	if wait > 0 {
		return false
	}
	leave(wrong)
	return true
}

func codeGate() *gate {
	l := DefaultLimits()
	return newGate(l.WrongCodes, l.AllWrongCodes, l.Addresses)
}

func TestSixtyParentsBehindOneAddressAreNeverLockedOut(t *testing.T) {
	g := codeGate()
	for parent := range 60 {
		at := noon.Add(time.Duration(parent) * 10 * time.Second)
		for typo := range 4 {
			if !try(g, "school", at, true) {
				t.Fatalf("parent %d is locked out at her typo %d", parent, typo)
			}
		}
		if !try(g, "school", at, false) {
			t.Fatalf("parent %d is locked out with the right code", parent)
		}
	}
}

func TestWrongCodesRunOutForOneAddressOnly(t *testing.T) {
	g := newGate(Rate{3, time.Minute}, Rate{100, time.Second}, 10)
	for range 3 {
		if !try(g, "a", noon, true) {
			t.Fatal("refused within the budget")
		}
	}
	leave, wait := g.enter("a", noon)
	if leave != nil || wait != time.Minute {
		t.Errorf("wait %v", wait)
	}
	if !try(g, "b", noon, true) {
		t.Error("another address paid")
	}
	if !try(g, "a", noon.Add(time.Minute), true) || try(g, "a", noon.Add(time.Minute), true) {
		t.Error("a minute did not give exactly one more")
	}
}

func TestRightCodesCostNothing(t *testing.T) {
	g := newGate(Rate{1, time.Hour}, Rate{1, time.Hour}, 10)
	for range 1000 {
		if !try(g, "a", noon, false) {
			t.Fatal("a right code was counted")
		}
	}
	if len(g.by) != 0 || g.order.Len() != 0 {
		t.Error("an address without a wrong code is remembered")
	}
}

func TestAttemptsAtOnceHoldTheirPlaces(t *testing.T) {
	g := newGate(Rate{2, time.Hour}, Rate{}, 10)
	first, _ := g.enter("a", noon)
	second, _ := g.enter("a", noon)
	if leave, _ := g.enter("a", noon); leave != nil {
		t.Fatal("a third attempt slipped past two that had not ended")
	}
	first(true)
	second(false)
	if !try(g, "a", noon, true) || try(g, "a", noon, true) {
		t.Error("two wrong codes were not counted as two")
	}
}

func TestTheCommonBudgetBoundsAllAddresses(t *testing.T) {
	g := newGate(Rate{100, time.Second}, Rate{5, time.Minute}, 100)
	let := 0
	for range 10 {
		for i := range 50 {
			if try(g, fmt.Sprint(i), noon, true) {
				let++
			}
		}
	}
	if let != 50*forgiven {
		t.Errorf("%d wrong codes of all addresses passed", let)
	}
	if !try(g, "a parent who never erred", noon, false) {
		t.Error("attackers keep a parent out")
	}
}

func TestRememberedAddressesAreBounded(t *testing.T) {
	g := newGate(Rate{2, time.Hour}, Rate{}, 50)
	for i := range 10_000 {
		try(g, fmt.Sprint(i), noon, true)
		try(g, "busy", noon, false)
	}
	if len(g.by) > 50 || g.order.Len() != len(g.by) {
		t.Errorf("%d addresses, %d in order", len(g.by), g.order.Len())
	}
}

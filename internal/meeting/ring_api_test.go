package meeting_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"

	"github.com/pocketbase/pocketbase/core"
)

func (p *preschool) ringing(id string) apptest.Answer {
	p.Helper()
	a := p.ask(p.anna, http.MethodGet, staffPath+id+"/ringing", nil)
	if a.Status != http.StatusOK {
		p.Fatalf("ringing: %d %s", a.Status, a.Body)
	}
	return a
}

func TestStaffSeeHowPhonesRing(t *testing.T) {
	p := open(t)
	plan, _ := p.write(nil)
	if a := p.ringing(plan); strings.TrimSpace(string(a.Body)) != "null" {
		t.Errorf("a plan rings: %s", a.Body)
	}
	for range 6 {
		p.follow(p.blue)
	}
	p.now = time.Date(2026, 11, 8, 21, 30, 0, 0, time.UTC) // half past ten at night
	id, base := p.publish(nil)
	expectFields(t, p.ringing(id), map[string]any{
		"kind": "meeting", "due": "2026-11-08T21:30:30Z", "hold": nil, "rings": "2026-11-09T06:00:00Z",
		"released": false, "done": false, "phones": 5.0, "reachable": 0.0, "rung": 0.0, "waiting": 0.0, "failed": 0.0,
	})
	p.rung(id, "meeting")
	expectFields(t, p.ringing(id), map[string]any{"kind": "meeting", "released": true, "done": true, "rung": 0.0, "phones": 5.0})
	p.now = p.now.Add(12 * time.Hour)
	p.change(id, map[string]any{"place": "Gården"})
	expectFields(t, p.ringing(id), map[string]any{"kind": "meeting_changed", "rings": "2026-11-09T09:30:30Z", "done": false})
	p.act(p.anna, id, "cancel", base+1)
	expectFields(t, p.ringing(id), map[string]any{"kind": "meeting_cancelled", "done": false})

	id, base = p.publish(nil)
	p.act(p.anna, id, "cancel", base)
	if a := p.ringing(id); strings.TrimSpace(string(a.Body)) != "null" {
		t.Errorf("a meeting that nobody heard of rings: %s", a.Body)
	}
}

func expectFields(t *testing.T, a apptest.Answer, want map[string]any) {
	t.Helper()
	for name, value := range want {
		if got := a.JSON[name]; got != value {
			t.Errorf("%s is %v, want %v in %s", name, got, value, a.Body)
		}
	}
}

func TestWhoMaySeeHowPhonesRing(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	for who, want := range map[*core.Record]int{nil: 401, p.tara: 404, p.elsewhere: 404, p.root: 200} {
		if a := p.ask(who, http.MethodGet, staffPath+id+"/ringing", nil); a.Status != want {
			t.Errorf("%d %s, want %d", a.Status, a.Body, want)
		}
	}
}

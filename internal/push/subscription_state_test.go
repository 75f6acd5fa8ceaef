package push

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"folje/internal/apptest"

	"github.com/pocketbase/pocketbase/core"
)

func counting(n *int) func(*core.RecordEvent) error {
	return func(e *core.RecordEvent) error { *n++; return e.Next() }
}

func TestThirdFaultParksUntilThePhoneComesBack(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	id := w.subscribe(p, google+"a").Id
	fault := func(want bool) {
		t.Helper()
		if parked, err := Fault(w.app, id, w.now); err != nil || parked != want {
			t.Errorf("parked %v, %v; want %v", parked, err, want)
		}
	}
	fault(false)
	fault(false)
	if err := Heal(w.app, id); err != nil {
		t.Fatal(err)
	}
	fault(false)
	fault(false)
	if n := w.reach(); n != 1 {
		t.Errorf("%d reached after two", n)
	}
	fault(true)
	w.now = w.now.AddDate(0, 0, 1)
	fault(true)
	if n := w.reach(); n != 0 {
		t.Errorf("%d reached though parked", n)
	}
	subs, err := Find(w.app, []string{id})
	if err != nil || len(subs) != 1 || !subs[0].Parked || subs[0].Faults != 4 {
		t.Errorf("%+v %v", subs, err)
	}
	if r := w.row(google + "a"); r.GetString("parked") != "2026-11-22" {
		t.Errorf("parked on %s", r.GetString("parked"))
	}
	w.expect(w.put(p, w.subscribed(google+"a")), http.StatusNoContent)
	if n := w.reach(); n != 1 {
		t.Error("it is still parked")
	}
	fault(false)
}

func TestEndedSubscriptionKeepsItsReasonAndTakesNoFault(t *testing.T) {
	w := newWorld(t)
	id := w.subscribe(w.phone(), google+"a").Id
	for _, reason := range []string{ReasonGone, ReasonTooMany} {
		if err := End(w.app, id, reason, w.now); err != nil {
			t.Fatal(err)
		}
	}
	if parked, err := Fault(w.app, id, w.now); parked || err != nil {
		t.Error(parked, err)
	}
	if parked, err := Fault(w.app, "none", w.now); parked || err != nil {
		t.Error(parked, err)
	}
	r := w.row(google + "a")
	if r.GetString("reason") != ReasonGone || r.GetString("ended") != "2026-11-22" || r.GetInt("faults") != 0 {
		t.Errorf("%v", r)
	}
	if subs, err := Find(w.app, []string{id}); err != nil || len(subs) != 0 {
		t.Errorf("%v %v", subs, err)
	}
}

func TestReachableIsWhoFollowsNow(t *testing.T) {
	w := newWorld(t)
	second := apptest.MustGroup(t, w.app, apptest.MustUnit(t, w.app, "Linden"), "Ekorren")
	both, left, silent, other := w.phone(), w.phone(), w.phone(), w.phone()
	w.follow(both, second, w.now.AddDate(1, 0, 0))
	w.subscribe(both, google+"both")
	w.subscribe(both, google+"another")
	w.subscribe(left, google+"left")
	w.subscribe(silent, google+"silent")
	w.subscribe(other, google+"other")
	w.set("devices", other.id, map[string]any{"locale": "ar", "quiet": "off", "titles": true})
	m, err := w.app.FindFirstRecordByData("memberships", "device", left.id)
	if err != nil {
		t.Fatal(err)
	}
	w.set("memberships", m.Id, map[string]any{"ends": w.now})
	w.set(collection, w.row(google+"silent").Id, map[string]any{"heard": day(w.now.AddDate(0, 0, -61))})

	if n := w.reach(w.group.Id, second.Id); n != 3 {
		t.Errorf("%d of both groups, want each subscription once: 3", n)
	}
	if n := w.reach(second.Id); n != 2 {
		t.Errorf("%d of the second", n)
	}
	for name, c := range map[string]struct {
		who  Audience
		want int
	}{
		"no group":         {Audience{}, 0},
		"arabic":           {Audience{Groups: []string{w.group.Id}, Locale: "ar"}, 1},
		"one phone":        {Audience{Groups: []string{second.Id}, Device: other.id}, 1},
		"one that is none": {Audience{Groups: []string{w.group.Id}, Device: "none"}, 0},
	} {
		found, err := Reachable(w.app, c.who, "", 10, w.now)
		if err != nil || len(found) != c.want {
			t.Errorf("%s: %v %v", name, found, err)
		}
		if name == "arabic" && (found[0].Quiet != "off" || !found[0].Titles || found[0].Locale != "ar") {
			t.Errorf("%+v", found)
		}
	}
	w.set(collection, w.row(google+"silent").Id, map[string]any{"heard": day(w.now.AddDate(0, 0, -60))})
	if n := w.reach(); n != 4 {
		t.Errorf("%d when heard 60 days ago", n)
	}
}

func (w *world) set(collection, id string, values map[string]any) {
	w.Helper()
	r, err := w.app.FindRecordById(collection, id)
	if err != nil {
		w.Fatal(err)
	}
	r.Load(values)
	if err := w.app.Save(r); err != nil {
		w.Fatal(err)
	}
}

func TestReachableGoesOnWhereItStopped(t *testing.T) {
	w := newWorld(t)
	for i := range 25 {
		w.subscribe(w.phone(), fmt.Sprint(google, i))
	}
	var ids []string
	for after := ""; ; after = ids[len(ids)-1] {
		found, err := Reachable(w.app, Audience{Groups: []string{w.group.Id}}, after, 10, w.now)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			break
		}
		for _, r := range found {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) != 25 || !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != 25 {
		t.Errorf("%d %v", len(ids), ids)
	}
}

func TestPhoneThatIsShutOutGetsNothing(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	r := w.subscribe(p, google+"a")
	raw := func(moment string) { // as it is before the hooks ran
		t.Helper()
		if _, err := w.app.DB().NewQuery("UPDATE devices SET revoked = {:m} WHERE id = {:id}").
			Bind(map[string]any{"m": moment, "id": p.id}).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	raw(stamp(w.now))
	subs, err := Find(w.app, []string{r.Id})
	if n := w.reach(); n != 0 || len(subs) != 0 || err != nil {
		t.Errorf("%d reached, %v, %v", n, subs, err)
	}
	raw("")
	w.set("devices", p.id, map[string]any{"revoked": w.now})
	if w.rows() != 0 {
		t.Error("its subscription is kept")
	}
	w.refused(w.put(p, w.subscribed(google+"a")), http.StatusUnauthorized, "error.device_revoked")
}

func TestSubscriptionGoesWithItsPhone(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	w.subscribe(p, google+"a")
	w.subscribe(w.phone(), google+"b")
	device, err := w.app.FindRecordById("devices", p.id)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.app.Delete(device); err != nil {
		t.Fatal(err)
	}
	if n := w.rows(); n != 1 {
		t.Errorf("%d rows", n)
	}
}

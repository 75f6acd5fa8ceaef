package access

import (
	"net/http"
	"testing"
)

func TestPruneDeletesWhatIsNoLongerOfUse(t *testing.T) {
	w := newWorld(t)
	p, q := w.joined(w.code(w.blue)), w.joined(w.code(w.red))
	w.handover(p)
	rows := func(when string, devices, memberships, invites int) {
		t.Helper()
		if err := Prune(w.app, w.now); err != nil {
			t.Fatal(err)
		}
		if d, m, i := w.count("devices"), w.count("memberships"), w.count("invites"); d != devices || m != memberships || i != invites {
			t.Errorf("%s: %d devices, %d memberships, %d invites", when, d, m, i)
		}
	}
	rows("at once", 2, 2, 3)
	w.now = w.now.AddDate(0, 0, 2)
	rows("the handover expired yesterday", 2, 2, 3)
	w.now = w.now.AddDate(0, 0, 30)
	rows("a month later", 2, 2, 2)
	w.now = w.now.AddDate(0, 11, 0)
	rows("after a year", 2, 0, 0)
	w.phone(q, http.MethodGet, "devices/me/groups", "")
	if err := w.index.WriteSeen(w.app); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.AddDate(0, 7, 0)
	rows("unseen for 18 months", 1, 0, 0)
	if _, ok := w.index.Find(p.secret); ok || w.index.Len() != 1 {
		t.Error("the index still knows the phone")
	}
}

package access

import (
	"net/http"
	"testing"
)

func TestOnePhoneFollowsSeveralGroups(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	w.expectGroups(w.join(p, w.code(w.other)), "Ekorren") // only what this code let in
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Blåsippan Ekorren")
}

func TestSeveralPhonesFollowOneGroup(t *testing.T) {
	w := newWorld(t)
	code := w.code(w.blue)
	p, q := w.joined(code), w.joined(code)
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Blåsippan")
	w.expectGroups(w.phone(q, http.MethodGet, "devices/me/groups", ""), "Blåsippan")
}

func TestAMembershipEndsAfterAYearUnlessRenewed(t *testing.T) {
	w := newWorld(t)
	p, q := w.joined(w.code(w.blue)), w.joined(w.code(w.red))
	w.now = w.now.AddDate(0, 6, 0)
	w.join(p, w.code(w.blue))
	if w.count("memberships") != 2 {
		t.Errorf("%d memberships", w.count("memberships"))
	}
	w.now = w.now.AddDate(0, 6, 0)
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Blåsippan")
	w.expectGroups(w.phone(q, http.MethodGet, "devices/me/groups", ""), "")
	if d, _ := w.index.Find(q.secret); d.In(w.red.Id, w.now) {
		t.Error("the index does not see that the membership ended")
	}
	w.now = w.now.AddDate(0, 6, 0)
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "")
}

func TestAYearIsCountedByTheCalendar(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	d, _ := w.index.Find(p.secret)
	if got := d.Groups[w.blue.Id]; !got.Equal(noon.AddDate(1, 0, 0)) {
		t.Errorf("ends %v", got)
	}
}

func TestLeavingIsRepeatable(t *testing.T) {
	w := newWorld(t)
	code := w.code(w.blue)
	p, q := w.joined(code, w.code(w.red)), w.joined(code)
	for range 2 {
		r := w.phone(p, http.MethodDelete, "devices/me/groups/"+w.blue.Id, "")
		if r.status != http.StatusNoContent || r.raw != "" {
			t.Errorf("%d %s", r.status, r.raw)
		}
	}
	for _, id := range []string{w.other.Id, "nothing", "%00", "%FF", "'%20OR%201=1%20--"} {
		if r := w.phone(p, http.MethodDelete, "devices/me/groups/"+id, ""); r.status != http.StatusNoContent {
			t.Errorf("%q: %d", id, r.status)
		}
	}
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Rödhaken")
	w.expectGroups(w.phone(q, http.MethodGet, "devices/me/groups", ""), "Blåsippan")
	w.expectGroups(w.join(p, code), "Blåsippan")
}

func TestADeletedGroupIsFollowedByNobody(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue), w.code(w.red))
	if err := w.app.Delete(w.blue); err != nil {
		t.Fatal(err)
	}
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Rödhaken")
	if d, _ := w.index.Find(p.secret); len(d.Groups) != 1 {
		t.Errorf("index: %v", d.Groups)
	}
}

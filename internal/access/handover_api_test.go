package access

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestHandoverLetsOnePhoneIntoAllGroups(t *testing.T) {
	w := newWorld(t)
	giver := w.joined(w.code(w.blue), w.code(w.other))
	w.now = w.now.AddDate(0, 1, 0)
	code := w.handover(giver)
	taker := newPhone()
	first := w.register(taker, code)
	w.expectGroups(first, "Blåsippan Ekorren")
	for range 2 { // the answer was lost
		if again := w.register(taker, code); again.raw != first.raw || again.status != first.status {
			t.Errorf("%d %s\nfirst %s", again.status, again.raw, first.raw)
		}
		w.expectGroups(w.join(taker, code), "Blåsippan Ekorren")
	}
	w.expect(w.register(newPhone(), code), http.StatusNotFound, "error.code_invalid")

	from, _ := w.index.Find(giver.secret)
	to, _ := w.index.Find(taker.secret)
	for group, ends := range from.Groups {
		if !to.Groups[group].Equal(ends) {
			t.Errorf("ends %v, the giver's %v", to.Groups[group], ends)
		}
	}
	w.expectGroups(w.phone(giver, http.MethodGet, "devices/me/groups", ""), "Blåsippan Ekorren")
}

func TestHandoverIsShownWithUrlAndQR(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	r := w.phone(p, http.MethodPost, "devices/me/handover", "")
	code, _ := r.body["code"].(string)
	if r.body["url"] != "https://folje.example/join#"+code || r.body["expires"] != "2026-11-21T12:00:00Z" || r.body["qr"] == nil {
		t.Errorf("%d %v %v", r.status, r.body["expires"], r.body["qr"])
	}
}

func TestHandoverLivesADay(t *testing.T) {
	w := newWorld(t)
	code := w.handover(w.joined(w.code(w.blue)))
	w.now = w.now.Add(24*time.Hour - time.Second)
	w.expectGroups(w.register(newPhone(), code), "Blåsippan")

	code = w.handover(w.joined(w.code(w.blue)))
	w.now = w.now.Add(24 * time.Hour)
	w.expect(w.register(newPhone(), code), http.StatusNotFound, "error.code_invalid")
}

func TestAPhoneWithoutGroupsHasNothingToHandOver(t *testing.T) {
	w := newWorld(t)
	p := w.joined("")
	w.expect(w.phone(p, http.MethodPost, "devices/me/handover", "{}"), http.StatusConflict, "error.handover_empty")
}

func TestHandoverGivesOnlyWhatTheGiverStillHas(t *testing.T) {
	w := newWorld(t)
	giver := w.joined(w.code(w.blue), w.code(w.red))
	code, none := w.handover(giver), w.handover(giver)
	w.phone(giver, http.MethodDelete, "devices/me/groups/"+w.blue.Id, "")
	w.join(giver, w.code(w.other)) // joined later: was not meant
	w.expectGroups(w.register(newPhone(), code), "Rödhaken")
	w.phone(giver, http.MethodDelete, "devices/me/groups/"+w.red.Id, "")
	w.expect(w.register(newPhone(), none), http.StatusNotFound, "error.code_invalid")
}

func TestARevokedPhonesHandoverStops(t *testing.T) {
	w := newWorld(t)
	giver := w.joined(w.code(w.blue))
	code := w.handover(giver)
	record, err := w.app.FindRecordById("devices", giver.id)
	if err != nil {
		t.Fatal(err)
	}
	record.Set("revoked", w.now)
	if err := w.app.Save(record); err != nil {
		t.Fatal(err)
	}
	w.expect(w.register(newPhone(), code), http.StatusNotFound, "error.code_invalid")
}

func TestOnesOwnHandoverIsNotUsedUp(t *testing.T) {
	w := newWorld(t)
	giver := w.joined(w.code(w.blue))
	code := w.handover(giver)
	w.expectGroups(w.join(giver, code), "Blåsippan")
	w.expectGroups(w.register(newPhone(), code), "Blåsippan")
}

func TestHandoverKeepsALaterEnd(t *testing.T) {
	w := newWorld(t)
	giver := w.joined(w.code(w.blue))
	w.now = w.now.AddDate(0, 3, 0)
	taker := w.joined(w.code(w.blue))
	before, _ := w.index.Find(taker.secret)
	w.expectGroups(w.join(taker, w.handover(giver)), "Blåsippan")
	if after, _ := w.index.Find(taker.secret); !after.Groups[w.blue.Id].Equal(before.Groups[w.blue.Id]) {
		t.Errorf("%v became %v", before.Groups, after.Groups)
	}
}

func TestUnusedHandoversOfAPhoneAreBounded(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	for range maxHandovers + 5 {
		w.handover(p)
	}
	if got := w.count("invites"); got != 1+maxHandovers {
		t.Errorf("%d rows", got)
	}
}

func TestHandoverTakesNoBody(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	for body, want := range map[string]int{
		"": 200, "{}": 200, `{"future":true}`: 200, "[]": 400, "x": 400, `{"a":"` + strings.Repeat("x", maxBody) + `"}`: 413,
	} {
		if r := w.phone(p, http.MethodPost, "devices/me/handover", body); r.status != want {
			t.Errorf("%.20q: %d, want %d", body, r.status, want)
		}
	}
}

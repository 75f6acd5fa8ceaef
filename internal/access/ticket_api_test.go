package access

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"folje/internal/ticket"
)

// ticket gives what the phone is answered when it asks for a ticket.
func (w *world) ticket(p *phone, body string) reply {
	w.Helper()
	return w.phone(p, http.MethodPost, "devices/me/ticket", body)
}

// reads says how the index answers who shows the text for a group's feed.
func (w *world) reads(text, group string) error {
	r, err := http.NewRequest(http.MethodGet, "/", nil)
	if err != nil {
		w.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+text)
	return w.index.MayRead(r, group)
}

func (w *world) given(p *phone) string {
	w.Helper()
	r := w.ticket(p, "")
	w.expect(r, http.StatusOK, "")
	text, _ := r.body["ticket"].(string)
	return text
}

func TestATicketLetsIntoTheGroupsOfItsPhone(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue), w.code(w.red))
	r := w.ticket(p, `{}`)
	w.expect(r, http.StatusOK, "")
	if r.body["seconds"] != 3600.0 || r.body["expires"] != noon.Add(time.Hour).Format(time.RFC3339) ||
		len(r.body["scopes"].([]any)) != 2 || r.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s %v", r.raw, r.header)
	}
	text := r.body["ticket"].(string)
	for group, want := range map[string]error{w.blue.Id: nil, w.red.Id: nil, w.other.Id: ErrTicketExpired} {
		if err := w.reads(text, group); !errors.Is(err, want) {
			t.Errorf("%s: %v", group, err)
		}
	}
	if err := w.reads(p.secret, w.other.Id); !errors.Is(err, ErrNotMember) {
		t.Errorf("with the secret: %v", err)
	}
	w.now = w.now.Add(ticket.Life + ticket.Skew)
	if err := w.reads(text, w.blue.Id); !errors.Is(err, ErrTicketExpired) {
		t.Errorf("afterwards: %v", err)
	}
	if err := w.reads("folje1.AAAA.AAAA", w.blue.Id); !errors.Is(err, ErrTicketForged) {
		t.Errorf("a forged one: %v", err)
	}
}

func TestATicketIsForFeedsOnly(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	p.secret = w.given(p)
	w.expect(w.phone(p, http.MethodGet, "devices/me/groups", ""), http.StatusUnauthorized, "error.device_unknown")
	w.expect(w.ticket(p, ""), http.StatusUnauthorized, "error.device_unknown")
}

// The writer knows better than the ticket.
func TestWhatBecameOfThePhoneSinceCounts(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue), w.code(w.red))
	text := w.given(p)
	if err := LeaveGroup(w.app, p.id, w.blue.Id); err != nil {
		t.Fatal(err)
	}
	if err := w.reads(text, w.blue.Id); !errors.Is(err, ErrNotMember) {
		t.Errorf("left: %v", err)
	}
	record, err := w.app.FindRecordById("devices", p.id)
	if err != nil {
		t.Fatal(err)
	}
	record.Set("revoked", w.now)
	if err := w.app.Save(record); err != nil {
		t.Fatal(err)
	}
	if err := w.reads(text, w.red.Id); !errors.Is(err, ErrDeviceRevoked) || !w.index.Settle(w.app, p.id) {
		t.Errorf("shut out: %v", err)
	}
	w.expect(w.ticket(p, ""), http.StatusUnauthorized, "error.device_revoked")
	if err := w.app.Delete(record); err != nil {
		t.Fatal(err)
	}
	if err := w.reads(text, w.red.Id); !errors.Is(err, ErrDeviceUnknown) || w.index.Settle(w.app, p.id) {
		t.Errorf("deleted: %v", err)
	}
}

// A ticket must not outlive a membership: for a group that ends within its
// life the phone shows its secret.
func TestWhatEndsSoonIsInNoTicket(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	m, err := findMembership(w.app, p.id, w.blue.Id)
	if err != nil {
		t.Fatal(err)
	}
	m.Set("ends", w.now.Add(ticket.Life))
	if err := w.app.Save(m); err != nil {
		t.Fatal(err)
	}
	if r := w.ticket(p, ""); r.status != http.StatusOK || len(r.body["scopes"].([]any)) != 0 {
		t.Errorf("%d %s", r.status, r.raw)
	}
}

// Who shows a ticket elsewhere says here what it was sent, for the count of
// what arrived.
func TestAPhoneSaysWhatItWasSent(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	w.expect(w.ticket(p, `{"has":{"`+w.blue.Id+`":"7","`+w.red.Id+`":"9","nothing":"x"}}`), http.StatusOK, "")
	if err := w.index.WriteSent(w.app); err != nil {
		t.Fatal(err)
	}
	m, err := findMembership(w.app, p.id, w.blue.Id)
	if err != nil || m.GetInt("has") != 7 {
		t.Errorf("%v %v", m.GetInt("has"), err)
	}
	w.expect(w.ticket(p, `[]`), http.StatusBadRequest, "error.request")
}

func TestWhereNobodyElseAnswersThereAreNoTickets(t *testing.T) {
	w := newWorld(t)
	x := newIndex(w.index.now)
	r, err := http.NewRequest(http.MethodGet, "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+w.given(w.joined(w.code(w.blue))))
	if err := x.MayRead(r, w.blue.Id); !errors.Is(err, ErrTicketForged) {
		t.Error(err)
	}
}

package phone_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"folje/internal/text"
)

// A revoked phone keeps what it wrote and says so; one that the server does
// not know registers again and sends then.
func TestWhoMaySend(t *testing.T) {
	p, c := invited(t)
	p.s.refuses("POST operations", http.StatusUnauthorized, "error.device_revoked")
	p.s.refuses("GET feeds/a", http.StatusUnauthorized, "error.device_revoked")
	p.accepts("m1", 1)
	expect(t, "revoked", p.answered("m1")+", "+p.waits(), "accepted 1 pending, 1 waiting, 0 refused")
	p.WaitFor("[data-line=revoked]")

	p.s.with("GET feeds/a", nil)
	registered := p.s.count("PUT devices/")
	p.s.with("POST operations", func(w http.ResponseWriter, r *http.Request) {
		if p.s.count("PUT devices/") == registered {
			reply(http.StatusUnauthorized, object{"code": "error.device_unknown", "message": "no"})(w, r)
			return
		}
		c.answer(w, r)
	})
	p.syncs()
	expect(t, "unknown, then known", p.answered("m1")+", "+p.waits()+": "+c.kinds(), "accepted 1 applied, 0 waiting, 0 refused: rsvp 1")
}

// The server's own word on the answers: that one came late, how far the
// interpreter's booking is; what was written here later stays.
func TestTheServersAnswers(t *testing.T) {
	p, c := invited(t)
	own[any](p, `await own.answer('m1', { status: 'accepted', count: 1, childcare: 0, interpreter: { language: 'so', mode: 'phone' }, note: '' }); return null`)
	told := func(seq int, state string) {
		p.s.says("GET devices/me/answers", object{"answers": []any{object{"meeting": "m1", "seq": seq, "status": "accepted", "count": 1, "childcare": 0,
			"interpreter": object{"language": "so", "mode": "phone", "state": state, "contact": "Tolk Ett"}, "note": "", "late": false}}})
	}
	booking := func() string {
		return own[string](p, `const a = await own.ownAnswer('m1'); return a.state + ' ' + a.status + ' ' + a.booking + ' ' + a.contact`)
	}
	told(1, "booked")
	p.syncs()
	expect(t, "booked", booking(), "applied accepted booked Tolk Ett")
	c.says(nil)
	own[any](p, `await own.takeBack('m1'); return null`)
	told(1, "none_found")
	p.syncs()
	expect(t, "taken back meanwhile", booking(), "pending none  ")
	p.s.says("GET feeds/a", feed("e1", "c2", nil, []string{"m1"}, object{}))
	p.syncs()
	asked := p.s.count("GET devices/me/answers")
	p.syncs()
	if n := p.s.count("GET devices/me/answers"); n != asked {
		t.Error("the phone asks for answers to meetings that are gone")
	}
}

// A sentence is pointed at by the id that the server gives it.
func TestReportsNameTheSegment(t *testing.T) {
	p, c := invited(t)
	for _, sentence := range []string{"Ta med oömma kläder.", "أحضروا ملابس مناسبة", "a"} {
		quoted, _ := json.Marshal(sentence)
		expect(t, "before", own[string](p, fmt.Sprintf(`return own.reported(%s, 'ar')`, quoted)), "")
		own[any](p, fmt.Sprintf(`await own.report(%s, 'ar', ''); return null`, quoted))
		p.syncs()
		expect(t, "after", own[string](p, fmt.Sprintf(`return own.reported(%s, 'ar')`, quoted)), "sent")
		expect(t, sentence, fmt.Sprint(c.came[len(c.came)-1].Body["segment"]), text.SegmentID("sv", sentence))
	}
}

// At a server that is older than this app the phone reads as before and keeps
// what it wrote.
func TestAnOlderServer(t *testing.T) {
	s := newServer(t, "a")
	for _, missing := range []string{"POST operations", "GET devices/me/answers", "POST devices/me/calendar"} {
		s.refuses(missing, http.StatusNotFound, "error.not_found")
	}
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik", "2": "Text."}))
	p := s.phone(t, "sv")
	p.accepts("m1", 1)
	own[any](p, `await own.wish('a', 'Om mat'); return null`)
	p.syncs()
	expect(t, "the letters", p.titles(), "[Rubrik (source)]")
	expect(t, "what was written", p.answered("m1")+", "+p.waits(), "accepted 1 pending, 2 waiting, 0 refused")
	p.WaitGone("[data-line=offline]")
	c := s.clerk()
	p.syncs()
	expect(t, "the newer server heard", c.kinds(), "rsvp 1, wish 2")
}

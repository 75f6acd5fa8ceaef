package phone_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"folje/test/browser"
)

// inDB runs a script with the phone's open database.
func inDB[T any](p *phone, script string) T {
	return browser.Eval[T](p.Page, `import('/js/data/db.js').then(async ({ openDB, setMeta }) => { const db = await openDB(); `+script+` })`)
}

// epoch makes the server one that was restored.
func (s *server) epoch(of string) {
	s.says("GET hello", object{"epoch": of, "build": "b", "now": "2026-11-12T09:00:00Z", "locales": []any{},
		"municipality": object{"name": "Björkhult", "address": ""}})
}

// A restored server is sent again what it applied in the last 30 days, under
// the same ids and numbers, once; what it refuses of that is no failure.
func TestARestoredServerHearsItAgain(t *testing.T) {
	p, c := invited(t)
	p.accepts("m1", 1)
	own[any](p, `await own.wish('a', 'Om mat'); await own.wish('a', 'Om sömn'); return null`)
	p.syncs()
	expect(t, "before", c.kinds()+": "+p.waits(), "rsvp 1, wish 2, wish 3: 0 waiting, 0 refused")
	inDB[any](p, `const row = (await db.getAll('sent')).find((r) => r.seq === 2)
		await db.put('sent', { ...row, sent: Date.now() - 31 * 24 * 3600000 }); return null`)

	p.s.epoch("e2")
	c.mu.Lock()
	c.decide = func(op operation) object {
		if op.Kind == "wish" {
			return object{"verdict": "rejected", "code": "error.not_member", "message": "no"}
		}
		return object{"verdict": "applied"}
	}
	c.mu.Unlock()
	p.syncs()
	p.syncs()
	expect(t, "the restored server heard", c.kinds(), "rsvp 1, wish 2, wish 3, rsvp 1, wish 3")
	if c.came[0].Op != c.came[3].Op || c.came[2].Op != c.came[4].Op {
		t.Error("what was sent again has another id")
	}
	expect(t, "after", p.waits()+", "+p.answered("m1"), "0 waiting, 0 refused, accepted 1 applied")
	p.s.epoch("e3")
	p.syncs()
	p.syncs()
	expect(t, "the server restored once more heard", strings.TrimPrefix(c.kinds(), "rsvp 1, wish 2, wish 3, rsvp 1, wish 3"), ", rsvp 1")
}

// An answer that a restored server will not have any more, to a meeting that
// is still to come, says so at the meeting; one to a meeting that is over stays.
func TestARestoredServerRefuses(t *testing.T) {
	p, c := invited(t)
	p.accepts("m1", 1)
	p.accepts("m2", 1)
	p.s.epoch("e2")
	c.mu.Lock()
	c.decide = func(op operation) object {
		if op.Body["meeting"] == "m1" {
			return object{"verdict": "rejected", "code": "error.meeting_unknown", "message": "Okänt."}
		}
		return object{"verdict": "rejected", "code": "error.meeting_over", "message": "Slut."}
	}
	c.mu.Unlock()
	p.syncs()
	expect(t, "still to come", p.answered("m1"), "accepted 1 refused Okänt.")
	expect(t, "over", p.answered("m2"), "accepted 1 applied")
	expect(t, "failures", p.waits(), "0 waiting, 0 refused")
}

// A verdict on the way while the server was restored counts for the server
// before: the operation is sent to the restored one too.
func TestAVerdictFromBeforeTheRestore(t *testing.T) {
	p, c := invited(t)
	p.s.with("POST operations", func(w http.ResponseWriter, r *http.Request) {
		p.s.with("POST operations", c.answer)
		p.s.epoch("e2")
		browser.Eval[any](p.Page, `import('/js/data/sync.js').then(({ sync }) => sync()).then(() => null)`)
		c.answer(w, r)
	})
	own[any](p, `own.answer('m1', { status: 'accepted', count: 1, childcare: 0, interpreter: null, note: '' }); return null`)
	p.WaitUntil(`import('/js/data/own.js').then((own) => own.ownAnswer('m1')).then((a) => a?.state === 'applied')`)
	p.syncs()
	expect(t, "the server heard", c.kinds(), "rsvp 1, rsvp 1")
	p.syncs()
	expect(t, "and no more", c.kinds(), "rsvp 1, rsvp 1")
}

// A server restored from a backup of before this phone joined a group knows the
// phone and not the group. The phone brings the code again before it takes note
// of the epoch, so that nothing it then sends is refused, and the group stays.
// Until then it names the epoch before, whatever it has made known meanwhile,
// and is told to sync first.
func TestARestoredServerLearnsTheGroupAgain(t *testing.T) {
	p, c := invited(t)
	own[any](p, `await own.wish('a', 'Om mat'); return null`)
	p.syncs()
	member := false
	isMember := func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return member
	}
	p.Profile().Allow(browser.Request, api)
	p.s.says("PUT devices", object{"device": "d", "groups": []any{}})
	p.s.with("POST devices/me/groups", func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		member = true
		c.mu.Unlock()
		reply(http.StatusOK, object{"groups": []any{object{"id": "a", "name": "Group a", "unit": object{"id": "u", "name": "Unit"}}}})(w, r)
	})
	p.s.with("GET feeds/a", func(w http.ResponseWriter, r *http.Request) {
		if !isMember() {
			reply(http.StatusForbidden, object{"code": "error.not_member", "message": "no"})(w, r)
			return
		}
		reply(http.StatusOK, feed("e2", "c9", nil, nil, object{}))(w, r)
	})
	p.s.with("POST operations", func(w http.ResponseWriter, r *http.Request) {
		if epoch, _ := readBatch(r); epoch != "e2" {
			reply(http.StatusConflict, object{"code": "error.epoch", "message": "no"})(w, r)
			return
		}
		if !isMember() {
			t.Error("the phone sends for a group that it has not made known again")
		}
		c.answer(w, r)
	})
	p.s.epoch("e2")
	own[any](p, `await own.wish('a', 'Om sömn'); return null`)
	p.WaitUntil(`import('/js/data/own.js').then((own) => own.waiting()).then(({ waiting }) => waiting === 0)`)
	p.syncs()
	ended := inDB[bool](p, `return (await db.get('groups', 'a')).ended`)
	kept := inDB[string](p, `return (await db.get('feeds', 'a')).cursor`)
	expect(t, "the group", fmt.Sprint(ended, " ", kept), "false c9")
	c.mu.Lock()
	seqs := map[int]int{}
	for _, op := range c.came {
		seqs[op.Seq]++
	}
	c.mu.Unlock()
	expect(t, "wishes that came, by number", fmt.Sprint(seqs), "map[1:2 2:1]")
	expect(t, "outbox", p.waits(), "0 waiting, 0 refused")
}

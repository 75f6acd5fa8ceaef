package phone_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"folje/internal/text"
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
func TestARestoredServerLearnsTheGroupAgain(t *testing.T) {
	p, c := invited(t)
	own[any](p, `await own.wish('a', 'Om mat'); return null`)
	p.syncs()
	member := false // only read and written where requests are answered, one at a time
	p.Profile().Allow(browser.Request, api)
	p.s.says("PUT devices", object{"device": "d", "groups": []any{}})
	p.s.with("POST devices/me/groups", func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		member = true
		c.mu.Unlock()
		reply(http.StatusOK, object{"groups": []any{object{"id": "a", "name": "Group a", "unit": object{"id": "u", "name": "Unit"}}}})(w, r)
	})
	isMember := func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return member
	}
	p.s.with("GET feeds/a", func(w http.ResponseWriter, r *http.Request) {
		if !isMember() {
			reply(http.StatusForbidden, object{"code": "error.not_member", "message": "no"})(w, r)
			return
		}
		reply(http.StatusOK, feed("e2", "c9", nil, nil, object{}))(w, r)
	})
	p.s.with("POST operations", func(w http.ResponseWriter, r *http.Request) {
		if !isMember() {
			reply(http.StatusConflict, object{"code": "error.epoch", "message": "no"})(w, r)
			return
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

// A phone whose database was cleared is the same phone again, fetches its
// groups, letters and answers by itself, says so, and its next answer counts.
func TestAClearedPhone(t *testing.T) {
	p, c := invited(t)
	for range 3 {
		p.accepts("m1", 1)
	}
	identity := inDB[string](p, `return JSON.stringify(await db.get('meta', 'device'))`)
	p.s.says("GET devices/me/answers", object{"answers": []any{object{"meeting": "m1", "seq": 3, "status": "accepted", "count": 1, "childcare": 0,
		"interpreter": nil, "note": "", "late": false}}})
	clearDB(p)
	p.Navigate(p.s.URL + "/letters")
	p.WaitFor("[data-line=refilled]")
	p.WaitUntil("document.documentElement.dataset.synced")
	p.syncs()
	expect(t, "the phone", inDB[string](p, `return JSON.stringify(await db.get('meta', 'device'))`), identity)
	expect(t, "its group", inDB[string](p, `return (await db.getAll('groups')).map((g) => g.id + ' ' + g.name + ' ' + g.code).join()`), "a Group a 0123456789")
	expect(t, "its answer", p.answered("m1"), "accepted 1 applied")
	p.accepts("m1", 2)
	if last := c.came[len(c.came)-1]; last.Seq <= 3 {
		t.Errorf("the answer after that has number %d, and the server one of number 3", last.Seq)
	}

	clearDB(p)
	browser.Eval[any](p.Page, "localStorage.clear()")
	p.Navigate(p.s.URL + "/")
	p.WaitFor("main[data-view=language]")
}

// clearDB does what a browser does to an app that was not opened for long.
func clearDB(p *phone) {
	p.Profile().Allow(browser.Request, "ERR_")
	p.Profile().Allow(browser.Request, "/favicon.ico") // of a page without our head
	p.Navigate(p.s.URL + "/vendor/lit-html/LICENSE")
	browser.Eval[any](p.Page, `navigator.locks.request('folje:sync', () => new Promise((resolve, reject) => {
		const gone = indexedDB.deleteDatabase('folje')
		gone.onsuccess = () => resolve(null)
		gone.onerror = () => reject(gone.error)
	}))`)
}

// Erasing takes everything from the phone at once, tells the server when it
// can, with the secret that only the request still holds, and a phone that
// joins again meanwhile is another.
func TestEverythingIsErased(t *testing.T) {
	p, c := invited(t)
	p.accepts("m1", 1)
	secret := inDB[string](p, `return (await db.get('meta', 'device')).secret`)
	p.s.with("POST operations", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	expect(t, "without the server", own[string](p, `return own.eraseEverything()`), "waiting")
	left := inDB[[]string](p, `const left = []
		for (const store of db.objectStoreNames) for (const row of await db.getAll(store)) left.push(store + ' ' + JSON.stringify(row))
		// What everybody may read is fetched again at once.
		return left.filter((row) => !row.startsWith('meta') && !row.startsWith('feeds') && row !== 'texts {}')`)
	if len(left) != 1 || !strings.Contains(left[0], `"kind":"erase"`) || browser.Eval[bool](p.Page, `localStorage.getItem('folje.phone') !== null`) {
		t.Errorf("what is left: %q", left)
	}
	browser.Eval[any](p.Page, `import('/js/data/device.js').then(({ join }) => join('0123456789', 'sv')).then(() => null)`)
	p.s.with("POST operations", c.answer)
	p.syncs()
	if last := len(c.came) - 1; c.came[last].Kind != "erase" || c.secrets[len(c.secrets)-1] != secret {
		t.Errorf("the server heard %s", c.kinds())
	}
	if now := inDB[string](p, `return (await db.get('meta', 'device')).secret`); now == secret {
		t.Error("the phone that joined is the one that was erased")
	}
	expect(t, "afterwards", p.waits()+", "+own[string](p, `return own.eraseEverything()`), "0 waiting, 0 refused, erased")
}

// Leaving a group needs no network: it is gone here at once, and the server
// hears of it. Joining it again before that takes the leaving back.
func TestLeavingWithoutANetwork(t *testing.T) {
	p, c := invited(t)
	p.s.with("POST operations", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	own[any](p, `await own.leaveGroup('a'); return null`)
	kept := inDB[string](p, `return [...await db.getAllKeys('groups'), ...await db.getAllKeys('records')].join()`)
	expect(t, "left, and kept of it", kept+p.waits(), "1 waiting, 0 refused")
	p.s.says("POST devices/me/groups", object{"groups": []any{object{"id": "a", "name": "A", "unit": object{"id": "u", "name": "U"}}}})
	browser.Eval[any](p.Page, `import('/js/data/device.js').then(({ join }) => join('0123456789', 'sv')).then(() => null)`)
	p.s.with("POST operations", c.answer)
	p.syncs()
	expect(t, "joined again", p.waits()+c.kinds(), "0 waiting, 0 refused")
	own[any](p, `await own.leaveGroup('a'); return null`)
	p.syncs()
	expect(t, "left for good", c.kinds(), "leave 2")
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

// A phone of the first version of the app keeps its letters, and fetches what
// that version left out.
func TestADatabaseOfTheFirstVersion(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2), meeting("m1")}, nil, object{"1": "Rubrik", "2": "Text."}))
	p := s.phone(t, "sv")
	clearDB(p)
	browser.Eval[any](p.Page, `new Promise((resolve, reject) => {
		const open = indexedDB.open('folje', 1)
		open.onupgradeneeded = () => {
			const db = open.result
			for (const [name, key] of [['meta'], ['groups', 'id'], ['records', 'id'], ['texts'], ['feeds'], ['opened'], ['drafts']]) db.createObjectStore(name, key ? { keyPath: key } : {})
			const put = (store, row, key) => open.transaction.objectStore(store).put(row, key)
			put('meta', { id: '3f0c2a52-52d4-4bb0-8f0e-6e1e54a3a0a1', secret: 's', registered: true, locale: 'sv' }, 'device')
			put('groups', { id: 'a', name: 'A', unit: { id: 'u', name: 'U' }, code: '0123456789', ended: false })
			put('feeds', { epoch: 'e1', cursor: 'c1', etag: '"t"' }, 'a')
			put('opened', 1, 'l1')
		}
		open.onsuccess = () => { open.result.close(); resolve(null) }
		open.onerror = () => reject(open.error)
	})`)
	browser.Eval[any](p.Page, "void localStorage.removeItem('folje.phone')")
	p.Navigate(s.URL + "/letters")
	p.WaitFor("[data-letter=l1]")
	expect(t, "records", inDB[string](p, `return (await db.getAllKeys('records')).join() + ' ' + db.version + ' ' + (await db.get('opened', 'l1'))`), "l1,m1 2 1")
	if s.count("GET feeds/a?after=&") == 0 && s.count("GET feeds/a?after=") == 0 {
		t.Error("the feed was not fetched anew")
	}
}

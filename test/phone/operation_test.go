package phone_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"folje/test/browser"
)

// What is written without a network is on the phone at once, also after the
// page was closed, and on the server once there is one.
func TestAnAnswerWrittenOffline(t *testing.T) {
	p, c := invited(t)
	p.s.with("*", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	p.accepts("m1", 2)
	expect(t, "offline", p.answered("m1")+", "+p.waits(), "accepted 2 pending, 1 waiting, 0 refused")
	p.Profile().Allow(browser.Request, "ERR_FAILED")
	p.Reload()
	expect(t, "after a reload", p.answered("m1")+", "+p.waits(), "accepted 2 pending, 1 waiting, 0 refused")
	p.s.with("*", nil)
	p.syncs()
	expect(t, "with a network", p.answered("m1")+", "+p.waits(), "accepted 2 applied, 0 waiting, 0 refused")
	expect(t, "the server heard", c.kinds(), "rsvp 1")
	body, _ := json.Marshal(c.came[0].Body)
	expect(t, "the body", string(body), `{"childcare":0,"count":2,"interpreter":null,"meeting":"m1","note":"","status":"accepted"}`)
}

// Nothing but a verdict that names the operation takes it out of the outbox.
func TestOnlyAVerdictEmptiesTheOutbox(t *testing.T) {
	p, c := invited(t)
	p.Profile().Allow(browser.Request, api)
	raw := func(status int, kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	const other = `{"verdicts":[{"op":"00000000-0000-4000-8000-000000000000","verdict":"applied"}]}`
	p.s.with("POST operations", raw(502, "text/html", ""))
	p.accepts("m1", 1)
	for name, answer := range map[string]http.HandlerFunc{
		"a portal's page":              raw(200, "text/html", "<h1>Välkommen</h1>"),
		"an empty answer":              raw(200, "application/json", ""),
		"no verdicts":                  raw(200, "application/json", `{}`),
		"an empty list":                raw(200, "application/json", `{"verdicts":[]}`),
		"a verdict on another":         raw(200, "application/json", other),
		"half an answer":               raw(200, "application/json", `{"verdicts":[{"op":"`),
		"no content":                   raw(204, "application/json", ""),
		"a plain 400":                  raw(400, "text/plain", "bad request"),
		"a 400 of ours":                raw(400, "application/json", `{"code":"error.request","message":"no"}`),
		"a 403 of ours":                raw(403, "application/json", `{"code":"error.forbidden","message":"no"}`),
		"an old server":                raw(404, "application/json", `{"code":"error.not_found","message":"no"}`),
		"a proxy's 404":                raw(404, "text/html", "not found"),
		"too large":                    raw(413, "text/html", "too large"),
		"too many":                     raw(429, "application/json", `{"code":"error.too_many","message":"no"}`),
		"an error":                     raw(500, "application/json", `{"code":"error.internal","message":"no"}`),
		"a full disk":                  raw(507, "application/json", `{"code":"error.storage","message":"no"}`),
		"a sign-in page":               func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) },
		"a connection that was broken": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"a verdict that nobody knows": func(w http.ResponseWriter, r *http.Request) {
			c.says(object{"verdict": "perhaps"})
			c.answer(w, r)
		},
	} {
		p.s.with("POST operations", answer)
		before := p.s.count("POST operations")
		p.syncs()
		expect(t, name, p.answered("m1")+", "+p.waits(), "accepted 1 pending, 1 waiting, 0 refused")
		if p.s.count("POST operations") == before {
			t.Errorf("%s: the phone sent nothing", name)
		}
	}
	c.says(object{"verdict": "repeated"})
	p.s.with("POST operations", c.answer)
	p.syncs()
	expect(t, "a verdict", p.answered("m1")+", "+p.waits(), "accepted 1 applied, 0 waiting, 0 refused")
}

// A server that asks to be left alone is, however many reasons there are to
// hope; what waits stays.
func TestRetryAfterIsObeyed(t *testing.T) {
	p, c := invited(t)
	p.s.with("POST operations", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "1800")
		reply(http.StatusServiceUnavailable, object{"code": "error.storage", "message": "no"})(w, r)
	})
	p.accepts("m1", 1)
	p.syncs()
	own[any](p, `await own.wish('a', 'Om mat'); return null`)
	p.syncs()
	if n := p.s.count("POST operations"); n != 1 {
		t.Errorf("the server was asked %d times in its half hour", n)
	}
	expect(t, "meanwhile", p.waits(), "2 waiting, 0 refused")
	p.s.with("POST operations", c.answer)
	browser.Eval[any](p.Page, `import('/js/data/db.js').then(({ setMeta }) => setMeta('quiet', Date.now() - 1)).then(() => null)`)
	p.syncs()
	expect(t, "after it", p.waits()+": "+c.kinds(), "0 waiting, 0 refused: rsvp 1, wish 2")
}

// Late says so; a refusal stays visible until it is taken note of, and the
// answer is then what the server has; tried again it is a new operation.
func TestLateAndRefused(t *testing.T) {
	p, c := invited(t)
	c.says(object{"verdict": "late", "code": "answer.late", "message": "Sent."})
	p.accepts("m1", 1)
	expect(t, "late", p.answered("m1")+", "+p.waits(), "accepted 1 late Sent., 0 waiting, 0 refused")
	c.says(object{"verdict": "rejected", "code": "error.meeting_over", "message": "Mötet är slut."})
	p.accepts("m1", 3)
	expect(t, "refused", p.answered("m1")+", "+p.waits(), "accepted 3 refused Mötet är slut., 0 waiting, 1 refused")
	p.syncs()
	expect(t, "not sent again", c.kinds(), "rsvp 1, rsvp 2")
	own[any](p, `await own.again((await own.waiting()).refused[0].op); return null`)
	p.syncs()
	expect(t, "tried again", c.kinds()+", "+p.waits(), "rsvp 1, rsvp 2, rsvp 3, 0 waiting, 1 refused")
	if c.came[1].Op == c.came[2].Op {
		t.Error("what was tried again is the same operation")
	}
	own[any](p, `await own.dismiss((await own.waiting()).refused[0].op); return null`)
	expect(t, "noted", p.answered("m1")+", "+p.waits(), "accepted 1 late, 0 waiting, 0 refused")
	c.says(object{"verdict": "rejected", "code": "error.meeting_over", "message": "Slut."})
	p.accepts("m1", 4)
	c.says(object{"verdict": "applied"})
	p.accepts("m1", 5)
	expect(t, "answered anew", p.answered("m1")+", "+p.waits(), "accepted 5 applied, 0 waiting, 0 refused")
}

// Many operations go in batches that the server takes; one that it chokes on
// holds up none of the others.
func TestBatches(t *testing.T) {
	p, c := invited(t)
	var mu sync.Mutex
	poison := "Om 31"
	p.s.with("POST operations", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_, batch := readBatch(r)
		choke := func(op operation) bool { return op.Body["text"] == poison }
		switch {
		case len(batch) > 12:
			reply(http.StatusRequestEntityTooLarge, object{"code": "error.too_large", "message": "no"})(w, r)
		case slices.ContainsFunc(batch, choke):
			reply(http.StatusBadRequest, object{"code": "error.request", "message": "no"})(w, r)
		default:
			c.answer(w, r)
		}
	})
	own[any](p, `for (let n = 1; n <= 60; n++) own.wish('a', 'Om ' + n); return null`)
	p.WaitUntil(`import('/js/data/own.js').then((own) => own.waiting()).then(({ waiting }) => waiting === 1)`)
	mu.Lock()
	poison = ""
	mu.Unlock()
	p.syncs()
	expect(t, "in the end", p.waits(), "0 waiting, 0 refused")
	seen := map[string]int{}
	for _, op := range c.came {
		seen[fmt.Sprint(op.Body["text"])]++
	}
	if len(seen) != 60 || len(c.came) != 60 || slices.Max(c.batches) > 25 {
		t.Errorf("%d wishes came as %d operations in batches of %v", len(seen), len(c.came), c.batches)
	}
}

// Two tabs that send at the same time, and write, send nothing twice.
func TestTwoTabsSendOnce(t *testing.T) {
	p, c := invited(t)
	q := &phone{Page: p.Profile().Page(browser.Phone()), s: p.s}
	q.Navigate(p.s.URL + "/letters")
	q.WaitFor("main[data-view=letters]")
	for _, tab := range []*phone{p, q} {
		own[any](tab, `for (let n = 0; n < 20; n++) own.wish('a', 'Om ' + n)
			void Promise.all([1, 2, 3].map(() => import('/js/data/outbox.js').then((o) => o.flush({ hurry: true })))); return null`)
	}
	for _, tab := range []*phone{p, q} {
		tab.WaitUntil(`import('/js/data/own.js').then((own) => own.ownWishes()).then((all) => all.length === 40 && all.every((w) => w.state === 'sent'))`)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	ops, seqs := map[string]bool{}, map[int]bool{}
	for _, op := range c.came {
		ops[op.Op], seqs[op.Seq] = true, true
	}
	if len(c.came) != 40 || len(ops) != 40 || len(seqs) != 40 {
		t.Errorf("%d operations came, %d different ones with %d numbers", len(c.came), len(ops), len(seqs))
	}
}

// A phone without any page open sends, where the browser can wake the worker.
func TestTheWorkerSends(t *testing.T) {
	p, c := invited(t)
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	// The page itself sends nothing of what is only put into the outbox.
	browser.Eval[any](p.Page, `import('/js/data/outbox.js').then((o) => o.put('wish', { group: 'a', text: 'Om mat' }, 'a')).then(() => null)`)
	p.WaitUntil(`import('/js/data/own.js').then((own) => own.waiting()).then(({ waiting }) => waiting === 0)`)
	expect(t, "the server heard", c.kinds(), "wish 1")
}

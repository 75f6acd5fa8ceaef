package phone_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"folje/test/browser"
)

// operation is what a phone sends.
type operation struct {
	Op   string
	Seq  int
	Kind string
	V    int
	Body map[string]any
}

// clerk answers POST operations: with a verdict for each, as a test says.
type clerk struct {
	mu      sync.Mutex
	came    []operation // in order, as often as they came
	batches []int
	secrets []string
	decide  func(operation) object // nil: applied, or repeated when it came before
}

// clerk takes the server's operations over.
func (s *server) clerk() *clerk {
	c := &clerk{}
	s.with("POST operations", c.answer)
	return c
}

func (c *clerk) answer(w http.ResponseWriter, r *http.Request) {
	var batch struct{ Operations []operation }
	if err := json.NewDecoder(r.Body).Decode(&batch); err != nil {
		reply(http.StatusBadRequest, object{"code": "error.request", "message": "no"})(w, r)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.batches = append(c.batches, len(batch.Operations))
	c.secrets = append(c.secrets, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	verdicts := []object{}
	for _, op := range batch.Operations {
		verdict := object{"verdict": "applied"}
		if slices.ContainsFunc(c.came, func(other operation) bool { return other.Op == op.Op }) {
			verdict["verdict"] = "repeated"
		}
		if c.decide != nil {
			verdict = c.decide(op)
		}
		c.came = append(c.came, op)
		if verdict != nil {
			verdict["op"] = op.Op
			verdicts = append(verdicts, verdict)
		}
	}
	reply(http.StatusOK, object{"verdicts": verdicts})(w, r)
}

// readBatch reads a request's operations, and leaves them to be read again.
func readBatch(r *http.Request) (text string, batch []operation) {
	body, _ := io.ReadAll(r.Body)
	var read struct{ Operations []operation }
	_ = json.Unmarshal(body, &read)
	r.Body = io.NopCloser(bytes.NewReader(body))
	return string(body), read.Operations
}

// says gives every operation the same verdict from now on; nil gives none.
func (c *clerk) says(verdict object) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.decide = func(operation) object {
		if verdict == nil {
			return nil
		}
		return object{"verdict": verdict["verdict"], "code": verdict["code"], "message": verdict["message"]}
	}
}

// kinds answers what came, each by its kind and number.
func (c *clerk) kinds() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []string
	for _, op := range c.came {
		all = append(all, fmt.Sprintf("%s %d", op.Kind, op.Seq))
	}
	return strings.Join(all, ", ")
}

// own runs a script with what parents write themselves; own is the module.
func own[T any](p *phone, script string) T {
	return browser.Eval[T](p.Page, `import('/js/data/own.js').then(async (own) => { `+script+` })`)
}

// accepts answers the invitation to a meeting, and waits until that is on the
// phone and one attempt to send it has ended.
func (p *phone) accepts(meeting string, count int) {
	own[any](p, fmt.Sprintf(`await own.answer(%q, { status: 'accepted', count: %d, childcare: 0, interpreter: null, note: '' }); return null`, meeting, count))
	p.syncs()
}

// answered tells the own answer to a meeting.
func (p *phone) answered(meeting string) string {
	return own[string](p, fmt.Sprintf(`const a = await own.ownAnswer(%q); return a ? [a.status, a.count, a.state, a.message].join(' ').trim() : 'none'`, meeting))
}

// waits tells how many operations wait, and how many were refused.
func (p *phone) waits() string {
	return own[string](p, `const { waiting, refused } = await own.waiting(); return waiting + ' waiting, ' + refused.length + ' refused'`)
}

// meeting is a record of a meeting that is not over.
func meeting(id string) object {
	return object{"kind": "meeting", "id": id, "type": "qpm", "published": "2026-11-12T09:00:00Z", "cancelled": "", "starts": "2099-11-12T16:00:00Z",
		"ends": "2099-11-12T17:00:00Z", "answerBy": "", "place": "Matsalen", "childcare": true, "contact": "", "sequence": 0,
		"title": []int{}, "question": []int{1}, "blocks": []any{}}
}

// invited is a phone with an invitation, at a server whose operations the
// clerk takes.
func invited(t *testing.T) (*phone, *clerk) {
	t.Helper()
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{meeting("m1")}, nil, object{"1": "Hur är det?"}))
	s.says("GET devices/me/answers", object{"answers": []any{}})
	c := s.clerk()
	return s.phone(t, "sv"), c
}

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
		text, batch := readBatch(r)
		switch {
		case len(batch) > 12:
			reply(http.StatusRequestEntityTooLarge, object{"code": "error.too_large", "message": "no"})(w, r)
		case poison != "" && strings.Contains(text, poison+`"`):
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

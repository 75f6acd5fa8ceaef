package phone_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"folje/test/browser"
)

// box is where confidential requests arrive.
type box struct {
	sync.Mutex
	came   []*http.Request
	bodies []map[string]string
}

func (b *box) takes(verdict string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var body map[string]string
		_ = json.NewDecoder(r.Body).Decode(&body)
		b.Lock()
		b.came, b.bodies = append(b.came, r), append(b.bodies, body)
		b.Unlock()
		reply(http.StatusOK, object{"op": body["op"], "verdict": verdict})(w, r)
	}
}

func (b *box) ops() (all []string) {
	b.Lock()
	defer b.Unlock()
	for _, body := range b.bodies {
		all = append(all, body["op"])
	}
	return all
}

// requests runs a function's body with the phone's part as `requests`.
func requests[T any](p *phone, body string) T {
	return browser.Eval[T](p.Page, "import('/js/data/requests.js').then(async (requests) => {"+body+"})")
}

const sealedOp = "9a0c3a52-52d4-4bb0-8f0e-6e1e54a3a0a1"

func (p *phone) seals(op string) {
	requests[any](p, fmt.Sprintf(`await requests.putSealed({ op: %q, to: 'key000000000001', ciphertext: 'YWdl' }); return null`, op))
}

func (p *phone) sealed() int { return inDB[int](p, `return db.count('sealed')`) }

// Nothing but a verdict that names it takes a request off the phone; then
// nothing of it is left.
func TestOnlyAVerdictLetsARequestGo(t *testing.T) {
	s := newServer(t, "a")
	p := s.phone(t, "sv")
	p.Profile().Allow(browser.Request, api+"requests")
	p.seals(sealedOp)
	for name, answer := range map[string]http.HandlerFunc{
		"nobody":         func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"a portal":       func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<h1>Hej</h1>")) },
		"too many":       reply(http.StatusTooManyRequests, object{"code": "error.too_many", "message": "no"}),
		"another's":      reply(http.StatusOK, object{"op": "another", "verdict": "applied"}),
		"no verdict":     reply(http.StatusOK, object{"op": sealedOp}),
		"another's word": reply(http.StatusOK, object{"op": sealedOp, "verdict": "thanks"}),
	} {
		s.with("POST requests", answer)
		if got := requests[string](p, fmt.Sprintf(`await requests.sendSealed(); return requests.fateOf(%q)`, sealedOp)); got != "waiting" || p.sealed() != 1 {
			t.Errorf("after %s it is %s, %d on the phone", name, got, p.sealed())
		}
	}
	for verdict, fate := range map[string]string{"applied": "applied", "repeated": "applied", "rejected": "rejected"} {
		b := &box{}
		s.with("POST requests", b.takes(verdict))
		op := strings.Replace(sealedOp, "9a0c", map[string]string{"applied": "0001", "repeated": "0002", "rejected": "0003"}[verdict], 1)
		p.seals(op)
		if got := requests[string](p, fmt.Sprintf(`await requests.sendSealed(); return requests.fateOf(%q)`, op)); got != fate || p.sealed() != 0 {
			t.Errorf("%s: it is %s, %d on the phone", verdict, got, p.sealed())
		}
	}
}

// A request goes without anything that says whose it is, once, whoever sends
// it and however many do so at a time.
func TestARequestSaysNothingOfItsPhone(t *testing.T) {
	s := newServer(t, "a")
	p := s.phone(t, "ar")
	b := &box{}
	s.with("POST requests", b.takes("applied"))
	p.seals(sealedOp)
	requests[any](p, `await Promise.all([requests.sendSealed(), requests.keepRequests(), requests.sendSealed()]); return null`)
	if ops := b.ops(); len(ops) != 1 || ops[0] != sealedOp {
		t.Fatalf("%q came", ops)
	}
	for _, name := range []string{"Authorization", "Cookie", "Referer"} {
		if value := b.came[0].Header.Get(name); value != "" {
			t.Errorf("%s: %s", name, value)
		}
	}
	expect(t, "language", b.came[0].Header.Get("Accept-Language"), "sv")
	expect(t, "body", fmt.Sprint(b.bodies[0]), "map[ciphertext:YWdl op:"+sealedOp+" to:key000000000001]")
}

// Every phone has the keys after a sync, and asks for them again with the tag
// it got; an answer of another shape changes nothing.
func TestThePhoneKeepsTheKeys(t *testing.T) {
	s := newServer(t, "a")
	p := s.phone(t, "sv")
	keys := object{"size": 6200, "channels": []any{object{"channel": "steget", "key": "key000000000001", "recipient": "age1x", "open": true}}}
	var tags []string
	s.with("GET request-keys", func(w http.ResponseWriter, r *http.Request) {
		tags = append(tags, r.Header.Get("If-None-Match"))
		w.Header().Set("ETag", `"k1"`)
		reply(http.StatusOK, keys)(w, r)
	})
	kept := func() string {
		return requests[string](p, `await requests.fetchKeys(); const k = await requests.requestKeys(); return k.etag + ' ' + k.size + ' ' + k.channels.map((c) => c.key).join()`)
	}
	expect(t, "the keys", kept(), `"k1" 6200 key000000000001`)
	s.with("GET request-keys", func(w http.ResponseWriter, r *http.Request) {
		tags = append(tags, r.Header.Get("If-None-Match"))
		w.WriteHeader(http.StatusNotModified)
	})
	expect(t, "unchanged", kept(), `"k1" 6200 key000000000001`)
	expect(t, "tags", fmt.Sprintf("%q", tags), `["" "\"k1\""]`)
	s.says("GET request-keys", object{"channels": "none"})
	expect(t, "another shape", kept(), `"k1" 6200 key000000000001`)
}

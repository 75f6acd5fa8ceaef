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

// readBatch reads which epoch a request names and its operations, and leaves
// them to be read again.
func readBatch(r *http.Request) (epoch string, batch []operation) {
	body, _ := io.ReadAll(r.Body)
	var read struct {
		Epoch      string
		Operations []operation
	}
	_ = json.Unmarshal(body, &read)
	r.Body = io.NopCloser(bytes.NewReader(body))
	return read.Epoch, read.Operations
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

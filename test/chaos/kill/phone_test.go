//go:build unix

package kill_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"folje/test/protocol"
)

// daily is after how many wishes a phone makes room for another: each may send
// twenty a day.
const daily = 15

// phone writes one wish after the other, and changes its answer to a meeting
// now and then. What it wrote stays in its outbox until a verdict was read. It
// is several phones, one after the other.
type phone struct {
	load   *load
	name   string
	id     protocol.Identity
	client *http.Client
	outbox []map[string]any

	seq, made, wished, repeated, cut int
	answered                         map[string]int // the last answer's seq, by device
	acknowledged                     []string       // the wishes' texts
	fault                            string
}

func newPhone(l *load, name string) *phone {
	return &phone{load: l, name: name, id: protocol.NewIdentity(), answered: map[string]int{}, client: &http.Client{Timeout: 20 * time.Second}}
}

// live writes and sends until all is done and everything has arrived.
func (p *phone) live() {
	for p.fault == "" && !p.join() {
	}
	for p.fault == "" && (!p.load.done.Load() || len(p.outbox) > 0) {
		if p.wished >= daily && len(p.outbox) == 0 && !p.load.done.Load() {
			p.id, p.seq, p.wished = protocol.NewIdentity(), 0, 0
			for p.fault == "" && !p.join() {
			}
		}
		for !p.load.done.Load() && len(p.outbox) < 3 {
			p.write()
		}
		if len(p.outbox) > 0 { // it may be over since the loop began
			p.send()
		}
	}
	p.client.CloseIdleConnections()
}

func (p *phone) join() bool {
	_, ok := p.ask("", http.MethodPut, "devices/"+p.id.ID, map[string]any{"secret": p.id.Secret, "locale": "sv", "code": p.load.town.Codes[0]})
	return ok
}

func (p *phone) write() {
	p.seq++
	op := map[string]any{"op": protocol.NewUUID(), "seq": p.seq, "v": 1}
	if p.seq%4 == 1 {
		op["kind"], op["body"] = "rsvp", map[string]any{"meeting": p.load.meeting, "status": "accepted", "count": p.seq % 20, "note": ""}
	} else {
		p.made++
		p.wished++
		op["kind"], op["body"] = "wish", map[string]any{"group": p.load.town.Groups[0], "text": fmt.Sprintf("%s, wish %d", p.name, p.made)}
	}
	p.outbox = append(p.outbox, op)
}

// send sends the outbox and does what the verdicts say.
func (p *phone) send() {
	r, ok := p.ask("Bearer "+p.id.Secret, http.MethodPost, "operations", map[string]any{"operations": p.outbox})
	if !ok {
		return
	}
	var answer struct {
		Verdicts []struct{ Op, Verdict, Code string }
	}
	if err := json.Unmarshal(r.Body, &answer); err != nil {
		p.fault = fmt.Sprintf("%s: %s: %v", p.name, r.Body, err)
		return
	}
	verdicts := map[any]string{}
	for _, v := range answer.Verdicts {
		verdicts[v.Op] = v.Verdict
		if v.Verdict == "rejected" {
			p.fault = fmt.Sprintf("%s: rejected with %s", p.name, v.Code)
		}
	}
	var left []map[string]any
	for _, op := range p.outbox {
		switch verdict := verdicts[op["op"]]; {
		case verdict == "":
			left = append(left, op)
		case op["kind"] == "rsvp":
			p.answered[p.id.ID] = op["seq"].(int)
		default:
			p.acknowledged = append(p.acknowledged, op["body"].(map[string]any)["text"].(string))
			if verdict == "repeated" {
				p.repeated++
			}
		}
	}
	p.outbox = left
}

// ask sends a request to the program while it serves; ok says whether it
// answered 200. Another answer is a fault, none is what kills are for.
func (p *phone) ask(authorization, method, path string, body any) (r protocol.Reply, ok bool) {
	r, err := p.load.request().Ask(p.client, authorization, method, protocol.API+path, body)
	switch {
	case err != nil:
		p.cut++
		return r, false
	case r.Status != http.StatusOK:
		p.fault = fmt.Sprintf("%s: %s %s gets %d %s", p.name, method, path, r.Status, r.Body)
		return r, false
	}
	return r, true
}

// invite publishes a meeting, and gives its id.
func invite(t *testing.T, dir string, town protocol.Town) (meeting string) {
	t.Helper()
	p := protocol.Run(t, dir, protocol.FreeAddress(t))
	defer p.End(9)
	starts := time.Now().AddDate(0, 0, 9)
	var plan struct {
		ID   string
		Base int
	}
	ask := func(path string, body map[string]any) {
		r, err := p.Ask(http.DefaultClient, town.Editor, http.MethodPost, path, body)
		if err != nil || r.Status != http.StatusOK || json.Unmarshal(r.Body, &plan) != nil {
			t.Fatalf("%s: %v %d %s", path, err, r.Status, r.Body)
		}
	}
	ask("/api/collections/meetings/records", map[string]any{
		"kind": "qpm", "unit": town.Unit, "groups": []string{town.Groups[0]}, "starts": stamp(starts), "ends": stamp(starts.Add(time.Hour)),
		"place": "Stora rummet", "question": "Hur sover barnen?", "base": 0,
	})
	meeting = plan.ID
	ask(protocol.API+"staff/meetings/"+meeting+"/publish", map[string]any{"base": plan.Base})
	return meeting
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.000Z") }

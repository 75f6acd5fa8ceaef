package protocol

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// fault is what becomes of a request.
type fault int

const (
	fine       fault = iota
	lost             // the request never arrives
	unanswered       // it arrives, and its answer is lost
	doubled          // it arrives twice
	delayed          // it arrives some time later, when nobody waits for it
	portal           // a captive portal answers in the server's place, with 400
	login            // so does another, with its page and 200
	gateway          // a proxy answers 502
	crash            // the server dies while it works on it
)

var faults = []fault{fine, lost, unanswered, doubled, delayed, portal, login, gateway, crash}

func (f fault) String() string {
	return [...]string{"fine", "lost", "unanswered", "doubled", "delayed", "portal", "login", "gateway", "crash"}[f]
}

// Network carries the phones' requests to the server.
type Network struct {
	server *Server
	script []fault  // of the next requests; then all is fine
	depth  int      // how far a dying server gets
	late   []func() // requests that are still under way

	happened [crash + 1]int // how often each fault did
}

// unheard says that nobody we know answered.
type unheard struct{ why string }

func (u unheard) Error() string { return u.why }

// refused is the server's no.
type refusal struct {
	status int
	code   string
}

func (r refusal) Error() string { return fmt.Sprintf("%d %s", r.status, r.code) }

// ask sends a request as public/js/data/net.js does and understands its answer
// the same way: it fails with unheard or refusal.
func (n *Network) ask(p *Phone, method, path, etag string, body, into any) (status int, tag string, err error) {
	r, ok := n.carry(p, method, path, etag, body)
	if !ok {
		return 0, "", unheard{"no answer"}
	}
	if r.Status == http.StatusNotModified && etag != "" {
		return r.Status, etag, nil
	}
	var object map[string]json.RawMessage
	ours := strings.Contains(r.Header.Get("Content-Type"), "json") && json.Unmarshal(r.Body, &object) == nil && object != nil
	switch {
	case p.Bug == DropsOnBadRequest && r.Status == http.StatusBadRequest && !ours:
		return r.Status, "", refusal{r.Status, ""}
	case !ours:
		return r.Status, "", unheard{fmt.Sprintf("%d without our JSON", r.Status)}
	case r.Status == http.StatusOK:
		return r.Status, r.Header.Get("ETag"), json.Unmarshal(r.Body, into)
	case r.Code() == "":
		return r.Status, "", unheard{fmt.Sprintf("%d without a code", r.Status)}
	}
	return r.Status, "", refusal{r.Status, r.Code()}
}

// carry takes a request over the network; ok says whether an answer came back.
func (n *Network) carry(p *Phone, method, path, etag string, body any) (r Reply, ok bool) {
	header := map[string]string{}
	if etag != "" {
		header["If-None-Match"] = etag
	}
	authorization := p.authorization()
	send := func() Reply { return n.server.AskWith(authorization, method, API+path, body, header) }
	f := fine
	if len(n.script) > 0 {
		f, n.script = n.script[0], n.script[1:]
	}
	n.happened[f]++
	p.note("%s %s: %s", method, path, f)
	switch f {
	case fine:
		return send(), true
	case doubled:
		send()
		return send(), true
	case unanswered:
		send()
	case delayed:
		n.late = append(n.late, func() { send() })
	case crash:
		n.server.Crash(n.depth, func() { send() })
	case portal:
		return page(http.StatusBadRequest), true
	case login:
		return page(http.StatusOK), true
	case gateway:
		return page(http.StatusBadGateway), true
	}
	return Reply{}, false
}

func page(status int) Reply {
	return Reply{Status: status, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte("<!doctype html><p>Logga in</p>")}
}

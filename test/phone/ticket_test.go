package phone_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// edge is a server of the groups a and b where others answer feeds to whoever
// shows a ticket. The ticket t1, t2, … is for the group a only.
type edge struct {
	*server
	mu      sync.Mutex
	given   int
	seconds int
	good    string              // the ticket that is taken; "" for any
	refuses string              // what others get told
	shown   map[string][]string // by group
}

func newEdge(t *testing.T) *edge {
	e := &edge{server: newServer(t, "a", "b"), seconds: 3600, shown: map[string][]string{}}
	e.tickets(true)
	e.with("POST devices/me/ticket", func(w http.ResponseWriter, r *http.Request) {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.given++
		reply(200, object{"ticket": "t" + string(rune('0'+e.given)), "expires": "2026-11-12T10:00:00Z", "seconds": e.seconds, "scopes": []string{"a"}})(w, r)
	})
	for _, group := range []string{"a", "b"} {
		e.with("GET feeds/"+group, func(w http.ResponseWriter, r *http.Request) {
			e.mu.Lock()
			defer e.mu.Unlock()
			text := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
			if len(text) == 43 {
				text = "secret"
			}
			e.shown[group] = append(e.shown[group], text)
			if e.good != "" && text != "secret" && text != e.good {
				reply(http.StatusUnauthorized, object{"code": e.refuses, "message": "no"})(w, r)
				return
			}
			reply(200, feed("e1", "c1", []any{letter("l"+group, 1, 2)}, nil, object{"1": "Brev " + group, "2": "Text."}))(w, r)
		})
	}
	return e
}

// tickets says whether others answer.
func (e *edge) tickets(on bool) {
	hello := object{"epoch": "e1", "build": "b", "now": "2026-11-12T09:00:00Z", "locales": []any{},
		"municipality": object{"name": "Björkhult", "address": ""}}
	if on {
		hello["tickets"] = true
	}
	e.says("GET hello", hello)
}

func (e *edge) takes(ticket, refuses string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.good, e.refuses = ticket, refuses
}

// sync makes the phone ask once more, and answers what it showed for the group.
func (e *edge) sync(p *phone, group string) []string {
	e.mu.Lock()
	e.shown = map[string][]string{}
	e.mu.Unlock()
	p.syncs()
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.shown[group])
}

func (e *edge) shows(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if len(got) == 0 || !slices.Equal(slices.Compact(got), want) {
		t.Errorf("%s: it showed %q, want %q", what, got, want)
	}
}

func TestAPhoneShowsItsTicket(t *testing.T) {
	e := newEdge(t)
	p := e.phone(t, "sv")
	e.shows(t, "a group of the ticket's", e.sync(p, "a"), "t1")
	e.shows(t, "another", e.sync(p, "b"), "secret")
	if n := e.count("POST devices/me/ticket"); n != 1 {
		t.Errorf("it asked for %d tickets", n)
	}
	expect(t, "the letters", p.titles(), "[Brev a (source) Brev b (source)]")

	e.takes("t2", "error.ticket_expired")
	e.shows(t, "one that has expired", e.sync(p, "a"), "t1", "secret")
	e.shows(t, "the next", e.sync(p, "a"), "t2")
	e.takes("t3", "error.ticket_forged")
	e.shows(t, "one that isn't known", e.sync(p, "a"), "t2", "secret")
	p.WaitGone("[data-line]")

	e.tickets(false)
	e.sync(p, "a")
	e.shows(t, "where nobody else answers any more", e.sync(p, "a"), "secret")
}

func TestATicketThatEndsSoonIsReplaced(t *testing.T) {
	e := newEdge(t)
	e.seconds = 50
	p := e.phone(t, "sv")
	e.sync(p, "a")
	before := e.count("POST devices/me/ticket")
	e.sync(p, "a")
	if n := e.count("POST devices/me/ticket"); n != before+1 {
		t.Errorf("it asked %d times, then %d", before, n)
	}
}

// Who is shut out is told so, whatever it showed.
func TestARevokedPhoneWithATicketIsTold(t *testing.T) {
	e := newEdge(t)
	p := e.phone(t, "sv")
	e.sync(p, "a")
	e.takes("none", "error.device_revoked")
	e.shows(t, "shut out", e.sync(p, "a"), "t1")
	expect(t, "what it has", p.titles(), "[Brev a (source) Brev b (source)]")
	p.WaitFor("[data-line=revoked]")
}

// Without a ticket all works with the secret, and the reader is told nothing.
func TestNoTicketIsToBeHad(t *testing.T) {
	e := newEdge(t)
	p := e.phone(t, "sv")
	browserForgets := func() {
		inDB[any](p, `await db.delete('meta', 'ticket'); return null`)
	}
	for name, answer := range map[string]http.HandlerFunc{
		"no such route":     reply(http.StatusNotFound, object{"code": "error.not_found", "message": "no"}),
		"busy":              reply(http.StatusServiceUnavailable, object{"code": "error.busy", "message": "later"}),
		"another shape":     reply(http.StatusOK, object{"ticket": 3}),
		"a portal's page":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<h1>Welcome</h1>")) },
		"a lost connection": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		browserForgets()
		e.with("POST devices/me/ticket", answer)
		e.shows(t, name, e.sync(p, "a"), "secret")
		p.WaitGone("[data-line]")
	}
}

// An erased phone keeps no ticket.
func TestErasingForgetsTheTicket(t *testing.T) {
	e := newEdge(t)
	p := e.phone(t, "sv")
	e.sync(p, "a")
	kept := inDB[string](p, `return JSON.stringify(await db.get('meta', 'ticket')) ?? ''`)
	if !strings.Contains(kept, "t1") {
		t.Fatalf("it keeps %q", kept)
	}
	after := inDB[string](p, `const { eraseEverything } = await import('/js/data/own.js')
		await eraseEverything()
		return JSON.stringify(await db.get('meta', 'ticket')) ?? ''`)
	if after != "" {
		t.Errorf("it keeps %s", after)
	}
}

package edge

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/metrics"
	"folje/internal/problem"
	feeds "folje/internal/sync"
	"folje/internal/ticket"
	"folje/internal/web"
)

// errForward says that the writer has to answer.
var errForward = errors.New("the writer answers this")

const helloPath = "/api/folje/v1/hello"

// Quick answers hello and feeds from memory, where nothing is in the way; it is
// a [web.Quick].
func (e *Edge) Quick(r *http.Request) (status int, header http.Header, body []byte, ok bool) {
	if r.URL.RawPath != "" {
		return 0, nil, nil, false
	}
	reply, err := e.reply(r)
	if err != nil {
		return 0, nil, nil, false
	}
	e.Metrics.Answered(r.URL.Path, reply.Status)
	return reply.Status, e.aged(reply.Header), reply.Body, true
}

// ServeHTTP answers what Quick didn't: it says what is in the way, or hands the
// request to the writer.
func (e *Edge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := errForward
	if (r.Method == http.MethodGet || r.Method == http.MethodHead) && r.URL.RawPath == "" {
		var reply *feeds.Reply
		if reply, err = e.reply(r); err == nil {
			web.Send(w, r, reply.Status, e.aged(reply.Header), reply.Body)
			return
		}
	}
	var p *problem.Problem
	switch {
	case errors.As(err, &p):
		e.refuse(w, r, p)
	case errors.Is(err, errForward), errors.Is(err, feeds.ErrElsewhere):
		e.forward(w, r)
	default:
		e.Log.Error("answer from a page", "cause", err.Error())
		e.forward(w, r)
	}
}

// refuse answers a problem in the caller's language.
func (e *Edge) refuse(w http.ResponseWriter, r *http.Request, p *problem.Problem) {
	if p.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(p.RetryAfter.Seconds()))))
	}
	web.Refuse(w, r, e.Locales, p.Status, p.Code)
}

// aged adds to an answer's header how old it may be, once that is worth saying.
func (e *Edge) aged(h http.Header) http.Header {
	ago := e.heard.ago()
	if ago <= Aged {
		return h
	}
	h = h.Clone()
	h.Set(AgeHeader, strconv.Itoa(int(ago/time.Second)))
	return h
}

// reply is the answer from memory. It fails with errForward, with
// [feeds.ErrElsewhere], or with what the phone is told.
func (e *Edge) reply(r *http.Request) (*feeds.Reply, error) {
	if r.URL.Path == helloPath && r.URL.RawQuery == "" {
		g := e.greeting.Load()
		if g == nil {
			return nil, errForward
		}
		return g.Reply(r.Header.Get("Accept-Encoding"))
	}
	scope, stream, cursor, ok := feeds.Asked(r.URL.Path, r.URL.RawQuery)
	if !ok {
		return nil, errForward
	}
	if _, known := e.Locales.Find(stream); stream != feeds.Records && !known {
		return nil, errForward
	}
	if scope != feeds.Public {
		if err := e.admit(r, scope); err != nil {
			return nil, err
		}
	}
	if !e.caughtUp.Load() {
		return nil, errForward
	}
	if e.heard.ago() > Stale {
		return nil, problem.Busy(errStale)
	}
	return e.pages.Answer(r.Header, scope, stream, cursor)
}

// admit lets those read the group's feed who show a ticket for it. A phone that
// shows its secret, or nothing, is the writer's matter.
func (e *Edge) admit(r *http.Request, scope string) error {
	text, bears := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bears || !ticket.Is(text) || !e.keys.Ready() {
		return errForward
	}
	t, err := e.keys.Verify(text, e.Now())
	if errors.Is(err, ticket.ErrForged) {
		e.Metrics.Add(metrics.Tickets, 1, "forged")
		return access.ErrTicketForged.Because(err)
	}
	if err != nil {
		e.Metrics.Add(metrics.Tickets, 1, "expired")
		return access.ErrTicketExpired.Because(err)
	}
	if w, void := e.revoked.of(t); void {
		e.Metrics.Add(metrics.Tickets, 1, "revoked")
		if w.Ended {
			return access.ErrDeviceRevoked
		}
		return access.ErrTicketExpired
	}
	if !t.Covers(scope) {
		e.Metrics.Add(metrics.Tickets, 1, "elsewhere")
		return access.ErrTicketExpired
	}
	return nil
}

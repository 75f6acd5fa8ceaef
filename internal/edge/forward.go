package edge

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"time"

	"folje/internal/metrics"
	"folje/internal/problem"
	"folje/internal/web"
)

// errNoWriter says that none of the addresses answers as the writer.
var errNoWriter = errors.New("no writer answers")

// Bounds of what is handed to the writer.
const (
	underWay  = 256             // requests at once
	patience  = 2 * time.Second // until one of them ends
	answering = 30 * time.Second
	looking   = time.Second // between two questions who the writer is
)

// writer knows which of the addresses is the writer's, and hands requests to
// it. A request that may have been sent is never sent again: the phone does that,
// who knows whether it may.
type writer struct {
	all     []*url.URL
	chosen  atomic.Pointer[url.URL]
	hurry   chan struct{} // ask now who the writer is
	turns   chan struct{}
	through *http.Transport
	metrics *metrics.Set
}

func newWriter(all []*url.URL, m *metrics.Set) *writer {
	return &writer{all: all, hurry: make(chan struct{}, 1), turns: make(chan struct{}, underWay), metrics: m, through: &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
		TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: answering, IdleConnTimeout: time.Minute,
		MaxIdleConnsPerHost: underWay, MaxConnsPerHost: underWay, DisableCompression: true, MaxResponseHeaderBytes: 64 << 10,
	}}
}

// now is the writer; nil for none.
func (w *writer) now() *url.URL { return w.chosen.Load() }

// look keeps asking who the writer is.
func (w *writer) look(ctx context.Context) {
	defer w.through.CloseIdleConnections()
	for ctx.Err() == nil {
		w.choose(ctx)
		select {
		case <-ctx.Done():
		case <-w.hurry:
			select { // a fault of every request is not a question each
			case <-ctx.Done():
			case <-time.After(looking / 10):
			}
		case <-time.After(looking):
		}
	}
}

// choose stays with the writer for as long as it says that it is.
func (w *writer) choose(ctx context.Context) {
	before := w.now()
	if before != nil && w.writes(ctx, before) {
		return
	}
	for _, u := range w.all {
		if u != before && w.writes(ctx, u) {
			w.chosen.Store(u)
			return
		}
	}
	w.chosen.Store(nil)
}

// writes asks an address whether it is the writer's.
func (w *writer) writes(ctx context.Context, u *url.URL) bool {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.JoinPath("/readyz").String(), nil)
	if err != nil {
		return false
	}
	res, err := w.through.RoundTrip(r)
	if err != nil {
		return false
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<10))
	return res.StatusCode == http.StatusOK
}

// turn waits for the request's turn; ok is false where that takes too long.
func (w *writer) turn(ctx context.Context) (done func(), ok bool) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case w.turns <- struct{}{}:
		return func() { <-w.turns }, true
	case <-ctx.Done():
		return nil, false
	}
}

// forward hands the request to the writer, and answers 503 where there is none.
func (e *Edge) forward(w http.ResponseWriter, r *http.Request) {
	to := e.writer.now()
	if to == nil {
		e.away(w, r, errNoWriter)
		return
	}
	done, ok := e.writer.turn(r.Context())
	if !ok {
		e.away(w, r, errors.New("too many requests are under way"))
		return
	}
	defer done()
	proxy := httputil.ReverseProxy{
		Transport: e.writer.through, ErrorLog: log.New(io.Discard, "", 0),
		Rewrite: func(p *httputil.ProxyRequest) { handOn(p, to) },
		ModifyResponse: func(*http.Response) error {
			e.Metrics.Add(metrics.Forwarded, 1, "answered")
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			var large *http.MaxBytesError
			if errors.As(err, &large) {
				e.refuse(w, r, problem.TooLarge())
				return
			}
			select {
			case e.writer.hurry <- struct{}{}:
			default:
			}
			e.away(w, r, err)
		},
	}
	proxy.ServeHTTP(w, r)
}

// handOn makes the request that the writer gets: the client's, with the client's
// address as the only one.
func handOn(p *httputil.ProxyRequest, to *url.URL) {
	p.SetURL(to)
	h := p.Out.Header
	h.Del("Forwarded")
	h.Del("X-Real-Ip")
	h.Del("Idempotency-Key") // with it net/http would send a request again
	h.Del("X-Idempotency-Key")
	h.Set("X-Forwarded-For", web.ClientIP(p.In).String())
	h.Set("X-Forwarded-Host", p.In.Host)
}

// away tells the phone to come again.
func (e *Edge) away(w http.ResponseWriter, r *http.Request, cause error) {
	e.Metrics.Add(metrics.Forwarded, 1, "away")
	if r.Context().Err() == nil {
		e.Log.Debug("hand a request to the writer", "cause", cause.Error())
	}
	e.refuse(w, r, problem.Busy(cause))
}

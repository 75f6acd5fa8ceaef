package edge

import (
	"bytes"
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
	large     = 64              // beside them, with more than small in their body
	small     = 64 << 10        // bytes of a body that is read before the request's turn
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
	larger  chan struct{} // the turns of large bodies
	through *http.Transport
	asking  *http.Transport // who the writer is; requests never stand in its way
	metrics *metrics.Set
}

func newWriter(all []*url.URL, m *metrics.Set) *writer {
	return &writer{
		all: all, metrics: m, hurry: make(chan struct{}, 1),
		turns: make(chan struct{}, underWay), larger: make(chan struct{}, large),
		through: newTransport(underWay + large), asking: newTransport(1),
	}
}

func newTransport(connections int) *http.Transport {
	return &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
		TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: answering, IdleConnTimeout: time.Minute,
		MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, DisableCompression: true, MaxResponseHeaderBytes: 64 << 10,
	}
}

// now is the writer; nil for none.
func (w *writer) now() *url.URL { return w.chosen.Load() }

// look keeps asking who the writer is.
func (w *writer) look(ctx context.Context) {
	defer w.through.CloseIdleConnections()
	defer w.asking.CloseIdleConnections()
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
	res, err := w.asking.RoundTrip(r)
	if err != nil {
		return false
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<10))
	return res.StatusCode == http.StatusOK
}

// turn waits for the request's turn; ok is false where that takes too long. A
// request whose body isn't here yet has a turn among its like: who sends slowly
// is in nobody else's way.
func (w *writer) turn(ctx context.Context, whole bool) (done func(), ok bool) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	turns := w.larger
	if whole {
		turns = w.turns
	}
	select {
	case turns <- struct{}{}:
		return func() { <-turns }, true
	case <-ctx.Done():
		return nil, false
	}
}

// gather reads a small body before the request has its turn. It reports whether
// all of the body is here.
func gather(r *http.Request) (whole bool, err error) {
	if r.Body == nil || r.Body == http.NoBody {
		return true, nil
	}
	if r.ContentLength > small {
		return false, nil
	}
	text, err := io.ReadAll(io.LimitReader(r.Body, small+1))
	if err != nil {
		return false, err
	}
	if len(text) > small { // it was not announced
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(text), r.Body))
		return false, nil
	}
	r.Body, r.ContentLength, r.TransferEncoding = io.NopCloser(bytes.NewReader(text)), int64(len(text)), nil
	return true, nil
}

// forward hands the request to the writer, and answers 503 where there is none.
func (e *Edge) forward(w http.ResponseWriter, r *http.Request) {
	to := e.writer.now()
	if to == nil {
		e.away(w, r, errNoWriter)
		return
	}
	r = r.Clone(r.Context()) // net/http goes by its own
	whole, err := gather(r)
	if err != nil {
		e.broken(w, r, err)
		return
	}
	done, ok := e.writer.turn(r.Context(), whole)
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
			select {
			case e.writer.hurry <- struct{}{}:
			default:
			}
			e.broken(w, r, err)
		},
	}
	proxy.ServeHTTP(w, r)
}

// broken answers a request that failed on its way: by what the client sent, or
// by the writer.
func (e *Edge) broken(w http.ResponseWriter, r *http.Request, err error) {
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		e.refuse(w, r, problem.TooLarge())
		return
	}
	e.away(w, r, err)
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

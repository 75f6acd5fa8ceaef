package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// FrontConfig says how a program without PocketBase meets the public: with the
// guard, the headers, the timeouts and the web app that the writer has.
type FrontConfig struct {
	Site           *Site    // as in [Config]
	Messages       Messages // as in [Config]
	Origin         string
	TrustedProxies []netip.Prefix
	Ready          func(context.Context) error
	Quick          Quick
	// API answers what the writer's API would, /plain, and the files of builds
	// that aren't Site's.
	API http.Handler
	// Wrap, where set, is put around everything but Quick.
	Wrap func(http.Handler) http.Handler
	Log  *slog.Logger
}

// Front is a public listener while it serves.
type Front struct {
	server   *http.Server
	listener net.Listener
	warming  context.CancelFunc
}

// OpenFront listens on the address, and serves until Close. It fails where it
// can't listen, and for an origin that is none.
func OpenFront(addr string, cfg FrontConfig) (*Front, error) {
	https, err := parseOrigin(cfg.Origin)
	if err != nil {
		return nil, err
	}
	refuse := refuser{cfg.Messages}
	site := builds(nil).serve(cfg.Site, ofOtherBuilds(cfg.API, cfg.Site.handler(refuse)))
	next := Public(cfg.API, health(cfg.Ready, plain(cfg.API, site, refuse)), refuse)
	if cfg.Wrap != nil {
		next = cfg.Wrap(next)
	}
	g := &guard{next: next, refuse: refuse, proxies: cfg.TrustedProxies, log: cfg.Log,
		headers: publicHeaders(https), limit: bodyLimit, fast: cfg.Quick}
	if g.fixed, err = fixedHeaders(g.headers); err != nil {
		return nil, err
	}
	f := &Front{server: &http.Server{Addr: addr, Handler: g, ErrorLog: slog.NewLogLogger(cfg.Log.Handler(), slog.LevelDebug)}}
	DefaultTimeouts.Apply(f.server)
	if _, err := gather(f.server, &f.listener); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	f.warming = cancel
	go cfg.Site.Warm(ctx)
	go func() {
		if err := f.server.Serve(f.listener); !errors.Is(err, http.ErrServerClosed) {
			cfg.Log.Error("serve", "cause", err.Error())
		}
	}()
	return f, nil
}

// Addr is the address that is listened on.
func (f *Front) Addr() net.Addr { return f.listener.Addr() }

// Close stops listening and waits for the requests under way until ctx ends,
// then breaks them off.
func (f *Front) Close(ctx context.Context) error {
	f.warming()
	if err := f.server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("end the requests under way: %w", err), f.server.Close())
	}
	return nil
}

// ofOtherBuilds gives api the files of builds that aren't here.
func ofOtherBuilds(api, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, buildPrefix) && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			api.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Refuse answers in the shape of all errors here: {code, message}, the code
// being a message id and the message in the caller's language.
func Refuse(w http.ResponseWriter, r *http.Request, messages Messages, status int, code string) {
	refuser{messages}.write(w, r, status, code)
}

// Send answers with what is shared between requests.
func Send(w http.ResponseWriter, r *http.Request, status int, header http.Header, body []byte) {
	h := w.Header()
	for name, values := range header {
		h[name] = values[:len(values):len(values)]
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead && len(body) > 0 {
		_, _ = w.Write(body)
	}
}

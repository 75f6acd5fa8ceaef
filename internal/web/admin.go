package web

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"

	"folje/internal/listen"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Admin is the administrators' listener while it serves.
type Admin struct {
	server   *http.Server
	listener net.Listener
}

// ServeAdmin listens on addr and serves h there until Close. For "" and "off"
// it does nothing and returns nil. It fails if it can't listen on addr.
func ServeAdmin(addr string, h http.Handler, log *slog.Logger) (*Admin, error) {
	if addr == "" || addr == "off" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen for administrators: %w", err)
	}
	if !listen.Loopback(listener.Addr()) {
		log.Warn("serve administrators beyond this machine", "address", listener.Addr().String())
	}
	ctx, cancel := context.WithCancel(context.Background())
	server := &http.Server{
		Handler:     listen.OwnHost(listener.Addr(), h),
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	server.RegisterOnShutdown(cancel) // ends the dashboard's event streams
	adminTimeouts.Apply(server)
	go func() { _ = server.Serve(listener) }()
	return &Admin{server, listener}, nil
}

// Addr is the address that is listened on.
func (a *Admin) Addr() net.Addr { return a.listener.Addr() }

// Close stops listening and waits for the requests under way until ctx ends,
// then breaks them off.
func (a *Admin) Close(ctx context.Context) error {
	if err := a.server.Shutdown(ctx); err != nil {
		return a.server.Close()
	}
	return nil
}

// adminHome leads from the root, where the administrators' listener has
// nothing, to the dashboard.
func adminHome(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			http.Redirect(w, r, "/_/", http.StatusFound)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// statusPages gives the administrators' listener what monitoring asks for. With
// a role's own pages, /readyz says there why; else all is next's.
func statusPages(status, next http.Handler) http.Handler {
	if status == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/metrics", "/healthz", "/readyz":
			status.ServeHTTP(w, r)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

type adminKey struct{}

func withAdmin(ctx context.Context, admin bool) context.Context {
	if !admin {
		return ctx
	}
	return context.WithValue(ctx, adminKey{}, true)
}

// FromAdmin reports whether the request came through the administrators'
// listener.
func FromAdmin(r *http.Request) bool {
	admin, _ := r.Context().Value(adminKey{}).(bool)
	return admin
}

// superusersOnlyOnAdmin takes a superuser's sign-in away from every request
// that did not come through the administrators' listener. Such a request goes
// on as a guest's: it gets exactly what it would get without a token, so the
// answer doesn't even tell whether the token is valid.
func superusersOnlyOnAdmin() *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id: "foljeSuperusersOnlyOnAdmin", Priority: apis.DefaultLoadAuthTokenMiddlewarePriority + 1,
		Func: func(e *core.RequestEvent) error {
			if e.HasSuperuserAuth() && !FromAdmin(e.Request) {
				e.Auth = nil
			}
			return e.Next()
		},
	}
}

package rules_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"folje/internal/access"
	"folje/internal/app"
	"folje/internal/database"
	"folje/internal/push"
	"folje/internal/ticket"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// server is the whole program, serving a copy of the world: PocketBase's own
// Serve with everything bound. The public handler is called as the listener
// would call it; the administrators' listener is a real one.
type server struct {
	*world
	app     *tests.TestApp
	public  http.Handler
	routes  []string // as the router has them, "METHOD /path"
	admin   string   // address
	changes *sql.DB  // one connection of its own
	callers int
	done    chan error
}

// serve starts a server with the web app's files given.
func (w *world) serve(site fs.FS) (*server, error) {
	a, err := tests.NewTestAppWithConfig(core.BaseAppConfig{
		DataDir: w.dir, DBConnect: database.Connect,
		DataMaxOpenConns: database.MaxOpen, DataMaxIdleConns: database.MaxOpen,
		AuxMaxOpenConns: 2, AuxMaxIdleConns: 2,
	})
	if err != nil {
		return nil, fmt.Errorf("copy the world: %w", err)
	}
	for _, path := range []string{access.KeyFile(a.DataDir()), push.VAPIDFile(a.DataDir()), ticket.File(a.DataDir())} {
		if err := os.Chmod(path, 0o600); err != nil { // the copy has another mode
			return nil, err
		}
	}
	s := &server{world: w, app: a, done: make(chan error, 1)}
	cfg := w.config(site)
	cfg.AdminOpened = func(at net.Addr) { s.admin = at.String() }
	if err := app.Register(a, cfg); err != nil {
		return nil, fmt.Errorf("register: %w", err)
	}
	if s.changes, err = sql.Open("sqlite", filepath.Join(a.DataDir(), "data.db")); err != nil {
		return nil, fmt.Errorf("watch the database: %w", err)
	}
	s.changes.SetMaxOpenConns(1)
	a.OnServe().Unbind("foljeOutbox", "foljeAnnounce") // nothing changes unless somebody asks for it
	return s, s.start()
}

// start runs PocketBase's Serve on a listener that nobody can call and returns
// once everything would answer.
func (s *server) start() error {
	ready := make(chan error, 1)
	s.app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Priority: -9999, Func: func(e *core.ServeEvent) error {
		e.Listener = deaf{make(chan struct{})}
		err := e.Next()
		s.app.Cron().Stop()
		if err == nil {
			s.public = e.Server.Handler
			s.routes, err = routesOf(e.Router)
		}
		ready <- err
		return err
	}})
	go func() {
		err := apis.Serve(s.app, apis.ServeConfig{})
		s.done <- err
	}()
	select {
	case err := <-ready:
		return err
	case err := <-s.done:
		return fmt.Errorf("serve: %w", err)
	}
}

// close ends the server and removes its copy of the world.
func (s *server) close() {
	_ = s.changes.Close()
	s.app.Cleanup()
	<-s.done
}

// deaf is a listener without a port.
type deaf struct{ closed chan struct{} }

func (d deaf) Accept() (net.Conn, error) { <-d.closed; return nil, net.ErrClosed }

func (d deaf) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

func (d deaf) Close() error {
	select {
	case <-d.closed:
	default:
		close(d.closed)
	}
	return nil
}

// answer is what somebody got, head and body in one text.
type answer struct {
	status int
	text   string
	body   []byte
}

// patience bounds one request; an event stream is read up to its first event.
const patience = 10 * time.Second

// send asks as the role. Every request comes from an address of its own, so
// that no limit of attempts answers for a rule.
func (s *server) send(who role, r request) (answer, error) {
	s.callers++
	req, err := r.http(s.tokens[who.name])
	if err != nil {
		return answer{}, err
	}
	if who.admin {
		return s.sendAdmin(req)
	}
	req.RemoteAddr = fmt.Sprintf("10.%d.%d.1:1234", s.callers/256%256, s.callers%256)
	rec := httptest.NewRecorder()
	s.public.ServeHTTP(rec, req)
	return answer{rec.Code, head(rec.Header()) + rec.Body.String(), rec.Body.Bytes()}, nil
}

func (s *server) sendAdmin(req *http.Request) (answer, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	req = req.WithContext(ctx)
	req.RequestURI, req.URL.Scheme, req.URL.Host, req.Host = "", "http", s.admin, s.admin
	from := &net.TCPAddr{IP: net.IPv4(127, 0, byte(s.callers/250%250+1), byte(s.callers%250+1))}
	client := http.Client{
		Transport: &http.Transport{
			DialContext: (&net.Dialer{LocalAddr: from}).DialContext, DisableKeepAlives: true, DisableCompression: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Do(req)
	if err != nil {
		return answer{}, fmt.Errorf("ask the administrators' listener: %w", err)
	}
	defer res.Body.Close()
	body, err := read(res)
	return answer{res.StatusCode, head(res.Header) + string(body), body}, err
}

func read(res *http.Response) ([]byte, error) {
	if res.Header.Get("Content-Type") != "text/event-stream" {
		return io.ReadAll(res.Body)
	}
	first := make([]byte, 4096)
	n, err := res.Body.Read(first)
	return first[:n], err
}

func head(h http.Header) string {
	var b bytes.Buffer
	_ = h.Write(&b) // to memory
	return b.String()
}

// version changes with every commit of the server's.
func (s *server) version() (v int, err error) {
	err = s.changes.QueryRow("PRAGMA data_version").Scan(&v)
	return v, err
}

// request is what is asked. A string or []byte body goes as it stands, any
// other as JSON.
type request struct {
	method, path string
	body         any
	header       map[string]string
}

func (r request) http(authorization string) (*http.Request, error) {
	var raw []byte
	switch b := r.body.(type) {
	case nil:
	case string:
		raw = []byte(b)
	default:
		var err error
		if raw, err = json.Marshal(b); err != nil {
			return nil, fmt.Errorf("encode the body of %s: %w", r.path, err)
		}
	}
	req := httptest.NewRequest(r.method, r.path, bytes.NewReader(raw))
	if len(raw) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	return req, nil
}

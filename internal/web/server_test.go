package web_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/web"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// patience is how long a test waits for what should happen at once, or within
// the short timeouts it configured, before it fails.
const patience = 20 * time.Second

// echo says a message id as "locale:id", so that a test sees what was asked.
type echo struct{}

func (echo) Negotiate(accept string) string { return strings.ToLower(accept) }

func (echo) Text(locale, id string, _ map[string]any) string { return locale + ":" + id }

// running is a whole program: PocketBase's own Serve on loopback, with web
// bound to it and a few routes that misbehave.
type running struct {
	app         core.App
	addr, admin string
	big         chan error // what became of an answer of 64 MB
}

func site(tb testing.TB, files fs.FS, generated map[string][]byte) *web.Site {
	tb.Helper()
	made := map[string]web.Generated{}
	for name, body := range generated {
		made[name] = web.Generated{Known: body, Make: func() []byte { return body }}
	}
	s, err := web.NewSite(files, made)
	if err = checked(s, err); err != nil {
		tb.Fatal(err)
	}
	return s
}

// checked is what is wrong with a site, if anything.
func checked(s *web.Site, err error) error {
	if err != nil {
		return err
	}
	return s.Check()
}

func run(t *testing.T, change func(*web.Config)) running {
	t.Helper()
	app := newApp(t)
	r := running{app: app, big: make(chan error, 1)}
	cfg := web.Config{
		Site:     site(t, fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}, "js/app.js": {Data: []byte("1")}}, nil),
		Messages: echo{}, Origin: "https://folje.example", Admin: "127.0.0.1:0",
		AdminOpened: func(a net.Addr) { r.admin = a.String() },
	}
	if change != nil {
		change(&cfg)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r.addr = listener.Addr().String()
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Listener = listener
		misbehave(e, r.big)
		return e.Next()
	})
	if err := web.Bind(app, cfg); err != nil {
		t.Fatal(err)
	}
	start(t, app)
	return r
}

func newApp(t *testing.T) core.App {
	t.Helper()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: t.TempDir()})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.ResetBootstrapState() })
	if err := app.RunAllMigrations(); err != nil {
		t.Fatal(err)
	}
	app.Settings().Logs.MaxDays = 0 // PocketBase writes its log when it likes, also after the test
	return app
}

// start serves until the test ends, and returns when the port answers.
func start(t *testing.T, app core.App) {
	t.Helper()
	ready, done := make(chan struct{}), make(chan error, 1)
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Priority: -9999, Func: func(e *core.ServeEvent) error {
		err := e.Next()
		if err == nil {
			close(ready)
		}
		return err
	}})
	go func() { done <- apis.Serve(app, apis.ServeConfig{}) }()
	select {
	case <-ready:
	case err := <-done:
		t.Fatalf("serve: %v", err)
	}
	t.Cleanup(func() {
		_ = app.OnTerminate().Trigger(&core.TerminateEvent{App: app})
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
}

// misbehave adds routes as a careless author could write them.
func misbehave(e *core.ServeEvent, big chan<- error) {
	e.Router.POST("/api/folje/v1/deaf", func(e *core.RequestEvent) error { return e.String(200, "deaf") })
	e.Router.POST("/api/folje/v1/silent", func(e *core.RequestEvent) error { return nil })
	e.Router.POST("/api/folje/v1/sip", func(e *core.RequestEvent) error {
		_, err := io.ReadFull(e.Request.Body, make([]byte, 1))
		return errors.Join(err, e.String(200, "sip"))
	})
	e.Router.POST("/api/folje/v1/bind", func(e *core.RequestEvent) error {
		in := map[string]any{}
		if err := e.BindBody(&in); err != nil {
			return e.BadRequestError("", err)
		}
		return e.JSON(200, in)
	})
	e.Router.GET("/api/folje/v1/panic", func(e *core.RequestEvent) error { panic("Fatima") })
	e.Router.GET("/api/folje/v1/big", func(e *core.RequestEvent) error {
		err := e.Stream(200, "text/plain", io.LimitReader(zeros{}, 64<<20))
		big <- err
		return err
	})
	e.Router.GET("/api/folje/v1/kept", func(e *core.RequestEvent) error {
		e.Response.Header().Set("Cache-Control", "private, no-cache")
		return e.String(200, "kept")
	})
	e.Router.GET("/api/folje/v1/endless", func(e *core.RequestEvent) error {
		if err := e.String(200, "first"); err != nil {
			return err
		}
		if err := e.Flush(); err != nil {
			return err
		}
		<-e.Request.Context().Done()
		return nil
	})
	e.Router.GET("/api/folje/v1/who", func(e *core.RequestEvent) error {
		return e.String(200, fmt.Sprintf("%v %v %v", web.ClientIP(e.Request), e.RealIP(), e.HasSuperuserAuth()))
	})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// line is one connection.
type line struct {
	net.Conn
	t *testing.T
}

func dial(t *testing.T, addr string) line {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return line{c, t}
}

// talk sends everything at once and returns all that comes back until the
// server hangs up.
func (l line) talk(requests string) string {
	l.t.Helper()
	go func() { _, _ = io.WriteString(l, requests) }()
	return l.rest()
}

// rest reads until the server hangs up, and fails if it doesn't.
func (l line) rest() string {
	l.t.Helper()
	got, err := io.ReadAll(l)
	if errors.Is(err, context.DeadlineExceeded) || isTimeout(err) {
		l.t.Fatalf("the server did not close the connection; it said %.300q", got)
	}
	return string(got)
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// answers parses what came over one connection.
func answers(t *testing.T, raw, method string) []*http.Response {
	t.Helper()
	var out []*http.Response
	for r := bufio.NewReader(strings.NewReader(raw)); ; {
		if _, err := r.Peek(1); err != nil {
			return out
		}
		res, err := http.ReadResponse(r, &http.Request{Method: method})
		if err != nil {
			t.Fatalf("after %d answers: %v in %.500q", len(out), err, raw)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body = io.NopCloser(strings.NewReader(string(body)))
		out = append(out, res)
	}
}

// ask sends one request and returns its answer with the body read.
func ask(t *testing.T, addr, method, path, header, body string) (*http.Response, string) {
	t.Helper()
	if body != "" || method == "POST" || method == "PATCH" {
		header += fmt.Sprintf("Content-Length: %d\r\n", len(body))
	}
	raw := dial(t, addr).talk(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n" + body)
	all := answers(t, raw, method)
	if len(all) != 1 {
		t.Fatalf("%s %s: %d answers in %.300q", method, path, len(all), raw)
	}
	got, _ := io.ReadAll(all[0].Body)
	return all[0], string(got)
}

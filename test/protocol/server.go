package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/access"
	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/locale"
	"folje/internal/web"

	"github.com/pocketbase/pocketbase/core"
)

// API is where the phones' routes are.
const API = "/api/folje/v1/"

// Clock is a clock that only the test moves.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts at noon of a Friday in November.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)} }

// Now reads the clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Pass lets time pass.
func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Town is what a seeded data folder has: a unit with two groups, an invitation
// to each, and an editor and a translator, signed in for good.
type Town struct {
	Unit, Editor, Translator string
	Groups, Codes            []string
}

// Server is the real server in this process, over a real data folder.
type Server struct {
	Town
	Dir string

	tb       testing.TB
	clock    *Clock
	app      core.App
	handler  http.Handler
	point    func()   // told at every point where the server may die
	folders  int      // data folders there have been
	archives []string // the backups, oldest first
	crashes  int
	restores int
	// cancelled are the meetings that were ever called off.
	cancelled map[string]bool
}

// Serve serves a copy of the seeded data folder, inside the folder given.
func Serve(tb testing.TB, folder string, clock *Clock) *Server {
	tb.Helper()
	seed, err := seeded()
	if err != nil {
		tb.Fatalf("seed a data folder: %v", err)
	}
	s := &Server{Town: seed.Town, Dir: filepath.Join(folder, "data"), tb: tb, clock: clock, cancelled: map[string]bool{}}
	s.must(copyFolder(seed.dir, s.Dir))
	s.start()
	return s
}

func (s *Server) must(err error) {
	s.tb.Helper()
	if err != nil {
		s.tb.Fatalf("server: %v", err)
	}
}

// start opens the data folder, as the program does when it is started.
func (s *Server) start() {
	s.tb.Helper()
	var err error
	s.app, err = app.Open(s.Dir)
	s.must(err)
	s.must(app.Register(s.app, app.Config{
		Site: pages(), Locales: messages(), Hooks: filepath.Join(s.Dir, "no-hooks"), Origin: "https://folje.example", Admin: "off", Now: s.clock.Now,
	}))
	s.watch()
	s.handler = apptest.Handler(s.tb, s.app)
}

// Stop ends the server in good order.
func (s *Server) Stop() { s.must(end(s.app)) }

func end(a core.App) error {
	err := a.OnTerminate().Trigger(&core.TerminateEvent{App: a}, func(e *core.TerminateEvent) error { return e.Next() })
	return errors.Join(err, a.ResetBootstrapState())
}

// Reply is what a request got.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Code is the code of an error of ours.
func (r Reply) Code() string {
	var body struct{ Code string }
	_ = json.Unmarshal(r.Body, &body) // a page of somebody else's has none
	return body.Code
}

// Ask sends the server a request. Authorization is "" for none; a body is
// encoded as JSON, nil for none.
func (s *Server) Ask(authorization, method, path string, body any) Reply {
	return s.AskWith(authorization, method, path, body, nil)
}

// AskWith is [Server.Ask] with more headers.
func (s *Server) AskWith(authorization, method, path string, body any, header map[string]string) Reply {
	var raw []byte
	if body != nil {
		var err error
		raw, err = json.Marshal(body)
		s.must(err)
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(raw))
	r.Header.Set("Accept-Language", "sv")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return Reply{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
}

// Count is how many rows a collection has.
func (s *Server) Count(collection string) int {
	s.tb.Helper()
	n, err := s.app.CountRecords(collection)
	s.must(err)
	return int(n)
}

var messages = sync.OnceValue(func() *locale.Bundle {
	b, err := locale.Load(os.DirFS(filepath.Join(apptest.Root(), "locales")))
	if err != nil {
		panic(err) // the repository's own files
	}
	return b
})

// pages are a web app of a few bytes, made once for all servers.
var pages = sync.OnceValue(func() *web.Site {
	return app.OpenSite(fstest.MapFS{
		"index.html": {Data: []byte("<!doctype html><title>Följe</title>")}, "sw.js": {Data: []byte("// worker\n")},
		"js/app.js": {Data: []byte("export {}\n")},
	}, messages())
})

type seed struct {
	Town
	dir string
}

// seeded makes the folder that every server of this process starts with a copy
// of; it is left to the cleaning of the system's temporary folder.
var seeded = sync.OnceValues(func() (s seed, err error) {
	if s.dir, err = os.MkdirTemp("", "folje-seed-*"); err != nil {
		return s, err
	}
	s.Town, err = Found(s.dir, NewClock().Now())
	return s, err
})

// Found makes a new data folder with a [Town] in it.
func Found(dir string, now time.Time) (t Town, err error) {
	a, err := app.Open(dir)
	if err != nil {
		return t, err
	}
	if err := a.RunInTransaction(func(tx core.App) error { return t.settle(tx, now) }); err != nil {
		return t, err
	}
	return t, end(a)
}

func (t *Town) settle(tx core.App, now time.Time) error {
	keys, err := access.OpenKeys(tx)
	if err != nil {
		return err
	}
	unit, err := save(tx, "units", map[string]any{"name": "Skogsgläntan", "kind": "preschool"})
	if err != nil {
		return err
	}
	t.Unit = unit.Id
	for _, name := range []string{"Blåsippan", "Tallen"} {
		group, err := save(tx, "groups", map[string]any{"name": name, "unit": unit.Id})
		if err != nil {
			return err
		}
		invite, err := access.MakeInvite(tx, keys, group.Id, "", 180, now)
		if err != nil {
			return err
		}
		code, err := invite.Code(keys)
		if err != nil {
			return err
		}
		t.Groups, t.Codes = append(t.Groups, group.Id), append(t.Codes, code.String())
	}
	if t.Editor, err = colleague(tx, unit.Id, "anna@example.org", "editor", nil); err != nil {
		return err
	}
	t.Translator, err = colleague(tx, unit.Id, "tara@example.org", "translator", []string{"ar"})
	return err
}

// colleague gives the token of a new member of staff, as the Authorization
// header has it.
func colleague(tx core.App, unit, email, role string, locales []string) (string, error) {
	r, err := save(tx, "staff", map[string]any{
		"name": email, "email": email, "password": apptest.Password, "verified": true,
		"roles": []string{role}, "units": []string{unit}, "locales": locales,
	})
	if err != nil {
		return "", err
	}
	return r.NewStaticAuthToken(365 * 24 * time.Hour)
}

func save(tx core.App, collection string, values map[string]any) (*core.Record, error) {
	c, err := tx.FindCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	r.Load(values)
	if err := tx.Save(r); err != nil {
		return nil, fmt.Errorf("save %s: %w", collection, err)
	}
	return r, nil
}

// copyFolder copies a data folder file by file, as a machine that stops leaves
// it: what SQLite has not moved from its log into the database stays there.
func copyFolder(from, to string) error {
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		if strings.HasSuffix(path, "-shm") {
			return nil // shared memory, which does not outlive its processes
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, raw, 0o600)
	})
}

package town

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"folje/test/browser"
	"folje/test/demo"
)

// Town is a municipality of one's own: a server on a fresh copy of the
// demonstration, and the ways in.
type Town struct {
	Server *demo.Server
	// Front is where phones and colleagues go, where that isn't the server.
	Front string
	Ways  *demo.Manifest
	r     browser.Reporter
	shop  *Workshop
}

// Town starts a server, with extra flags of serve, and stops it at the end of
// the test. Without a browser the test is skipped before anything is built.
func (s *Workshop) Town(r browser.Reporter, flags ...string) *Town {
	r.Helper()
	browser.Require(r)
	return s.Served(r, flags...)
}

// Beside is [Workshop.Town] for a test that may run beside others.
func (s *Workshop) Beside(t interface {
	browser.Reporter
	Parallel()
}, flags ...string) *Town {
	t.Helper()
	t.Parallel()
	return s.Town(t, flags...)
}

// Served is a town without Chromium, for tests that bring another browser.
func (s *Workshop) Served(r browser.Reporter, flags ...string) *Town {
	r.Helper()
	return s.Reaching(r, nil, flags...)
}

// Reaching is a served town whose server has variables of its own in its
// environment.
func (s *Workshop) Reaching(r browser.Reporter, environ []string, flags ...string) *Town {
	r.Helper()
	w := &Town{r: r, shop: s}
	w.must(s.prepare())
	var err error
	w.Server, err = s.template.Server(filepath.Join(r.TempDir(), "data"), flags...)
	w.must(err)
	w.Server.Environ = environ
	w.Start()
	r.Cleanup(w.end)
	w.Ways, err = w.Server.Manifest()
	w.must(err)
	return w
}

func (w *Town) must(err error) {
	w.r.Helper()
	if err != nil {
		w.r.Fatalf("%v", err)
	}
}

// Start starts the server, again after Stop.
func (w *Town) Start() {
	w.r.Helper()
	w.must(w.Server.Start(w.r.Context()))
}

// Stop stops the server; its data stays.
func (w *Town) Stop() {
	w.r.Helper()
	w.must(w.Server.Stop())
}

func (w *Town) end() {
	if err := w.Server.Stop(); err != nil {
		w.r.Errorf("%v", err)
	}
	if w.r.Failed() {
		w.r.Logf("the server said:\n%s", w.Server.Log())
	}
}

// URL answers a path's address on the town's server, or on what stands before it.
func (w *Town) URL(path string) string { return cmp.Or(w.Front, w.Server.Origin) + path }

// Invitation answers the way into the first group whose name contains part.
func (w *Town) Invitation(part string) demo.Invitation {
	w.r.Helper()
	for _, i := range w.Ways.Invitations {
		if strings.Contains(i.Group, part) {
			return i
		}
	}
	w.r.Fatalf("nobody is invited to %q: %+v", part, w.Ways.Invitations)
	return demo.Invitation{}
}

// Staff answers the first sign-in with a role whose address contains part.
func (w *Town) Staff(role, part string) demo.Staff {
	w.r.Helper()
	i := slices.IndexFunc(w.Ways.Staff, func(s demo.Staff) bool {
		return slices.Contains(s.Roles, role) && strings.Contains(s.Email, part)
	})
	if i < 0 {
		w.r.Fatalf("nobody like %q is %s: %+v", part, role, w.Ways.Staff)
	}
	return w.Ways.Staff[i]
}

// Words answers a message in a locale, as a screen shows it.
func (w *Town) Words(tag, id string, params map[string]any) string {
	w.r.Helper()
	text := w.shop.words.Text(tag, id, params)
	if text == id {
		w.r.Fatalf("there is no message %s", id)
	}
	return text
}

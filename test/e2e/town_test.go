package e2e_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/demo"
)

// town is one test's municipality: a server of its own and the people in it.
type town struct {
	t      *testing.T
	server *demo.Server
	ways   *demo.Manifest
}

// newTown starts a server on a fresh copy of the demonstration. A test without
// a browser is skipped before anything is built.
func newTown(t *testing.T, flags ...string) *town {
	t.Helper()
	t.Parallel()
	browser.Require(t)
	template, err := shop.fill()
	if err != nil {
		t.Fatal(err)
	}
	server, err := template.Server(filepath.Join(t.TempDir(), "data"), flags...)
	if err != nil {
		t.Fatal(err)
	}
	town := &town{t: t, server: server}
	town.start()
	t.Cleanup(town.end)
	if town.ways, err = server.Manifest(); err != nil {
		t.Fatal(err)
	}
	return town
}

func (w *town) start() {
	w.t.Helper()
	if err := w.server.Start(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) stop() {
	w.t.Helper()
	if err := w.server.Stop(); err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) end() {
	if err := w.server.Stop(); err != nil {
		w.t.Error(err)
	}
	if w.t.Failed() {
		w.t.Logf("the server said:\n%s", w.server.Log())
	}
}

// url answers a path's address on the town's server.
func (w *town) url(path string) string { return w.server.Origin + path }

// invitation answers the way into a group whose name contains part.
func (w *town) invitation(part string) demo.Invitation {
	w.t.Helper()
	i := slices.IndexFunc(w.ways.Invitations, func(i demo.Invitation) bool { return strings.Contains(i.Group, part) })
	if i < 0 {
		w.t.Fatalf("nobody is invited to %q: %+v", part, w.ways.Invitations)
	}
	return w.ways.Invitations[i]
}

// staff answers the first sign-in with a role.
func (w *town) staff(role string) demo.Staff {
	w.t.Helper()
	with := w.ways.With(role)
	if len(with) == 0 {
		w.t.Fatalf("nobody is %s: %+v", role, w.ways.Staff)
	}
	return with[0]
}

// words answers a message as a screen shows it.
func words(t *testing.T, tag, id string, params map[string]any) string {
	t.Helper()
	bundle, err := shop.words()
	if err != nil {
		t.Fatal(err)
	}
	text := bundle.Text(tag, id, params)
	if text == id {
		t.Fatalf("there is no message %s", id)
	}
	return text
}

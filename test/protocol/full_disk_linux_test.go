package protocol

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// disk is something that can be full.
type disk struct {
	fill, free func(t *testing.T, s *Server)
}

// Where SQLite may not grow its file, it says what it says on a full disk.
func TestAFullDatabaseIsToldAndPasses(t *testing.T) {
	limit := func(t *testing.T, s *Server, pages string) {
		t.Helper()
		if _, err := s.app.NonconcurrentDB().NewQuery("PRAGMA max_page_count = " + pages).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	s := Serve(t, t.TempDir(), NewClock())
	t.Cleanup(s.Stop)
	fullDisk(t, s, disk{
		fill: func(t *testing.T, s *Server) { limit(t, s, "1") }, // as many as there are
		free: func(t *testing.T, s *Server) { limit(t, s, "1000000") },
	})
}

// The real thing: a file system that is full, for all of the data folder.
func TestAFullDiskIsToldAndPasses(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=24m"); err != nil {
		t.Skipf("a small file system can't be mounted here: %v", err)
	}
	clock := NewClock()
	s := Serve(t, folder, clock)
	t.Cleanup(func() {
		s.Stop()
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	ballast := filepath.Join(folder, "ballast")
	fullDisk(t, s, disk{
		fill: func(t *testing.T, _ *Server) {
			f, err := os.Create(ballast)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			for size := 1 << 20; size > 0; size /= 2 {
				for err == nil {
					_, err = f.Write(make([]byte, size))
				}
				if !errors.Is(err, syscall.ENOSPC) {
					t.Fatal(err)
				}
				err = nil
			}
		},
		free: func(t *testing.T, _ *Server) {
			if err := os.Remove(ballast); err != nil {
				t.Fatal(err)
			}
		},
	})
}

// user is a phone and an editor who write to a server.
type user struct {
	*Server
	t     *testing.T
	phone Identity
}

func (u user) register() Reply {
	return u.Ask("", http.MethodPut, API+"devices/"+u.phone.ID,
		map[string]any{"secret": u.phone.Secret, "locale": "sv", "code": u.Codes[0]})
}

func (u user) send(ops ...map[string]any) Reply {
	return u.Ask("Bearer "+u.phone.Secret, http.MethodPost, API+"operations", map[string]any{"operations": ops})
}

func (u user) letter() Reply {
	return u.Ask(u.Editor, http.MethodPost, "/api/collections/letters/records", map[string]any{
		"unit": u.Unit, "groups": []string{u.Groups[0]}, "base": 0, "title": "Brev", "question": "Hur sover barnen?",
		"blocks": []map[string]any{{"id": "a", "kind": "paragraph", "text": strings.Repeat("Vi ses. ", 200)}},
	})
}

func (u user) publish(draft Reply) Reply {
	path := API + "staff/letters/" + field(u.t, draft, "id") + "/publish"
	return u.Ask(u.Editor, http.MethodPost, path, map[string]any{"base": 1})
}

// until writes until there is no space; what is allotted already is used up
// first.
func (u user) until(write func() Reply) {
	u.t.Helper()
	for range 500 {
		if r := write(); r.Status != http.StatusOK {
			full(u.t, r)
			return
		}
	}
	u.t.Fatal("the disk does not get full")
}

// rows are how many rows there are of what is written here.
func (u user) rows() [4]int {
	return [4]int{u.Count("wishes"), u.Count("operations"), u.Count("letters"), u.Count("segment_uses")}
}

// fullDisk fills the disk and looks that nothing but writing suffers from it,
// and that everything works again once there is space.
func fullDisk(t *testing.T, s *Server, d disk) {
	u := user{s, t, NewIdentity()}
	expect(t, u.register(), http.StatusOK, "")
	before := wish(s.Groups[0], "före")
	expect(t, u.send(before), http.StatusOK, "applied")
	draft := u.letter()
	expect(t, draft, http.StatusOK, "")

	d.fill(t, s)
	var last map[string]any
	u.until(u.letter)
	u.until(func() Reply {
		last = wish(s.Groups[0], strings.Repeat("x", 400))
		return u.send(last)
	})
	rows := u.rows()
	for range 3 {
		full(t, u.send(last, wish(s.Groups[0], strings.Repeat("y", 400))))
		full(t, u.letter())
		full(t, u.publish(draft))
		reads(t, s, u.phone)
	}
	if r := u.send(before, last); r.Status != http.StatusOK || strings.Count(string(r.Body), `"op"`) != 1 || !strings.Contains(string(r.Body), "repeated") {
		t.Errorf("what was applied before gets %d %s", r.Status, r.Body)
	}
	if got := u.rows(); got != rows {
		t.Errorf("something was half applied: %v, before %v", got, rows)
	}
	checkDatabase(t, s.app)

	d.free(t, s)
	expect(t, u.send(last), http.StatusOK, "applied")
	expect(t, u.send(last), http.StatusOK, "repeated")
	expect(t, u.letter(), http.StatusOK, "")
	expect(t, u.publish(draft), http.StatusOK, "")
	expect(t, u.register(), http.StatusOK, "")
	reads(t, s, u.phone)
	if got := u.rows(); got[0] != rows[0]+1 || got[2] != rows[2]+1 {
		t.Errorf("%v, before %v", got, rows)
	}
	checkDatabase(t, s.app)
}

// full fails unless the answer says that there is no space.
func full(t *testing.T, r Reply) {
	t.Helper()
	if r.Status != http.StatusInsufficientStorage || r.Code() != "error.storage_full" || r.Header.Get("Retry-After") == "" {
		t.Fatalf("%d %v %s, want 507 error.storage_full with Retry-After", r.Status, r.Header, r.Body)
	}
}

func expect(t *testing.T, r Reply, status int, says string) {
	t.Helper()
	if r.Status != status || !strings.Contains(string(r.Body), says) {
		t.Fatalf("%d %s, want %d with %q", r.Status, r.Body, status, says)
	}
}

// reads are what phones and pages read, full disk or not.
func reads(t *testing.T, s *Server, phone Identity) {
	t.Helper()
	for _, path := range []string{
		API + "hello", API + "feeds/public?after=", API + "feeds/" + s.Groups[0] + "?after=", API + "feeds/" + s.Groups[0] + "/texts/ar?after=",
		API + "devices/me/groups", "/", "/healthz", "/readyz",
	} {
		if r := s.Ask("Bearer "+phone.Secret, http.MethodGet, path, nil); r.Status != http.StatusOK {
			t.Errorf("GET %s: %d %s", path, r.Status, r.Body)
		}
	}
	if r := s.Ask(s.Editor, http.MethodGet, "/api/collections/letters/records?perPage=1", nil); r.Status != http.StatusOK {
		t.Errorf("staff's letters: %d %s", r.Status, r.Body)
	}
}

func checkDatabase(t *testing.T, app core.App) {
	t.Helper()
	var said string
	if err := app.DB().NewQuery("PRAGMA integrity_check").Row(&said); err != nil || said != "ok" {
		t.Errorf("integrity check: %v %s", err, said)
	}
}

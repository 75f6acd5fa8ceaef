package protocol

import (
	"errors"
	"fmt"
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

// fullDisk fills the disk and looks that nothing but writing suffers from it,
// and that everything works again once there is space.
func fullDisk(t *testing.T, s *Server, d disk) {
	phone := NewIdentity()
	register := func() Reply {
		return s.Ask("", http.MethodPut, API+"devices/"+phone.ID, map[string]any{"secret": phone.Secret, "locale": "sv", "code": s.Codes[0]})
	}
	if r := register(); r.Status != http.StatusOK {
		t.Fatalf("register: %d %s", r.Status, r.Body)
	}
	send := func(ops ...map[string]any) Reply {
		return s.Ask("Bearer "+phone.Secret, http.MethodPost, API+"operations", map[string]any{"operations": ops})
	}
	letter := func(n int) Reply {
		return s.Ask(s.Editor, http.MethodPost, "/api/collections/letters/records", map[string]any{
			"unit": s.Unit, "groups": []string{s.Groups[0]}, "base": 0, "title": fmt.Sprintf("Brev %d", n), "question": "Hur sover barnen?",
			"blocks": []map[string]any{{"id": "a", "kind": "paragraph", "text": strings.Repeat("Vi ses. ", 200)}},
		})
	}
	before := wish(s.Groups[0], "före")
	expect(t, send(before), http.StatusOK, "")
	draft := letter(0)
	expect(t, draft, http.StatusOK, "")

	d.fill(t, s)
	for n := 1; ; n++ { // what is allotted already is used up first
		if r := letter(n); r.Status != http.StatusOK {
			full(t, r)
			break
		}
		if n == 500 {
			t.Fatal("the disk does not get full")
		}
	}
	var last map[string]any
	for n := 0; ; n++ {
		last = wish(s.Groups[0], strings.Repeat("x", 400))
		if r := send(last); r.Status != http.StatusOK {
			full(t, r)
			break
		}
		if n == 500 {
			t.Fatal("the disk does not get full")
		}
	}
	wishes, entries, letters, uses := s.Count("wishes"), s.Count("operations"), s.Count("letters"), s.Count("segment_uses")
	for range 3 {
		full(t, send(last, wish(s.Groups[0], strings.Repeat("y", 400))))
		full(t, letter(1000))
		full(t, s.Ask(s.Editor, http.MethodPost, API+"staff/letters/"+field(t, draft, "id")+"/publish", map[string]any{"base": 1}))
		reads(t, s, phone)
	}
	if r := send(before, last); r.Status != http.StatusOK || strings.Count(string(r.Body), `"op"`) != 1 || !strings.Contains(string(r.Body), "repeated") {
		t.Errorf("what was applied before gets %d %s", r.Status, r.Body)
	}
	if s.Count("wishes") != wishes || s.Count("operations") != entries || s.Count("letters") != letters || s.Count("segment_uses") != uses {
		t.Error("something was half applied")
	}
	checkDatabase(t, s.app)

	d.free(t, s)
	expect(t, send(last), http.StatusOK, "applied")
	expect(t, send(last), http.StatusOK, "repeated")
	expect(t, letter(1001), http.StatusOK, "")
	expect(t, s.Ask(s.Editor, http.MethodPost, API+"staff/letters/"+field(t, draft, "id")+"/publish", map[string]any{"base": 1}), http.StatusOK, "")
	expect(t, register(), http.StatusOK, "")
	reads(t, s, phone)
	if s.Count("wishes") != wishes+1 || s.Count("letters") != letters+1 {
		t.Errorf("%d wishes, %d letters more", s.Count("wishes")-wishes, s.Count("letters")-letters)
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

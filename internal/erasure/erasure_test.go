package erasure_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"folje/internal/erasure"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, path string) *erasure.Journal {
	t.Helper()
	j, err := erasure.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	return j
}

func read(t *testing.T, path string) []erasure.Entry {
	t.Helper()
	entries, err := erasure.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func write(t *testing.T, content string) string {
	t.Helper()
	path := erasure.File(t.TempDir())
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWhatIsNotedOutlivesTheProcess(t *testing.T) {
	path := erasure.File(t.TempDir())
	if entries := read(t, path); entries != nil {
		t.Errorf("a missing journal has %v", entries)
	}
	j := open(t, path)
	for _, mark := range []string{"aa", "bb", "aa"} {
		if err := j.Append(erasure.Device, mark, noon); err != nil {
			t.Fatal(err)
		}
	}
	want := []erasure.Entry{{Kind: "device", Mark: "aa", Day: "2026-03-01"}, {Kind: "device", Mark: "bb", Day: "2026-03-01"}}
	if got := read(t, path); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if err := j.Append(erasure.Device, "cc", noon); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a closed journal took an erasure: %v", err)
	}
	again := open(t, path)
	if !again.Has(erasure.Device, "bb") || again.Has(erasure.Device, "cc") || again.Has("letter", "bb") {
		t.Error("the second start knows other erasures")
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v %v", info.Mode(), err)
	}
}

func TestTornLastLineIsCutOffWherever(t *testing.T) {
	whole := `{"kind":"device","mark":"aa","day":"2026-03-01"}` + "\n"
	torn := `{"kind":"device","mark":"bb","day":"2026-03-02"}`
	for n := range len(torn) {
		path := write(t, whole+torn[:n])
		if got := read(t, path); len(got) != 1 {
			t.Fatalf("%d bytes of a line: %v", n, got)
		}
		if err := open(t, path).Append(erasure.Device, "cc", noon); err != nil {
			t.Fatal(err)
		}
		if got := read(t, path); len(got) != 2 || got[1].Mark != "cc" {
			t.Fatalf("after %d bytes of a line: %v", n, got)
		}
	}
}

func TestDamageIsNotTakenForNothing(t *testing.T) {
	line := `{"kind":"device","mark":"aa","day":"2026-03-01"}` + "\n"
	for _, bad := range []string{"\n", "{}\n", "nonsense\n", strings.ToUpper(line[:20]) + "\n", "\x00\x00\n"} {
		path := write(t, line+bad+line)
		if _, err := erasure.Read(path); !errors.Is(err, erasure.ErrDamaged) || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("read %q: %v", bad, err)
		}
		if _, err := erasure.Open(path); !errors.Is(err, erasure.ErrDamaged) {
			t.Errorf("open %q: %v", bad, err)
		}
	}
}

func TestManyNoteAtOnce(t *testing.T) {
	path := erasure.File(t.TempDir())
	j := open(t, path)
	var writers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() {
			for i := range 5 {
				if err := j.Append(erasure.Device, fmt.Sprintf("%d-%d", w, i), noon); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	if got := read(t, path); len(got) != 40 {
		t.Errorf("%d of 40", len(got))
	}
}

func TestUnusablePlaceIsSaid(t *testing.T) {
	if _, err := erasure.Open(filepath.Join(t.TempDir(), "missing", "erasures.log")); err == nil {
		t.Error("opened in a folder that is not there")
	}
	if _, err := erasure.Read(t.TempDir()); err == nil {
		t.Error("read a folder")
	}
}

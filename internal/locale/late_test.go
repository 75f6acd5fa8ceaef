package locale_test

import (
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"folje/internal/apptest"
	"folje/internal/locale"
)

// counted counts the files that are opened.
type counted struct {
	fs.FS
	opened *atomic.Int32
}

func (c counted) Open(name string) (fs.File, error) {
	if name != "." {
		c.opened.Add(1)
	}
	return c.FS.Open(name)
}

// A locale that many ask for at once, before anybody has read it, says what one
// that was loaded says.
func TestALocaleReadLateSaysTheSame(t *testing.T) {
	files := os.DirFS(apptest.Root() + "/locales")
	loaded, err := locale.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	var opened atomic.Int32
	late, err := locale.Open(counted{files, &opened})
	if err != nil || opened.Load() != 0 {
		t.Fatalf("%d files were read before anybody asked, %v", opened.Load(), err)
	}
	var all sync.WaitGroup
	for i, tag := range loaded.Tags() {
		for range 2 {
			all.Go(func() {
				want, _ := loaded.Find(tag)
				if got, ok := late.Find(tag); !ok || got != want || late.Locales()[i] != want {
					t.Errorf("%s is %v", tag, got)
				}
				if got, want := late.Text(tag, "letters.title", nil), loaded.Text(tag, "letters.title", nil); got != want {
					t.Errorf("%s says %q, not %q", tag, got, want)
				}
				if string(late.Known(tag, locale.Parent)) != string(loaded.Known(tag, locale.Parent)) {
					t.Errorf("%s is known as something else", tag)
				}
			})
		}
	}
	all.Wait()
}

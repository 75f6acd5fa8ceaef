package attachment

import (
	"bytes"
	"database/sql"
	"errors"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"

	"folje/internal/apptest"

	"github.com/pocketbase/pocketbase/core"
)

func TestTheNightForgetsWhatNoLetterStandsFor(t *testing.T) {
	app := apptest.New(t)
	unit := apptest.MustUnit(t, app, "Granen")
	letter := apptest.MustRecord(t, app, "letters", map[string]any{"unit": unit.Id, "title": "Vinter"})
	now := time.Now()
	f := &feature{Config{Now: func() time.Time { return now }, Letter: func(_ core.App, id string) (Use, error) {
		if id != letter.Id {
			return Use{}, sql.ErrNoRows
		}
		return Use{Drafted: []string{"aaaaaaaaaaaaaaa"}}, nil
	}}}
	for _, id := range []string{"aaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbb"} {
		if _, err := store(app, letter.Id, id, upload{kind: kindFile, media: typePDF, body: []byte("%PDF-1.4 %%EOF"), sum: id}, ""); err != nil {
			t.Fatal(err)
		}
	}
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(app.DataDir(), core.LocalStorageDirName, c.Id)
	if err := os.Mkdir(filepath.Join(root, "ccccccccccccccc"), 0o700); err != nil {
		t.Fatal(err)
	}
	left := func(want int) {
		t.Helper()
		if err := f.sweep(app); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(root)
		n, counted := app.CountRecords(collection)
		if err := errors.Join(err, counted); err != nil || len(entries) != want || int(n) != want {
			t.Errorf("%d folders and %d records are left, want %d: %v", len(entries), n, want, err)
		}
	}
	left(2)
	now = now.Add(forgotten + time.Hour)
	left(1)
}

func FuzzCleaned(f *testing.F) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 9, 9)), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, 6, 'E', 'x', 'i', 'f'}, b.Bytes()[2:]...))
	f.Add([]byte{0xFF, 0xD8, 0xFF, 0xDA, 0, 0, 0xFF})
	f.Fuzz(func(t *testing.T, raw []byte) {
		clean, width, height, err := cleaned(raw)
		if err != nil {
			return
		}
		again, w, h, err := cleaned(clean)
		if err != nil || w != width || h != height || !bytes.Equal(again, clean) {
			t.Errorf("cleaned twice it is another: %v", err)
		}
		if bytes.Contains(clean, []byte{0xFF, 0xE1}) && bytes.Contains(clean, []byte("Exif")) {
			t.Error("an Exif is left")
		}
	})
}

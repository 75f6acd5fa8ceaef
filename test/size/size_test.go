package size_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"folje/internal/activity"
	"folje/internal/apptest"
	"folje/internal/demo"
	"folje/internal/glossary"
	"folje/internal/guide"
	"folje/internal/letter"
	"folje/internal/meeting"
	"folje/internal/pack"
	"folje/internal/sync"
	"folje/internal/theme"
	"folje/internal/translation"
	"folje/packs"
	"folje/test/archive"

	"github.com/pocketbase/pocketbase/core"
)

// What may go over the wire, in bytes of compressed bodies.
const (
	everybodys = 25_000 // the guide and all else of the public feed, in one language
	newLetter  = 3_000
)

// firsts are what a first sync may take in Swedish, and with Arabic, by what the
// browser takes. All that run the app take brotli where it is served by https;
// gzip alone is left where a proxy between takes it away.
var firsts = map[string]struct{ swedish, withArabic int }{
	modern: {60_000, 115_000},
	"gzip": {66_000, 125_000},
}

// modern is what browsers take.
const modern = "gzip, deflate, br, zstd"

var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// year is an app whose one group has had a year of letters and meetings.
type year struct {
	*testing.T
	feeds  *sync.Service
	filler *archive.Filler
	group  string
}

func open(t *testing.T) *year {
	t.Helper()
	app := apptest.New(t)
	bundle, clock := apptest.Locales(t), func() time.Time { return now }
	y := &year{T: t}
	sources := map[string]sync.Source{
		"letters":    letter.Register(app, letter.Config{Locales: bundle, Now: clock}),
		"meetings":   meeting.Register(app, meeting.Config{Locales: bundle, Now: clock}),
		"glossary":   glossary.Register(app, glossary.Config{Locales: bundle}),
		"activities": activity.Register(app, activity.Config{Locales: bundle, Now: clock}),
	}
	maps.Copy(sources, guide.Register(app, guide.Config{Locales: bundle, Now: clock}))
	maps.Copy(sources, theme.Register(app, theme.Config{Locales: bundle, Now: clock}))
	y.feeds = sync.Register(app, sync.Config{
		Locales: bundle, Now: clock, Texts: translation.Texts, Sources: sources,
		Authorize: func(*http.Request, string) error { return nil },
	})
	apptest.Handler(t, app)
	y.fill(app)
	return y
}

func (y *year) fill(app core.App) {
	y.Helper()
	y.demo(app)
	w, err := archive.NewWriter(1)
	if err != nil {
		y.Fatal(err)
	}
	y.filler = &archive.Filler{App: app, Writer: w, Locales: []string{"ar"}}
	if y.group, err = y.filler.Group("Blåsippan"); err == nil {
		err = y.filler.Years(y.group, 1, now)
	}
	if err != nil {
		y.Fatal(err)
	}
}

// demo is all that everybody gets: the guide, themes, activities and school
// words of the demo's municipality.
func (y *year) demo(app core.App) {
	y.Helper()
	files, err := fs.Sub(packs.Demo, packs.DemoDir)
	if err != nil {
		y.Fatal(err)
	}
	p, err := pack.Load(files)
	if err != nil {
		y.Fatal(err)
	}
	if _, err := demo.Fill(app, p, apptest.Locales(y), "https://folje.example", now); err != nil {
		y.Fatal(err)
	}
}

// fetch answers how many bytes a feed takes on the wire, and its cursor.
func (y *year) fetch(path, after, encodings string) (bytes int, cursor string) {
	y.Helper()
	get := func(encodings string) []byte {
		r := httptest.NewRequest(http.MethodGet, "/api/folje/v1/"+path+"?after="+after, nil)
		r.Header.Set("Accept-Encoding", encodings)
		status, _, body, ok := y.feeds.Quick(r)
		if !ok || status != http.StatusOK {
			y.Fatalf("%s: %d", path, status)
		}
		return body
	}
	var feed struct {
		Cursor  string
		Records []any
		Texts   map[string]any
	}
	if err := json.Unmarshal(get(""), &feed); err != nil {
		y.Fatal(err)
	}
	sent := len(get(encodings))
	y.Logf("%s after %q as %q: %d records, %d texts, %d bytes", strings.Replace(path, y.group, "group", 1), after, encodings, len(feed.Records), len(feed.Texts), sent)
	return sent, feed.Cursor
}

// A parent joins a group that has had a year of 40 letters of 2 kB and 12
// meetings, and gets the whole guide, the themes, the open activities and the
// school words. Then one letter comes.
func TestWhatAPhoneFetches(t *testing.T) {
	y := open(t)
	for encodings, most := range firsts {
		public, _ := y.fetch("feeds/public", "", encodings)
		publicTexts, _ := y.fetch("feeds/public/texts/ar", "", encodings)
		records, _ := y.fetch("feeds/"+y.group, "", encodings)
		texts, _ := y.fetch("feeds/"+y.group+"/texts/ar", "", encodings)
		for tag, size := range map[string]int{"sv": public, "ar": publicTexts} {
			if size > everybodys {
				t.Errorf("%s: what everybody gets takes %d bytes in %s", encodings, size, tag)
			}
		}
		swedish := public + records
		if swedish > most.swedish {
			t.Errorf("%s: %d bytes in Swedish", encodings, swedish)
		}
		if both := swedish + publicTexts + texts; both > most.withArabic {
			t.Errorf("%s: %d bytes with Arabic", encodings, both)
		}
	}
	_, cursor := y.fetch("feeds/"+y.group, "", modern)
	_, arabic := y.fetch("feeds/"+y.group+"/texts/ar", "", modern)
	if err := y.filler.Letter(y.group, now); err != nil {
		t.Fatal(err)
	}
	records, _ := y.fetch("feeds/"+y.group, cursor, modern)
	texts, _ := y.fetch("feeds/"+y.group+"/texts/ar", arabic, modern)
	if both := records + texts; both > newLetter {
		t.Errorf("a letter in two languages takes %d bytes", both)
	}
}

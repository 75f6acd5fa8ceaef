package archive_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/letter"
	"folje/internal/meeting"
	"folje/internal/sync"
	"folje/internal/translation"
	"folje/test/archive"
)

// A copy of a group is sent what the group is, under ids of its own.
func TestACopyHasWhatTheGroupHas(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	app, bundle, clock := apptest.New(t), apptest.Locales(t), func() time.Time { return now }
	feeds := sync.Register(app, sync.Config{
		Locales: bundle, Now: clock, Texts: translation.Texts,
		Sources: map[string]sync.Source{
			"letters":  letter.Register(app, letter.Config{Locales: bundle, Now: clock}),
			"meetings": meeting.Register(app, meeting.Config{Locales: bundle, Now: clock}),
		},
		Authorize: func(*http.Request, string) error { return nil },
	})
	apptest.Handler(t, app)
	w, err := archive.NewWriter(1)
	if err != nil {
		t.Fatal(err)
	}
	f := &archive.Filler{App: app, Writer: w, Locales: []string{"ar"}}
	group, err := f.Group("Blåsippan")
	if err != nil {
		t.Fatal(err)
	}
	for _, publish := range []func(string, time.Time) error{f.Letter, f.Meeting} {
		if err := publish(group, now); err != nil {
			t.Fatal(err)
		}
	}
	copied, err := archive.Copy(app, group, 7)
	if err != nil {
		t.Fatal(err)
	}
	read := func(path string) (ids string, texts int) {
		r := httptest.NewRequest(http.MethodGet, "/api/folje/v1/feeds/"+path+"?after=", nil)
		_, _, body, ok := feeds.Quick(r)
		var feed struct {
			Records []struct{ ID, Kind string }
			Texts   map[string]any
		}
		if err := json.Unmarshal(body, &feed); !ok || err != nil {
			t.Fatalf("%s: %v %s", path, err, body)
		}
		for _, record := range feed.Records {
			ids += record.Kind + record.ID[3:] + " "
			if strings.HasPrefix(record.ID, "C07") != strings.HasPrefix(path, copied) {
				t.Errorf("%s has record %s", path, record.ID)
			}
		}
		return ids, len(feed.Texts)
	}
	for _, stream := range []string{"", "/texts/ar"} {
		ids, texts := read(group + stream)
		gotIDs, gotTexts := read(copied + stream)
		if ids != gotIDs || texts != gotTexts || texts < 20 {
			t.Errorf("%q: %s with %d texts, the copy %s with %d", stream, ids, texts, gotIDs, gotTexts)
		}
	}
}

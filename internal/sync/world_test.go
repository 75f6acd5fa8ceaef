package sync_test

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"strings"
	stdsync "sync"
	"sync/atomic"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

// world is a served app whose only records are notes, each of one sentence.
type world struct {
	testing.TB
	app     *tests.TestApp
	service *sync.Service
	handler http.Handler
	clock   atomic.Int64 // Unix seconds
	build   atomic.Value // string
	reads   atomic.Int64 // of a note by the feeds
	asked   atomic.Int64 // SQL statements

	mu    stdsync.Mutex
	notes map[string]string // text by id
	old   map[string]bool

	reading func() // where set, runs while a note is read
}

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

func newWorld(tb testing.TB, before ...func(*sync.Service)) *world {
	tb.Helper()
	w := &world{TB: tb, app: apptest.New(tb), notes: map[string]string{}, old: map[string]bool{}}
	w.clock.Store(noon.Unix())
	w.build.Store("b1")
	w.service = sync.Register(w.app, sync.Config{
		Locales: apptest.Locales(tb), Sources: map[string]sync.Source{"notes": w.source}, Texts: w.texts,
		Authorize: func(*http.Request, string) error { return nil },
		Build:     func() string { return w.build.Load().(string) }, Now: func() time.Time { return time.Unix(w.clock.Load(), 0) },
	})
	for _, builder := range []dbx.Builder{w.app.ConcurrentDB(), w.app.NonconcurrentDB()} {
		db := builder.(*dbx.DB)
		db.QueryLogFunc = func(context.Context, time.Duration, string, *sql.Rows, error) { w.asked.Add(1) }
		db.ExecLogFunc = func(context.Context, time.Duration, string, sql.Result, error) { w.asked.Add(1) }
	}
	for _, do := range before { // it is served
		do(w.service)
	}
	w.handler = apptest.Handler(tb, w.app)
	return w
}

func (w *world) source(_ core.App, _, id string) (*sync.Record, error) {
	w.reads.Add(1)
	if w.reading != nil {
		w.reading()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	text, ok := w.notes[id]
	if !ok {
		return nil, nil
	}
	part := sync.Part{{Key: "segment-" + text, Text: text}}
	return &sync.Record{Parts: []sync.Part{part}, Old: w.old[id], Body: func(n func(sync.Part) []int) any {
		return map[string]any{"kind": "note", "id": id, "title": n(part)}
	}}, nil
}

func (w *world) texts(_ core.App, _, locale string, keys []string) (map[string]sync.Text, error) {
	out := map[string]sync.Text{}
	for _, key := range keys {
		out[key] = sync.Text{locale + ": " + strings.TrimPrefix(key, "segment-"), "reviewed"}
	}
	return out, nil
}

// write saves the note and tells the scope, its text in Arabic with it.
func (w *world) write(tx core.App, scope, id, text string) error {
	w.mu.Lock()
	w.notes[id] = text
	w.mu.Unlock()
	key := "segment-" + text
	if _, err := sync.Numbers(tx, scope, []string{key}); err != nil {
		return err
	}
	if err := sync.Touch(tx, scope, "ar", key); err != nil {
		return err
	}
	return sync.Touch(tx, scope, sync.Records, sync.Item("notes", id))
}

func (w *world) mustWrite(id, text string) {
	w.Helper()
	if err := w.app.RunInTransaction(func(tx core.App) error { return w.write(tx, scope, id, text) }); err != nil {
		w.Fatal(err)
	}
}

// got is a quick answer, unpacked.
type got struct {
	status         int
	etag, encoding string
	sent           int // bytes
	apptest.Answer
}

// ask asks quickly, as a phone does that takes no compression.
func (w *world) ask(path, etag string) got {
	w.Helper()
	return w.askAs(path, etag, "")
}

func (w *world) askAs(path, etag, encodings string) got {
	w.Helper()
	r := httptest.NewRequest(http.MethodGet, "/api/folje/v1/"+path, nil)
	if etag != "" {
		r.Header.Set("If-None-Match", etag)
	}
	r.Header.Set("Accept-Encoding", encodings)
	status, header, body, ok := w.service.Quick(r)
	if !ok {
		w.Fatalf("%s has no quick answer", path)
	}
	return got{status: status, etag: header.Get("ETag"), encoding: header.Get("Content-Encoding"), sent: len(body),
		Answer: read(w, status, header, body)}
}

func read(tb testing.TB, status int, header http.Header, body []byte) apptest.Answer {
	tb.Helper()
	h := http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		for name, values := range header {
			out.Header()[name] = values
		}
		out.WriteHeader(status)
		_, _ = out.Write(body)
	})
	return apptest.Ask(tb, h, "", http.MethodGet, "/", nil)
}

func (g got) ids() (ids []string) {
	for _, record := range g.JSON["records"].([]any) {
		ids = append(ids, record.(map[string]any)["id"].(string))
	}
	return ids
}

func (g got) cursor() string { return g.JSON["cursor"].(string) }

func (g got) full() bool { return g.JSON["full"].(bool) }

const feed, arabic = "feeds/" + scope + "?after=", "feeds/" + scope + "/texts/ar?after="

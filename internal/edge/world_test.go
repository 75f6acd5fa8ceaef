package edge_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	stdsync "sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/apptest"
	"folje/internal/cluster"
	"folje/internal/cluster/clustertest"
	"folje/internal/edge"
	"folje/internal/sync"
	"folje/internal/ticket"
	"folje/internal/web"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

const group = "abcdefghijklmno"

// world is a writer whose only records are notes of one sentence, an edge, and
// NATS between them.
type world struct {
	testing.TB
	servers *clustertest.Servers
	conn    *cluster.Conn
	app     *tests.TestApp
	service *sync.Service
	keys    *ticket.Issuer
	edge    *edge.Edge
	front   *web.Front
	writer  *httptest.Server
	asked   atomic.Int64 // requests that reached the writer, but for /readyz
	writes  atomic.Bool  // what /readyz says
	late    atomic.Int64 // by how much the edge's wall clock is ahead
	steady  atomic.Int64 // and its other one

	held    chan struct{} // has one of each request that the writer doesn't answer
	release chan struct{} // until this is closed

	mu    stdsync.Mutex
	notes map[string]string
	seen  http.Header // of the last request that reached the writer
}

// patience is how long a test waits on a busy machine.
const patience = 30 * time.Second

func newWorld(tb testing.TB) *world {
	tb.Helper()
	w := &world{TB: tb, notes: map[string]string{}, held: make(chan struct{}, 1000), release: make(chan struct{}), app: apptest.New(tb), servers: clustertest.Start(tb, 1)}
	w.conn = w.servers.Dial(tb)
	w.writes.Store(true)
	locales := apptest.Locales(tb)
	w.service = sync.Register(w.app, sync.Config{
		Locales: locales, Sources: map[string]sync.Source{"notes": w.source}, Texts: texts,
		Authorize: func(*http.Request, string) error { return nil }, Build: func() string { return "b" }, Now: time.Now, Version: "v1",
	})
	w.service.Publish(sync.PublisherConfig{Bus: sync.NATSBus{Conn: w.conn, Term: func() uint64 { return 3 }}})
	handler := apptest.Handler(tb, w.app)
	w.writer = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) { w.answer(handler, out, r) }))
	tb.Cleanup(w.writer.Close)
	keys, err := ticket.Open(tb.TempDir())
	if err != nil {
		tb.Fatal(err)
	}
	w.keys = keys
	public, err := json.Marshal(keys.Public())
	if err != nil {
		tb.Fatal(err)
	}
	w.tell(cluster.Tickets, 3, public)
	w.open()
	return w
}

// open opens an edge, and waits until it has caught up.
func (w *world) open() {
	w.Helper()
	site, err := web.NewSite(fstest.MapFS{"index.html": {Data: []byte("<title>hej</title>")}}, nil)
	if err != nil {
		w.Fatal(err)
	}
	writer, err := url.Parse(w.writer.URL)
	if err != nil {
		w.Fatal(err)
	}
	nobody, _ := url.Parse("http://127.0.0.1:1")
	begun := time.Now()
	w.edge = edge.New(edge.Config{Conn: w.servers.Dial(w), Writers: []*url.URL{nobody, writer}, Site: site, Locales: apptest.Locales(w),
		Log:    slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now:    func() time.Time { return time.Now().Add(time.Duration(w.late.Load())) },
		Steady: func() time.Duration { return time.Since(begun) + time.Duration(w.steady.Load()) }})
	w.Cleanup(w.edge.Close)
	if w.front, err = w.edge.Open("127.0.0.1:0"); err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { _ = w.front.Close(context.Background()) })
	w.eventually("ready", func() bool { return w.edge.Ready(context.Background()) == nil })
}

// answer is the writer's.
func (w *world) answer(h http.Handler, out http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/readyz" {
		if !w.writes.Load() {
			out.WriteHeader(http.StatusServiceUnavailable)
		}
		return
	}
	w.asked.Add(1)
	if r.URL.Path == breaks {
		_, _ = io.Copy(io.Discard, r.Body)
		panic(http.ErrAbortHandler)
	}
	if r.URL.Path == holds {
		w.held <- struct{}{}
		<-w.release
		return
	}
	w.mu.Lock()
	w.seen = r.Header.Clone()
	w.mu.Unlock()
	if strings.HasSuffix(r.URL.Path, "/operations") {
		body, _ := io.ReadAll(r.Body)
		_, _ = out.Write(body)
		return
	}
	h.ServeHTTP(out, r)
}

func (w *world) eventually(what string, so func() bool) {
	w.Helper()
	if !w.within(so) {
		w.Fatalf("not %s within %v", what, patience)
	}
}

// within reports whether it becomes so.
func (w *world) within(so func() bool) bool {
	for end := time.Now().Add(patience); !so(); {
		if time.Now().After(end) {
			return false
		}
		time.Sleep(5 * time.Millisecond)
	}
	return true
}

// tell publishes a message as a writer of the term would.
func (w *world) tell(subject string, term uint64, body []byte) {
	w.Helper()
	if err := w.conn.Publish(context.Background(), cluster.NewMsg(subject, term, "", body)); err != nil {
		w.Fatal(err)
	}
}

// newer publishes a message of a version that is not there yet.
func (w *world) newer(subject string) {
	w.Helper()
	m := cluster.NewMsg(subject, 3, "", []byte("{}"))
	m.Header.Set("Folje-V", strconv.Itoa(cluster.Version+1))
	if err := w.conn.Publish(context.Background(), m); err != nil {
		w.Fatal(err)
	}
}

// handed waits until the writer answers the path.
func (w *world) handed(path, bearer string) {
	w.Helper()
	w.eventually("handed to the writer", func() bool {
		asked := w.asked.Load()
		res, _ := w.ask(http.MethodGet, path, bearer, nil)
		return res.StatusCode == http.StatusOK && w.asked.Load() > asked
	})
}

func (w *world) source(_ core.App, _, id string) (*sync.Record, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	text, ok := w.notes[id]
	if !ok {
		return nil, nil
	}
	part := sync.Part{{Key: "segment-" + text, Text: text}}
	return &sync.Record{Parts: []sync.Part{part}, Body: func(n func(sync.Part) []int) any {
		return map[string]any{"kind": "note", "id": id, "title": n(part)}
	}}, nil
}

func texts(_ core.App, _, locale string, keys []string) (map[string]sync.Text, error) {
	out := map[string]sync.Text{}
	for _, key := range keys {
		out[key] = sync.Text{locale + ": " + strings.TrimPrefix(key, "segment-"), "reviewed"}
	}
	return out, nil
}

// write publishes a note in the scope; "" withdraws it.
func (w *world) write(scope, id, text string) {
	w.Helper()
	err := w.app.RunInTransaction(func(tx core.App) error {
		w.mu.Lock()
		before := w.notes[id]
		w.notes[id] = text
		w.mu.Unlock()
		if text == "" {
			if err := sync.Bury(tx, scope, "ar", "segment-"+before); err != nil {
				return err
			}
			return sync.Bury(tx, scope, sync.Records, sync.Item("notes", id))
		}
		if _, err := sync.Numbers(tx, scope, []string{"segment-" + text}); err != nil {
			return err
		}
		if err := sync.Touch(tx, scope, "ar", "segment-"+text); err != nil {
			return err
		}
		return sync.Touch(tx, scope, sync.Records, sync.Item("notes", id))
	})
	if err != nil {
		w.Fatal(err)
	}
}

// ticket is one for the scopes.
func (w *world) ticket(device string, issued time.Time, scopes ...string) string {
	text, _ := w.keys.Issue(ticket.Ticket{Device: device, Scopes: scopes, Issued: issued, Expires: issued.Add(ticket.Life), Term: 3})
	return text
}

// ask asks the edge as phones do.
func (w *world) ask(method, path, bearer string, body io.Reader) (*http.Response, string) {
	w.Helper()
	r, err := http.NewRequest(method, "http://"+w.front.Addr().String()+path, body)
	if err != nil {
		w.Fatal(err)
	}
	r.Header.Set("Accept-Language", "ar")
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		w.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		w.Fatal(err)
	}
	return res, string(text)
}

// Paths that the writer breaks the connection at, and doesn't answer.
const (
	breaks = "/api/folje/v1/breaks"
	holds  = "/api/folje/v1/holds"
)

const feedOf = "/api/folje/v1/feeds/"

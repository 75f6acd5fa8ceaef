package announce

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/cluster"
	"folje/internal/database"
	"folje/internal/ticket"

	"github.com/nats-io/nats.go"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// nobody is a NATS that keeps what it is sent, or fails.
type nobody struct {
	mu   sync.Mutex
	sent []*nats.Msg
	down bool  // not connected
	err  error // of what is sent
	then func(m *nats.Msg)

	refused chan struct{} // holds something once it failed
}

func (n *nobody) Up() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return !n.down
}

func (n *nobody) Publish(ctx context.Context, m *nats.Msg) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := errors.Join(ctx.Err(), n.err); err != nil {
		select {
		case n.refused <- struct{}{}:
		default:
		}
		return err
	}
	n.sent = append(n.sent, m)
	if n.then != nil {
		n.then(m)
	}
	return nil
}

func (n *nobody) fails(err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.err = err
}

// words are what was sent about devices, by the device, and how many.
func (n *nobody) words(t testing.TB) (words map[string]ticket.Word, count int) {
	t.Helper()
	n.mu.Lock()
	defer n.mu.Unlock()
	words = map[string]ticket.Word{}
	for _, m := range n.sent {
		device, ok := strings.CutPrefix(m.Subject, "folje.revoked.")
		if !ok {
			continue
		}
		var w ticket.Word
		if err := json.Unmarshal(m.Data, &w); err != nil {
			t.Fatal(err)
		}
		if term, err := cluster.Open(m.Header); err != nil || term != 7 {
			t.Errorf("the envelope says %d %v", term, err)
		}
		words[device] = w
		count++
	}
	return words, count
}

// world is an app with a group whose phones get tickets.
type world struct {
	testing.TB
	app    *tests.TestApp
	conn   *nobody
	index  *access.Index
	a      *Announcer
	group  *core.Record
	clock  func() time.Time
	issuer *ticket.Issuer
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	w := &world{TB: tb, app: apptest.New(tb), conn: &nobody{refused: make(chan struct{}, 1)}, clock: func() time.Time { return noon }}
	w.group = apptest.MustGroup(tb, w.app, apptest.MustUnit(tb, w.app, "Granen"), "Blåsippan")
	var err error
	if w.issuer, err = ticket.Open(tb.TempDir()); err != nil {
		tb.Fatal(err)
	}
	now := func() time.Time { return w.clock() }
	w.index = access.Register(w.app, access.Config{Locales: apptest.Locales(tb), Now: now, Tickets: w.issuer})
	w.a = Register(w.app, Config{Conn: w.conn, Term: func() uint64 { return 7 }, Settle: w.index.Settle, Tickets: w.issuer.Public(), Now: now})
	return w
}

const secret = "Zm9samUtdGVzdC1waG9uZS1vbmUtMzItYnl0ZXMtb2s"

// device makes a phone that follows the group until then.
func (w *world) device(id string, ends time.Time) (device, membership *core.Record) {
	w.Helper()
	hash, err := access.HashSecret(id[:1] + secret[1:])
	if err != nil {
		w.Fatal(err)
	}
	device = w.save("devices", map[string]any{"id": id, "secretHash": hash, "locale": "sv", "seen": noon})
	return device, w.save("memberships", map[string]any{"device": id, "group": w.group.Id, "ends": ends})
}

func (w *world) save(collection string, values map[string]any) *core.Record {
	w.Helper()
	r, err := database.NewRecord(w.app, collection)
	if err != nil {
		w.Fatal(err)
	}
	r.Load(values)
	w.must(w.app.Save(r))
	return r
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// waiting is how many announcements are not told yet.
func (w *world) waiting() int {
	w.Helper()
	n, err := w.app.CountRecords(collection, dbx.Not(dbx.HashExp{"kind": told}))
	w.must(err)
	return int(n)
}

func (w *world) round() error {
	_, err := w.a.round(context.Background())
	return err
}

// shows is a request that shows the text for a feed.
func shows(tb testing.TB, text string) *http.Request {
	r, err := http.NewRequest(http.MethodGet, "/", nil)
	if err != nil {
		tb.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+text)
	return r
}

const (
	one = "aaaaaaaa-0000-4000-8000-000000000001"
	two = "cccccccc-0000-4000-8000-000000000002"
)

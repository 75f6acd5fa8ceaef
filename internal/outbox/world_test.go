package outbox

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/push"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// noon is a day on which phones may ring.
var noon = time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)

// world is an app with one group, phones that follow it, and a push service
// that does what a test says.
type world struct {
	*testing.T
	app    core.App
	group  string
	clock  *clock
	sender *scripted
	kinds  map[string]Kind
	*Dispatcher
}

type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
}

// sending is one message that the scripted service was handed.
type sending struct {
	to push.Subscription
	m  push.Message
	at time.Time
}

// scripted answers as the test says: 201 where it says nothing.
type scripted struct {
	clock  *clock
	mu     sync.Mutex
	got    []sending
	answer func(ctx context.Context, s sending) push.Answer
}

func (s *scripted) Send(ctx context.Context, to push.Subscription, m push.Message) push.Answer {
	got := sending{to, m, s.clock.now()}
	s.mu.Lock()
	s.got = append(s.got, got)
	s.mu.Unlock()
	if s.answer == nil {
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}
	return s.answer(ctx, got)
}

func (s *scripted) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.got)
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, app: apptest.New(t), clock: &clock{t: noon}}
	w.sender = &scripted{clock: w.clock}
	w.kinds = map[string]Kind{"letter": {Compose: func(_ core.App, row Row, r Reader) (Note, error) {
		return Note{Title: "Nytt brev", Body: "Öppna Följe.", Navigate: "/letters/" + row.Item, Tag: "letter-" + row.Item}, nil
	}}}
	w.group = apptest.MustGroup(t, w.app, apptest.MustUnit(t, w.app, "Granen"), "Blå").Id
	w.restart()
	return w
}

// restart makes a new dispatcher, as a new process does.
func (w *world) restart() {
	w.Dispatcher = Register(w.app, Config{
		Kinds: w.kinds, Sender: w.sender, Locales: apptest.Locales(w.T), Origin: "https://folje.example",
		Now: w.clock.now, Random: func() float64 { return 0.5 },
	})
}

// phones adds so many to the group, each with a subscription at the service,
// and gives the subscriptions' ids.
func (w *world) phones(n int, service string) []string {
	w.Helper()
	var ids []string
	err := w.app.RunInTransaction(func(tx core.App) error {
		for range n {
			ids = append(ids, w.phone(tx, service, "sv", "").Id)
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	return ids
}

// phone adds one to the group, and gives its subscription. Records would take
// much of a test's time.
func (w *world) phone(tx core.App, service, locale, quiet string) *core.Record {
	w.Helper()
	device, subscription := uuid(), core.GenerateDefaultRandomId()
	for _, row := range []struct {
		table  string
		values dbx.Params
	}{
		{"devices", dbx.Params{"id": device, "secretHash": rand.Text(), "locale": locale, "quiet": quiet}},
		{"memberships", dbx.Params{"id": core.GenerateDefaultRandomId(), "device": device, "group": w.group, "ends": format(noon.AddDate(1, 0, 0))}},
		{"push_subscriptions", dbx.Params{
			"id": subscription, "device": device, "mark": rand.Text(), "service": service, "endpoint": service + "/send/" + rand.Text(),
			"p256dh": publicKey(w.T), "auth": base64.RawURLEncoding.EncodeToString(make([]byte, 16)), "key": "key", "heard": noon.Format(time.DateOnly),
		}},
	} {
		if _, err := tx.DB().Insert(row.table, row.values).Execute(); err != nil {
			w.Fatal(err)
		}
	}
	r, err := tx.FindRecordById("push_subscriptions", subscription)
	if err != nil {
		w.Fatal(err)
	}
	return r
}

var publicKey = func() func(testing.TB) string {
	key := sync.OnceValues(func() (string, error) {
		k, err := ecdh.P256().GenerateKey(rand.Reader)
		if err != nil {
			return "", err
		}
		return base64.RawURLEncoding.EncodeToString(k.PublicKey().Bytes()), nil
	})
	return func(tb testing.TB) string {
		k, err := key()
		if err != nil {
			tb.Fatal(err)
		}
		return k
	}
}()

func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// letter is a row about the item that is due now and makes sense for two weeks.
func (w *world) letter(item string) Row {
	now := w.clock.now()
	return Row{
		Kind: "letter", Item: item, Number: 1, Mark: "letter " + item + " 1", Groups: []string{w.group},
		Due: now, Until: now.AddDate(0, 0, 14),
	}
}

func (w *world) add(row Row) string {
	w.Helper()
	if added, err := Add(w.app, row); err != nil || !added {
		w.Fatalf("add row: %v %v", added, err)
	}
	r, err := w.app.FindFirstRecordByData(collection, "mark", row.Mark)
	if err != nil {
		w.Fatal(err)
	}
	return r.Id
}

// round does a round, and gives when there is more to do.
func (w *world) round() time.Time {
	w.Helper()
	next, err := w.Round(w.Context())
	if err != nil {
		w.Fatalf("round: %v", err)
	}
	return next
}

// live goes from one due time to the next until then, as the loop does.
func (w *world) live(until time.Time) {
	w.Helper()
	for {
		next := w.round()
		if next.IsZero() || next.After(until) {
			w.clock.set(until)
			return
		}
		if !next.After(w.clock.now()) {
			w.Fatalf("at %v the next round is due at %v", w.clock.now(), next)
		}
		w.clock.set(next)
	}
}

// states counts the row's deliveries by state.
func (w *world) states(row string) map[string]int {
	w.Helper()
	var found []struct {
		State string `db:"state"`
		N     int    `db:"n"`
	}
	err := w.app.DB().Select("state", "COUNT(*) AS n").From(deliveries).Where(dbx.HashExp{"outbox": row}).GroupBy("state").All(&found)
	if err != nil {
		w.Fatal(err)
	}
	counts := map[string]int{}
	for _, f := range found {
		counts[f.State] = f.N
	}
	return counts
}

func (w *world) row(id string) *core.Record {
	w.Helper()
	r, err := w.app.FindRecordById(collection, id)
	if err != nil {
		w.Fatal(err)
	}
	return r
}

func (w *world) want(row string, want map[string]int) {
	w.Helper()
	got := w.states(row)
	if len(got) != len(want) {
		w.Errorf("deliveries are %v, want %v", got, want)
		return
	}
	for state, n := range want {
		if got[state] != n {
			w.Errorf("deliveries are %v, want %v", got, want)
			return
		}
	}
}

func payload(t testing.TB, m push.Message) (p struct {
	WebPush      int `json:"web_push"`
	Mutable      bool
	Notification struct {
		Title, Body, Navigate, Lang, Dir, Tag string
		Silent                                bool
		Data                                  struct{ ID string }
	}
}) {
	t.Helper()
	if err := json.Unmarshal(m.Payload, &p); err != nil {
		t.Fatalf("payload is no JSON: %v", err)
	}
	return p
}

package push

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/http"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

// world is a served app with a group and a clock that only the test moves.
type world struct {
	testing.TB
	app     *tests.TestApp
	handler http.Handler
	vapid   *VAPID
	now     time.Time
	group   *core.Record
	rung    []string // device and id of the tests in the outbox
	fail    error    // what the outbox ends with
}

var start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func newWorld(tb testing.TB) *world {
	tb.Helper()
	w := &world{TB: tb, app: apptest.New(tb), now: start}
	w.group = apptest.MustGroup(tb, w.app, apptest.MustUnit(tb, w.app, "Granen"), "Blåsippan")
	var err error
	if w.vapid, err = OpenVAPID(w.app.DataDir()); err != nil {
		tb.Fatal(err)
	}
	clock := func() time.Time { return w.now }
	index := access.Register(w.app, access.Config{
		Locales: apptest.Locales(tb), Now: clock,
		Limits: access.Limits{NewDevices: access.Rate{Burst: 1e6, Every: time.Second}},
	})
	Register(w.app, Config{
		Locales: apptest.Locales(tb), VAPID: w.vapid, StillThere: access.StillThere,
		Authenticate: func(r *http.Request) (string, error) {
			device, err := index.Authenticate(r)
			if err != nil {
				return "", err
			}
			return device.ID, nil
		},
		Services: DefaultServices(), Now: clock,
		Test: func(_ core.App, device, id string) error {
			w.rung = append(w.rung, device+" "+id)
			return w.fail
		},
	})
	w.handler = apptest.Handler(tb, w.app)
	return w
}

// owner is what a phone makes of itself.
type owner struct{ id, secret string }

func (w *world) phone() owner {
	w.Helper()
	secret := random(32)
	id := random(16)
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	p := owner{
		fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]),
		base64.RawURLEncoding.EncodeToString(secret),
	}
	a := apptest.Ask(w, w.handler, "", http.MethodPut, own+"devices/"+p.id, map[string]string{"secret": p.secret, "locale": "sv"})
	if a.Status != http.StatusOK {
		w.Fatalf("register: %d %s", a.Status, a.Body)
	}
	w.follow(p, w.group, w.now.AddDate(1, 0, 0))
	return p
}

func (w *world) follow(p owner, group *core.Record, until time.Time) {
	w.Helper()
	apptest.MustRecord(w, w.app, "memberships", map[string]any{"device": p.id, "group": group.Id, "ends": until})
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// sent is what a browser makes, with the server's key.
type sent map[string]any

func (w *world) subscribed(endpoint string) sent {
	w.Helper()
	private, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		w.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	return sent{
		"endpoint": endpoint, "expirationTime": nil, "key": w.vapid.Current().Public,
		"keys": map[string]string{"p256dh": encode(private.PublicKey().Bytes()), "auth": encode(random(16))},
	}
}

func (b sent) with(field string, value any) sent {
	c := sent{}
	for k, v := range b {
		c[k] = v
	}
	c[field] = value
	return c
}

const google = "https://fcm.googleapis.com/fcm/send/"

func (w *world) ask(p owner, method, path string, in any) apptest.Answer {
	w.Helper()
	a := apptest.Ask(w, w.handler, "Bearer "+p.secret, method, own+path, in)
	if a.Status >= 500 && w.fail == nil {
		w.Errorf("%s %s: %d %s", method, path, a.Status, a.Body)
	}
	return a
}

func (w *world) put(p owner, in any) apptest.Answer {
	w.Helper()
	return w.ask(p, http.MethodPut, "devices/me/subscription", in)
}

// subscribe puts a subscription and gives its row.
func (w *world) subscribe(p owner, endpoint string) *core.Record {
	w.Helper()
	if a := w.put(p, w.subscribed(endpoint)); a.Status != http.StatusNoContent {
		w.Fatalf("subscribe: %d %s", a.Status, a.Body)
	}
	return w.row(endpoint)
}

// row is the endpoint's row, which must be there.
func (w *world) row(endpoint string) *core.Record {
	w.Helper()
	r, err := find(w.app, endpoint)
	if err != nil || r == nil {
		w.Fatalf("row: %v %v", r, err)
	}
	return r
}

// rows is how many there are.
func (w *world) rows() int {
	w.Helper()
	n, err := w.app.CountRecords(collection)
	if err != nil {
		w.Fatal(err)
	}
	return int(n)
}

// reach is the endpoints that a letter to the group would go to.
func (w *world) reach(groups ...string) int {
	w.Helper()
	if groups == nil {
		groups = []string{w.group.Id}
	}
	found, err := Reachable(w.app, Audience{Groups: groups}, "", 1000, w.now)
	if err != nil {
		w.Fatal(err)
	}
	return len(found)
}

func (w *world) refused(a apptest.Answer, status int, code string) {
	w.Helper()
	if a.Status != status || a.Get("code") != code {
		w.Errorf("%d %s, want %d %s", a.Status, a.Body, status, code)
	}
}

func (w *world) expect(a apptest.Answer, status int) {
	w.Helper()
	if a.Status != status {
		w.Errorf("%d %s, want %d", a.Status, a.Body, status)
	}
}

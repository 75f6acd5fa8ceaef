package operation_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/operation"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

const v1 = "/api/folje/v1/"

// world is a served app with a group and a clock that only the test moves.
// Its kinds, beside the real ones, are "pair" {text, then}, which writes two
// wishes and then does as told, "old", which is pair of version 3, and "note",
// which is pair for staff.
type world struct {
	testing.TB
	app     *tests.TestApp
	handler http.Handler
	now     time.Time
	group   *core.Record
	noted   []string   // erasures
	did     [][]string // the locales of staff whose note was applied
	between func()     // runs once, after a device was authenticated
	fail    error      // what pair ends with, told "fail"
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	w := &world{TB: tb, app: apptest.New(tb), now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	w.group = apptest.MustGroup(tb, w.app, apptest.MustUnit(tb, w.app, "Granen"), "Blåsippan")
	clock := func() time.Time { return w.now }
	index := access.Register(w.app, access.Config{
		Locales: apptest.Locales(tb), Now: clock,
		Limits: access.Limits{NewDevices: access.Rate{Burst: 1e6, Every: time.Second}},
	})
	operation.Register(w.app, operation.Config{
		Locales: apptest.Locales(tb), Now: clock, Epoch: func() string { return "now" },
		Authenticate: func(r *http.Request) (*access.Device, error) {
			device, err := index.Authenticate(r)
			if between := w.between; between != nil {
				w.between = nil
				between()
			}
			return device, err
		},
		Kinds: map[string]operation.Kind{
			"leave":    operation.Leave(),
			"settings": operation.Settings(func(tag string) bool { return tag == "sv" || tag == "en" || tag == "ar" }),
			"erase": operation.Erase(func(device string) error {
				w.noted = append(w.noted, device)
				return nil
			}),
			"pair": {Version: 1, Apply: w.pair},
			"old":  {Version: 3, Apply: w.pair},
			"note": {Version: 1, ForStaff: func(tx core.App, staff *core.Record, op operation.Operation) (operation.Outcome, error) {
				w.did = append(w.did, staff.GetStringSlice("locales"))
				return w.pair(tx, access.Device{}, op)
			}},
		},
	})
	w.handler = apptest.Handler(tb, w.app)
	return w
}

func (w *world) pair(tx core.App, device access.Device, op operation.Operation) (operation.Outcome, error) {
	var body struct {
		Text string `json:"text"`
		Then string `json:"then"`
	}
	if err := operation.Decode(op, &body); err != nil {
		return operation.Outcome{}, err
	}
	c, err := tx.FindCollectionByNameOrId("wishes")
	if err != nil {
		return operation.Outcome{}, err
	}
	for range 2 {
		r := core.NewRecord(c)
		r.Load(map[string]any{"group": w.group.Id, "text": body.Text, "day": "2026-11-20", "state": "open"})
		if err := tx.Save(r); err != nil {
			return operation.Outcome{}, fmt.Errorf("save wish: %w", err)
		}
	}
	switch body.Then {
	case "late":
		return operation.Outcome{Late: true, Code: "answer.late"}, nil
	case "reject":
		return operation.Outcome{}, access.ErrNotMember
	case "follow":
		if !device.In(w.group.Id, w.now) {
			return operation.Outcome{}, access.ErrNotMember
		}
	case "fail":
		return operation.Outcome{}, w.fail
	case "panic":
		panic("of " + body.Text)
	}
	return operation.Outcome{}, nil
}

// phone is what a phone makes of itself.
type phone struct{ id, secret string }

// newPhone is one that the server doesn't know.
func newPhone() phone {
	secret := make([]byte, 32)
	rand.Read(secret)
	return phone{newID(), base64.RawURLEncoding.EncodeToString(secret)}
}

func (w *world) phone() phone {
	w.Helper()
	p := newPhone()
	w.register(p)
	apptest.MustRecord(w, w.app, "memberships", map[string]any{
		"device": p.id, "group": w.group.Id, "ends": w.now.AddDate(1, 0, 0)})
	return p
}

func (w *world) register(p phone) {
	w.Helper()
	a := apptest.Ask(w, w.handler, "", http.MethodPut, v1+"devices/"+p.id, map[string]string{"secret": p.secret, "locale": "sv"})
	if a.Status != http.StatusOK {
		w.Fatalf("register: %d %s", a.Status, a.Body)
	}
}

func (w *world) revoke(p phone) {
	w.Helper()
	r, err := w.app.FindRecordById("devices", p.id)
	if err != nil {
		w.Fatal(err)
	}
	r.Set("revoked", w.now)
	if err := w.app.Save(r); err != nil {
		w.Fatal(err)
	}
}

func newID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// op is an operation as a phone sends it; "" and 0 are its usual values.
type op map[string]any

func make1(kind string, body map[string]any) op {
	return op{"op": newID(), "seq": 1, "kind": kind, "v": 1, "body": body, "made": "2026-11-20T12:00:00Z"}
}

func pair(text, then string) op { return make1("pair", map[string]any{"text": text, "then": then}) }

func (o op) with(field string, value any) op {
	c := op{}
	for k, v := range o {
		c[k] = v
	}
	c[field] = value
	return c
}

type verdict struct{ Op, Verdict, Code, Message string }

// answer is what a request got.
type answer struct {
	status   int
	code     string
	header   http.Header
	verdicts []verdict
	raw      string
}

// said is the verdicts in a row, as "applied rejected:error.x".
func (a answer) said() string {
	var words []string
	for _, v := range a.verdicts {
		word := v.Verdict
		if v.Code != "" {
			word += ":" + v.Code
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func (w *world) send(p phone, ops ...op) answer {
	w.Helper()
	if ops == nil {
		ops = []op{}
	}
	raw, err := json.Marshal(map[string]any{"operations": ops})
	if err != nil {
		w.Fatal(err)
	}
	return w.post(p, raw)
}

func (w *world) post(p phone, raw []byte) answer {
	w.Helper()
	token := ""
	if p.secret != "" {
		token = "Bearer " + p.secret
	}
	return w.postAs(token, raw)
}

func (w *world) postAs(authorization string, raw []byte) answer {
	w.Helper()
	r := httptest.NewRequest(http.MethodPost, v1+"operations", bytes.NewReader(raw))
	r.Header.Set("Accept-Language", "en")
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	a := answer{status: rec.Code, header: rec.Header(), raw: rec.Body.String()}
	var body struct {
		Code     string
		Verdicts []verdict
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &body); err != nil {
		w.Errorf("answer %d %q: %v", rec.Code, rec.Body, err)
	}
	a.code, a.verdicts = body.Code, body.Verdicts
	return a
}

// expect fails unless the answer is 200 with the verdicts.
func (w *world) expect(a answer, said string) {
	w.Helper()
	if a.status != http.StatusOK || a.said() != said {
		w.Errorf("%d %q, want 200 %q: %s", a.status, a.said(), said, a.raw)
	}
}

func (w *world) refused(a answer, status int, code string) {
	w.Helper()
	if a.status != status || a.code != code || a.verdicts != nil {
		w.Errorf("%d %s, want %d %s", a.status, a.raw, status, code)
	}
}

func (w *world) count(collection string) int {
	w.Helper()
	n, err := w.app.CountRecords(collection)
	if err != nil {
		w.Fatal(err)
	}
	return int(n)
}

// wishes fails unless there are so many.
func (w *world) wishes(want int) {
	w.Helper()
	if n := w.count("wishes"); n != want {
		w.Errorf("%d wishes, want %d", n, want)
	}
}

var errDisk = problem.StorageFull(errors.New("no space"))

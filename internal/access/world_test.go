package access

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"folje/internal/apptest"
	"folje/internal/ticket"
)

// world is a served app with two units, their groups and their staff, and a
// clock that only the test moves.
type world struct {
	testing.TB
	app     *tests.TestApp
	index   *Index
	keys    *Keys
	handler http.Handler
	now     time.Time
	erased  map[string]bool // devices

	granen, linden          *core.Record // units
	blue, red, other        *core.Record // groups: two of granen, one of linden
	editor, admin, stranger *core.Record // stranger is an editor of linden
	translator, coordinator *core.Record // of granen
}

func newWorld(tb testing.TB, limits ...Limits) *world {
	tb.Helper()
	w := &world{TB: tb, app: apptest.New(tb), keys: testKeys(tb, 7), now: noon}
	w.granen, w.linden = apptest.MustUnit(tb, w.app, "Granen"), apptest.MustUnit(tb, w.app, "Linden")
	w.blue, w.red = apptest.MustGroup(tb, w.app, w.granen, "Blåsippan"), apptest.MustGroup(tb, w.app, w.granen, "Rödhaken")
	w.other = apptest.MustGroup(tb, w.app, w.linden, "Ekorren")
	w.editor = apptest.MustStaff(tb, w.app, "editor@example.org", []string{RoleEditor}, w.granen)
	w.admin = apptest.MustStaff(tb, w.app, "admin@example.org", []string{RoleAdmin})
	w.stranger = apptest.MustStaff(tb, w.app, "stranger@example.org", []string{RoleEditor}, w.linden)
	w.translator = apptest.MustStaff(tb, w.app, "translator@example.org", []string{RoleTranslator}, w.granen)
	w.coordinator = apptest.MustStaff(tb, w.app, "coordinator@example.org", []string{RoleCoordinator}, w.granen)
	cfg := Config{
		Keys: w.keys, Locales: apptest.Locales(tb),
		Origin: func(*http.Request) string { return "https://folje.example" },
		Now:    func() time.Time { return w.now },
		Erased: func(id, hash string) bool { return w.erased[id] || w.erased[hash] },
	}
	if len(limits) > 0 {
		cfg.Limits = limits[0]
	}
	var err error
	if cfg.Tickets, err = ticket.Open(w.app.DataDir()); err != nil {
		tb.Fatal(err)
	}
	cfg.Has = func(_, cursor string) (int, bool) {
		seq, err := strconv.Atoi(cursor)
		return seq, err == nil
	}
	w.index = Register(w.app, cfg)
	w.handler = apptest.Handler(tb, w.app)
	return w
}

// phone is what a phone makes of itself.
type phone struct{ id, secret, address string }

func newPhone() *phone {
	var id [16]byte
	var secret [32]byte
	rand.Read(id[:])
	rand.Read(secret[:])
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return &phone{
		id:      fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]),
		secret:  base64.RawURLEncoding.EncodeToString(secret[:]),
		address: "192.0.2.1:1234",
	}
}

// reply is an answer with its JSON decoded.
type reply struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
}

func (r reply) code() string { s, _ := r.body["code"].(string); return s }

// groups are the names of the answer's groups.
func (r reply) groups() string {
	var names []string
	list, _ := r.body["groups"].([]any)
	for _, g := range list {
		names = append(names, g.(map[string]any)["name"].(string))
	}
	return strings.Join(names, " ")
}

func (w *world) send(method, path, authorization, address, body string) reply {
	w.Helper()
	r := httptest.NewRequest(method, "/api/folje/v1/"+path, strings.NewReader(body))
	r.Header.Set("Accept-Language", "en")
	if address != "" {
		r.RemoteAddr = address
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	out := reply{status: rec.Code, header: rec.Header(), raw: rec.Body.String()}
	_ = json.Unmarshal(rec.Body.Bytes(), &out.body)
	if rec.Code >= 500 {
		w.Errorf("%s %s: %d %s", method, path, rec.Code, out.raw)
	}
	return out
}

func (w *world) phone(p *phone, method, path, body string) reply {
	w.Helper()
	return w.send(method, path, "Bearer "+p.secret, p.address, body)
}

func (w *world) staff(who *core.Record, method, path, body string) reply {
	w.Helper()
	token := ""
	if who != nil {
		token = apptest.MustToken(w, who)
	}
	return w.send(method, path, token, "", body)
}

// register puts the phone, with a code unless it is "".
func (w *world) register(p *phone, code string) reply {
	w.Helper()
	body, _ := json.Marshal(map[string]string{"secret": p.secret, "locale": "ar", "code": code})
	return w.send(http.MethodPut, "devices/"+p.id, "", p.address, string(body))
}

// joined gives a registered phone that follows the groups of the codes.
func (w *world) joined(codes ...string) *phone {
	w.Helper()
	p := newPhone()
	for _, code := range codes {
		if r := w.register(p, code); r.status != http.StatusOK {
			w.Fatalf("join: %d %s", r.status, r.raw)
		}
	}
	return p
}

// invite gives a new code of the group as the editor gets it.
func (w *world) invite(group *core.Record) (id, code string) {
	w.Helper()
	r := w.staff(w.admin, http.MethodPost, "staff/groups/"+group.Id+"/invites", "")
	if r.status != http.StatusOK {
		w.Fatalf("invite: %d %s", r.status, r.raw)
	}
	return r.body["id"].(string), r.body["code"].(string)
}

func (w *world) code(group *core.Record) string {
	w.Helper()
	_, code := w.invite(group)
	return code
}

func (w *world) join(p *phone, code string) reply {
	w.Helper()
	body, _ := json.Marshal(map[string]string{"code": code})
	return w.phone(p, http.MethodPost, "devices/me/groups", string(body))
}

func (w *world) handover(p *phone) string {
	w.Helper()
	r := w.phone(p, http.MethodPost, "devices/me/handover", "{}")
	if r.status != http.StatusOK {
		w.Fatalf("handover: %d %s", r.status, r.raw)
	}
	return r.body["code"].(string)
}

func (w *world) count(collection string) int {
	w.Helper()
	n, err := w.app.CountRecords(collection)
	if err != nil {
		w.Fatal(err)
	}
	return int(n)
}

func (w *world) expect(r reply, status int, code string) {
	w.Helper()
	if r.status != status || r.code() != code {
		w.Errorf("%d %q, want %d %q: %s", r.status, r.code(), status, code, r.raw)
	}
}

func (w *world) expectGroups(r reply, names string) {
	w.Helper()
	if r.status != http.StatusOK || r.groups() != names {
		w.Errorf("%d %q, want the groups %q: %s", r.status, r.groups(), names, r.raw)
	}
}

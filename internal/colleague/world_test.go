package colleague_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/audit"
	"folje/internal/colleague"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pocketbase/pocketbase/tools/security"
)

const v1 = "/api/folje/v1/"

type body = map[string]any

// world is a served app with two units, an administrator and an editor, and a
// clock that only the test moves.
type world struct {
	testing.TB
	app     *tests.TestApp
	feature *colleague.Feature
	handler http.Handler
	mu      sync.Mutex
	now     time.Time

	granen, tallen *core.Record
	admin, editor  *core.Record
}

func newWorld(t testing.TB) *world {
	t.Helper()
	app := apptest.New(t)
	w := &world{TB: t, app: app, now: time.Date(2026, 11, 18, 9, 30, 0, 0, time.UTC)}
	keys, err := access.OpenKeys(app)
	if err != nil {
		t.Fatal(err)
	}
	audit.Register(app)
	w.feature = colleague.Register(app, colleague.Config{
		Locales: apptest.Locales(t), Keys: keys, Origin: "https://folje.example", Now: w.clock,
		AddressKey: func(r *http.Request) string { return r.RemoteAddr },
	})
	w.handler = apptest.Handler(t, app)
	w.granen, w.tallen = apptest.MustUnit(t, app, "Granen"), apptest.MustUnit(t, app, "Tallen")
	w.admin = apptest.MustStaff(t, app, "admin@example.org", []string{"admin"})
	w.editor = apptest.MustStaff(t, app, "editor@example.org", []string{"editor"}, w.granen)
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// must asks as somebody, nil for nobody, and wants the status.
func (w *world) must(status int, who *core.Record, method, path string, in any) apptest.Answer {
	w.Helper()
	token := ""
	if who != nil {
		token = apptest.MustToken(w, who)
	}
	a := apptest.Ask(w, w.handler, token, method, v1+path, in)
	if a.Status != status {
		w.Fatalf("%s %s: %d, want %d: %s", method, path, a.Status, status, a.Body)
	}
	return a
}

// mail switches e-mail on; round sends what waits, sent gives the texts that
// came to an address.
func (w *world) mail() (round func(), sent func(to string) []string) {
	w.Helper()
	s := w.app.Settings()
	s.SMTP.Enabled, s.SMTP.Host = true, "127.0.0.1"
	s.Meta.SenderName, s.Meta.SenderAddress = "Följe", "folje@folje.example"
	if err := w.app.Save(s); err != nil {
		w.Fatal(err)
	}
	post := colleague.NewPost(w.app, w.feature)
	round = func() {
		w.Helper()
		if err := post.Round(context.Background()); err != nil {
			w.Fatal(err)
		}
	}
	return round, func(to string) (texts []string) {
		for _, m := range w.app.TestMailer.Messages() {
			if m.To[0].Address == to {
				texts = append(texts, m.Text)
			}
		}
		return texts
	}
}

// secretIn is the secret of the link in a text.
func (w *world) secretIn(text string) string {
	w.Helper()
	_, rest, ok := strings.Cut(text, "https://folje.example/staff/welcome#")
	if !ok {
		w.Fatalf("no link in %q", text)
	}
	return strings.Fields(rest)[0]
}

// amina is a colleague to be.
func (w *world) amina() body {
	return body{"name": " Amina  Warsame ", "email": "amina@example.org", "roles": []string{"editor"}, "units": []string{w.granen.Id}}
}

const fresh = "sju gula lönnlöv"

// signsIn reports whether the two belong together.
func (w *world) signsIn(email, password string) (token string, ok bool) {
	w.Helper()
	a := apptest.Ask(w, w.handler, "", "POST", "/api/collections/staff/auth-with-password", body{"identity": email, "password": password})
	token, _ = a.Get("token").(string)
	return token, a.Status == 200
}

// expiry is when a token ends.
func expiry(t *testing.T, token string) time.Time {
	t.Helper()
	claims, err := security.ParseUnverifiedJWT(token)
	if err != nil {
		t.Fatal(err)
	}
	at, err := claims.GetExpirationTime()
	if err != nil {
		t.Fatal(err)
	}
	return at.Time
}

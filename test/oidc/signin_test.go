package oidc

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/colleague"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

const auth = "/api/collections/staff/"

// world is a served app whose staff may sign in at the municipality's.
type world struct {
	*testing.T
	app     *tests.TestApp
	handler http.Handler
	theirs  *provider
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, app: apptest.New(t), theirs: newProvider(t, back)}
	keys, err := access.OpenKeys(w.app)
	if err != nil {
		t.Fatal(err)
	}
	colleague.Register(w.app, colleague.Config{
		Locales: apptest.Locales(t), Keys: keys, Origin: "https://folje.example", Now: time.Now,
		AddressKey: func(r *http.Request) string { return r.RemoteAddr },
	})
	w.handler = apptest.Handler(t, w.app)
	w.configure(func(c *core.Collection) {
		c.OAuth2 = w.theirs.ways()
	})
	return w
}

// configure does what the administrator does in the dashboard.
func (w *world) configure(change func(*core.Collection)) {
	w.Helper()
	c, err := w.app.FindCollectionByNameOrId("staff")
	if err != nil {
		w.Fatal(err)
	}
	change(c)
	if err := w.app.Save(c); err != nil {
		w.Fatal(err)
	}
}

// signsIn goes the whole way, with the session given, "" for none.
func (w *world) signsIn(session, name string) apptest.Answer {
	w.Helper()
	code, verifier := w.goesThere(name)
	return w.comesBack(session, code, verifier)
}

func (w *world) goesThere(name string) (code, verifier string) {
	w.Helper()
	methods := apptest.Ask(w, w.handler, "", "GET", auth+"auth-methods", nil)
	all, _ := methods.Get("oauth2", "providers").([]any)
	if len(all) != 1 {
		w.Fatalf("%s", methods.Body)
	}
	way := all[0].(map[string]any)
	if way["displayName"] != "Björkhults kommun" || strings.Contains(string(methods.Body), clientSecret) {
		w.Fatalf("%s", methods.Body)
	}
	answer := w.theirs.visit(w.T, way["authURL"].(string)+back, name, theirs)
	if answer.Get("code") == "" || answer.Get("state") != way["state"] {
		w.Fatalf("they send back %v", answer)
	}
	return answer.Get("code"), way["codeVerifier"].(string)
}

func (w *world) comesBack(session, code, verifier string) apptest.Answer {
	w.Helper()
	return apptest.Ask(w, w.handler, session, "POST", auth+"auth-with-oauth2", map[string]any{
		"provider": "oidc", "code": code, "codeVerifier": verifier, "redirectURL": back,
		"createData": map[string]any{"roles": []string{"admin"}},
	})
}

// A colleague is let in by her address, which the municipality has verified,
// and later by its id of her; nothing of what it says of her is passed on.
func TestAColleagueSignsInAtTheMunicipality(t *testing.T) {
	w := newWorld(t)
	unit := apptest.MustUnit(t, w.app, "Granen")
	anna := apptest.MustStaff(t, w.app, "anna@example.org", []string{"editor"}, unit)
	w.theirs.users.account("anna", "Anna@example.org", true)
	for range 2 {
		a := w.signsIn("", "anna")
		if a.Status != 200 || a.Get("record", "id") != anna.Id || a.Get("meta") != nil {
			t.Fatalf("%d %s", a.Status, a.Body)
		}
		token, _ := a.Get("token").(string)
		if seen := apptest.Ask(t, w.handler, token, "GET", "/api/collections/units/records/"+unit.Id, nil); seen.Status != 200 {
			t.Errorf("%d", seen.Status)
		}
	}
	w.theirs.users["anna"].Email = "another@example.org"
	if a := w.signsIn("", "anna"); a.Status != 200 {
		t.Errorf("after she changed her address there: %d %s", a.Status, a.Body)
	}
}

// Who has no account here is told so, and gets nothing: neither an account nor
// somebody else's.
func TestWhoHasNoAccountGetsNothing(t *testing.T) {
	w := newWorld(t)
	anna := apptest.MustStaff(t, w.app, "anna@example.org", []string{"admin"})
	w.theirs.users.account("stranger", "stranger@example.org", true)
	w.theirs.users.account("unverified", "anna@example.org", false)
	w.theirs.users.account("nameless", "", true)
	for _, name := range []string{"stranger", "unverified", "nameless"} {
		for _, session := range []string{"", apptest.MustToken(t, anna)} {
			a := w.signsIn(session, name)
			if a.Status != 403 || a.Get("code") != "error.provider_no_account" || a.Get("token") != nil {
				t.Errorf("%s: %d %s", name, a.Status, a.Body)
			}
		}
	}
	for _, table := range []string{"staff", core.CollectionNameExternalAuths} {
		want := int64(0)
		if table == "staff" {
			want = 1
		}
		if n, err := w.app.CountRecords(table); err != nil || n != want {
			t.Errorf("%d rows in %s, %v", n, table, err)
		}
	}
}

// Somebody without a role is in, and has nothing there; who left is not in.
func TestRolesAreDecidedHere(t *testing.T) {
	w := newWorld(t)
	unit := apptest.MustUnit(t, w.app, "Granen")
	nobody := apptest.MustStaff(t, w.app, "nobody@example.org", nil)
	admin := apptest.MustStaff(t, w.app, "admin@example.org", []string{"admin"})
	w.theirs.users.account("nobody", "nobody@example.org", true)
	a := w.signsIn("", "nobody")
	token, _ := a.Get("token").(string)
	if a.Status != 200 {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	for _, path := range []string{"/api/collections/units/records/" + unit.Id, "/api/folje/v1/staff/colleagues"} {
		if seen := apptest.Ask(t, w.handler, token, "GET", path, nil); seen.Status < 400 {
			t.Errorf("%s: %d", path, seen.Status)
		}
	}
	left := apptest.Ask(t, w.handler, apptest.MustToken(t, admin), "POST", "/api/folje/v1/staff/colleagues/"+nobody.Id+"/leave", nil)
	if left.Status != 204 {
		t.Fatalf("%d %s", left.Status, left.Body)
	}
	if a := w.signsIn("", "nobody"); a.Status != 403 || a.Get("code") != "error.provider_no_account" {
		t.Errorf("who left: %d %s", a.Status, a.Body)
	}
}

// A way back is good once, for the window that it was begun in, and only if it
// was begun.
func TestTheWayBackIsGoodOnce(t *testing.T) {
	w := newWorld(t)
	apptest.MustStaff(t, w.app, "anna@example.org", []string{"editor"})
	w.theirs.users.account("anna", "anna@example.org", true)
	code, verifier := w.goesThere("anna")
	if a := w.comesBack("", code, strings.Repeat("x", len(verifier))); a.Status != 400 {
		t.Errorf("another window: %d %s", a.Status, a.Body)
	}
	code, verifier = w.goesThere("anna")
	if a := w.comesBack("", code, verifier); a.Status != 200 {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	if a := w.comesBack("", code, verifier); a.Status != 400 {
		t.Errorf("again: %d %s", a.Status, a.Body)
	}
	if a := w.comesBack("", "made up", verifier); a.Status != 400 {
		t.Errorf("a made-up code: %d %s", a.Status, a.Body)
	}
}

// Where colleagues sign in with a code by e-mail, the municipality's own second
// step stands for it.
func TestTheMunicipalitysStepIsEnough(t *testing.T) {
	w := newWorld(t)
	apptest.MustStaff(t, w.app, "anna@example.org", []string{"editor"})
	w.theirs.users.account("anna", "anna@example.org", true)
	w.configure(func(c *core.Collection) {
		c.OTP.Enabled, c.MFA.Enabled, c.MFA.Rule = true, true, colleague.WithoutCode
	})
	if a := w.signsIn("", "anna"); a.Status != 200 {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	a := apptest.Ask(t, w.handler, "", "POST", auth+"auth-with-password", map[string]any{"identity": "anna@example.org", "password": apptest.Password})
	if a.Status != 401 || a.Get("mfaId") == nil {
		t.Errorf("the password alone: %d %s", a.Status, a.Body)
	}
}

package oidc

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
)

const (
	clientID, clientSecret = "folje", "en hemlighet mellan två program"
	back                   = "https://folje.example/staff/signed-in"
	theirs                 = "lösenordet hos kommunen"
)

// users are the municipality's accounts, by name.
type users map[string]*storage.User

func (u users) GetUserByID(id string) *storage.User         { return u[id] }
func (u users) GetUserByUsername(name string) *storage.User { return u[name] }
func (u users) ExampleClientID() string                     { return "service" }

// account adds one.
func (u users) account(name, email string, verified bool) {
	u[name] = &storage.User{ID: name, Username: name, Password: theirs, FirstName: name, Email: email, EmailVerified: verified}
}

// provider is the municipality's server.
type provider struct {
	*httptest.Server
	users users
}

// newProvider sends whoever signed in back to the addresses.
func newProvider(t *testing.T, back ...string) *provider {
	t.Helper()
	storage.RegisterClients(storage.WebClient(clientID, clientSecret, back...))
	p := &provider{users: users{}}
	var handler http.Handler
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(p.Close)
	handler = exampleop.SetupServer(p.URL, storage.NewStorage(p.users), slog.New(slog.NewTextHandler(io.Discard, nil)), false)
	return p
}

var requestID = regexp.MustCompile(`name="id" value="([^"]+)"`)

// ways are how staff sign in at the provider, as PocketBase's routes take them.
func (p *provider) ways() core.OAuth2Config {
	return core.OAuth2Config{Enabled: true, Providers: []core.OAuth2ProviderConfig{{
		Name: "oidc", DisplayName: "Björkhults kommun", ClientId: clientID, ClientSecret: clientSecret,
		AuthURL: p.URL + "/auth", TokenURL: p.URL + "/oauth/token", UserInfoURL: p.URL + "/userinfo",
	}}}
}

// visit goes to the provider as a browser does, signs in there, and gives what
// it sends back.
func (p *provider) visit(t *testing.T, address, name, password string) url.Values {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var answer url.Values
	browser := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), back) {
			answer = r.URL.Query()
			return http.ErrUseLastResponse
		}
		return nil
	}}
	page, err := browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	form, err := io.ReadAll(page.Body)
	_ = page.Body.Close()
	found := requestID.FindStringSubmatch(string(form))
	if err != nil || found == nil {
		t.Fatalf("no form to sign in with: %d %s %v", page.StatusCode, form, err)
	}
	done, err := browser.PostForm(p.URL+"/login/username", url.Values{"id": {found[1]}, "username": {name}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	_ = done.Body.Close()
	return answer
}

package phone_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path"
	"strings"
	"sync"
	"testing"

	"folje/test/browser"
)

const api = "/api/folje/v1/"

// server gives the app's files as they are and answers its requests as a test
// says: by method and path, with what was said last.
type server struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]http.HandlerFunc
	newer   bool // the app's files are those of a newer version
	gone    bool // those of the version before are not served any more
	held    map[string]chan struct{}
	asked   []string // method, path and query of every request, in order
}

// newServer knows the groups a and b, of which the code lets into the given
// ones, and has nothing in its feeds.
func newServer(t *testing.T, groups ...string) *server {
	t.Helper()
	t.Parallel()
	files, err := url.Parse(app.origin(t))
	if err != nil {
		t.Fatal(err)
	}
	s := &server{answers: map[string]http.HandlerFunc{}, held: map[string]chan struct{}{}}
	proxy := httputil.NewSingleHostReverseProxy(files)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if request, ok := strings.CutPrefix(r.URL.Path, api); ok {
			s.answer(w, r, r.Method+" "+request)
			return
		}
		s.mu.Lock()
		earlier := strings.HasPrefix(r.URL.Path, "/builds/")
		newer, gone, held := s.newer && !earlier, s.gone && earlier, s.held[r.URL.Path]
		s.mu.Unlock()
		if held != nil {
			<-held
		}
		if gone {
			reply(http.StatusNotFound, object{"code": "error.not_found", "message": "no"})(w, r)
			return
		}
		if newer {
			w = &edition{ResponseWriter: w, script: path.Ext(r.URL.Path) == ".js"}
			r.Header.Del("Accept-Encoding")
			r.Header.Del("If-None-Match")
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	s.says("GET hello", object{"epoch": "e1", "build": "b", "now": "2026-11-12T09:00:00Z", "locales": []any{},
		"municipality": object{"name": "Björkhult", "address": ""}})
	var joined []any
	for _, id := range groups {
		joined = append(joined, object{"id": id, "name": "Group " + id, "unit": object{"id": "u", "name": "Unit"}})
	}
	s.says("PUT devices", object{"device": "d", "groups": joined})
	return s
}

// object is JSON.
type object map[string]any

// says answers a request with 200 and JSON from now on.
func (s *server) says(request string, body any) { s.with(request, reply(http.StatusOK, body)) }

// refuses answers a request with an error of ours from now on.
func (s *server) refuses(request string, status int, code string) {
	s.with(request, reply(status, object{"code": code, "message": "no: " + code}))
}

func (s *server) with(request string, answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[request] = answer
}

// holds keeps the answer to a path of the app's files back until it is let go.
func (s *server) holds(t *testing.T, path string) (letGo func()) {
	held := make(chan struct{})
	letGo = sync.OnceFunc(func() { close(held) })
	t.Cleanup(letGo)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held[path] = held
	return letGo
}

// stalls keeps the answers to a request back until they are let go; begun is
// closed when the first was asked for.
func (s *server) stalls(t *testing.T, request string) (letGo func(), begun <-chan struct{}) {
	held, asked := make(chan struct{}), make(chan struct{})
	letGo = sync.OnceFunc(func() { close(held) })
	t.Cleanup(letGo)
	ask := sync.OnceFunc(func() { close(asked) })
	s.with(request, func(w http.ResponseWriter, r *http.Request) {
		ask()
		select {
		case <-held:
		case <-r.Context().Done():
		}
		reply(http.StatusOK, feed("e1", "c1", nil, nil, object{}))(w, r)
	})
	return letGo, asked
}

// turnsNewer makes the app's files those of a newer version. Whether those of
// the version before are still there is said too.
func (s *server) turnsNewer(gone bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.newer, s.gone = true, gone
}

func reply(status int, body any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
	}
}

// answer gives what was said of the request, of every request, or of every
// device; a feed that nothing was said of is empty.
func (s *server) answer(w http.ResponseWriter, r *http.Request, request string) {
	s.mu.Lock()
	s.asked = append(s.asked, request+"?"+r.URL.RawQuery)
	answer := s.answers["*"]
	if answer == nil {
		answer = s.answers[request]
	}
	if answer == nil && strings.HasPrefix(request, "PUT devices/") {
		answer = s.answers["PUT devices"]
	}
	s.mu.Unlock()
	if answer == nil {
		answer = reply(http.StatusOK, feed("e1", "c1", nil, nil, object{}))
	}
	answer(w, r)
}

// count answers how many requests so far began with prefix.
func (s *server) count(prefix string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, request := range s.asked {
		if strings.HasPrefix(request, prefix) {
			n++
		}
	}
	return n
}

// feed is an answer of either feed.
func feed(epoch, cursor string, records []any, gone []string, texts object) object {
	if records == nil {
		records = []any{}
	}
	if gone == nil {
		gone = []string{}
	}
	return object{"epoch": epoch, "cursor": cursor, "full": true, "records": records, "gone": gone, "texts": texts}
}

// letter is a record of one title and one sentence.
func letter(id string, title, sentence int) object {
	return object{"kind": "letter", "id": id, "number": 1, "published": "2026-11-12T09:00:00Z", "corrected": "", "sensitive": false,
		"meeting": nil, "title": []int{title}, "question": []int{}, "blocks": []any{object{"kind": "paragraph", "segments": []int{sentence}}}}
}

// phone is a parent's phone at this server.
type phone struct {
	*browser.Page
	s *server
}

// phone gives somebody a phone that follows the server's groups and reads in
// the locale, with the letters open.
func (s *server) phone(t *testing.T, tag string) *phone {
	t.Helper()
	return s.phoneOf(t, tag, func(*phone) {})
}

// phoneOf is a phone of a kind: prepare sees it before it was anywhere.
func (s *server) phoneOf(t *testing.T, tag string, prepare func(*phone)) *phone {
	t.Helper()
	device := browser.Phone()
	device.Locale = tag
	p := &phone{Page: shared.Profile(t).Page(device), s: s}
	prepare(p)
	p.Profile().Allow(browser.Request, api)
	p.Navigate(s.URL + "/join#0123456789")
	p.Click("button[data-locale=" + tag + "]")
	p.Click("main[data-view=join] button[type=submit]")
	p.WaitFor("[data-group]")
	p.Click(".bottombar a[href='/letters']")
	p.WaitFor("main[data-view=letters]")
	p.syncs()
	return p
}

// syncs makes the phone ask once more and waits until it was answered.
func (p *phone) syncs() {
	browser.Eval[any](p.Page, `import('/js/data/schedule.js').then((schedule) => schedule.syncNow()).then(() => null)`)
}

// titles answers the letters in the list, in order, each by its title.
func (p *phone) titles() string {
	return fmt.Sprint(browser.Eval[[]string](p.Page, `import('/js/data/letters.js')
		.then((letters) => letters.listLetters(document.documentElement.lang))
		.then((list) => list.map((l) => l.title.map((s) => s.text + ' (' + s.state + ')').join(' ')))`))
}

// reads answers a letter's text as the phone would show it.
func (p *phone) reads(id string) string {
	return browser.Eval[string](p.Page, fmt.Sprintf(`import('/js/data/letters.js')
		.then((letters) => letters.readLetter(%q, document.documentElement.lang))
		.then((l) => l === null ? '' : l.blocks.flatMap((b) => b.sentences).map((s) => s.text).join(' '))`, id))
}

// expect compares what the phone shows with what it should.
func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %s, want %s", what, got, want)
	}
}

package phone_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"folje/test/browser"
)

// edition makes another version of the app's files: scripts say so, and the
// worker's version and everything it keeps is another.
type edition struct {
	http.ResponseWriter
	script bool
}

var version = regexp.MustCompile(`VERSION = '[^']*'`)

func (e *edition) WriteHeader(status int) {
	e.Header().Del("Etag")
	if e.script {
		e.Header().Del("Content-Length")
	}
	e.ResponseWriter.WriteHeader(status)
}

func (e *edition) Write(body []byte) (int, error) {
	if !e.script {
		return e.ResponseWriter.Write(body)
	}
	changed := version.ReplaceAll(body, []byte("VERSION = 'newer'"))
	if _, err := e.ResponseWriter.Write(append([]byte("/* newer */"), changed...)); err != nil {
		return 0, err
	}
	return len(body), nil
}

// A phone empties the cache of an app that was not opened for a week and
// leaves its worker. The worker then fills its cache again, whole, and never
// with the files of a newer version.
func TestAnEmptiedShell(t *testing.T) {
	s := newServer(t, "a")
	p := s.phone(t, "sv")
	p.Profile().Allow(browser.Request, "ERR_FAILED") // what a reload cuts off
	p.Profile().Allow(browser.Request, "/builds/")
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	const (
		empty  = `caches.keys().then((names) => Promise.all(names.map((n) => caches.delete(n)))).then(() => null)`
		shell  = `caches.keys().then((names) => names.find((n) => n.startsWith('folje-shell-')) ?? '')`
		script = `caches.match('/js/app.js', { cacheName: %q }).then((a) => a?.text() ?? '')`
	)
	name := browser.Eval[string](p.Page, shell)
	browser.Eval[any](p.Page, empty)
	p.Reload()
	p.WaitUntil("caches.match('/locales/parent/ar.json')")
	expect(t, "the cache filled again", browser.Eval[string](p.Page, shell), name)

	s.turnsNewer(true)
	browser.Eval[any](p.Page, empty)
	p.Reload()
	p.WaitFor("h1")
	p.WaitUntil("navigator.serviceWorker.getRegistration().then((r) => r.waiting)")
	if kept := browser.Eval[string](p.Page, fmt.Sprintf(script, name)); kept != "" {
		t.Errorf("the old version keeps of the newer one: %.60s", kept)
	}
	if kept := browser.Eval[string](p.Page, fmt.Sprintf(script, "folje-shell-newer")); kept == "" {
		t.Error("the newer version keeps nothing")
	}
	p.WaitFor("[data-line=update]")
}

// Nothing but the worker's own script passes for one, whoever gets hold of the
// page's policy.
func TestThePolicyKnowsOneScript(t *testing.T) {
	s := newServer(t)
	p := shared.Profile(t).Page(browser.Phone())
	p.Navigate(s.URL + "/")
	p.WaitFor("h1")
	made := browser.Eval[string](p, `new Promise((resolve) => {
		trustedTypes.createPolicy = (name, rules) => { resolve(name + ' ' + rules.createScriptURL('/icons/other.js')); throw new TypeError('seen') }
		import('/js/worker.js?again').then((worker) => worker.startWorker())
	})`)
	expect(t, "the policy makes", made, "app /sw.js")
}

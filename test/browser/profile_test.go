package browser_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"folje/test/browser"
)

const worker = `
self.addEventListener('install', (e) => e.waitUntil(caches.open('v').then((c) => c.addAll(['/', '/app.js'])).then(() => self.skipWaiting())));
self.addEventListener('activate', (e) => e.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (e) => e.respondWith(caches.match(e.request).then((r) => r ?? fetch(e.request))));`

const registers = `
navigator.serviceWorker.register('/workers').then(() => navigator.serviceWorker.ready)
  .then(() => { document.documentElement.dataset.ready = 'yes'; });`

func TestOffline(t *testing.T) {
	s := site(t, map[string]string{"/": page(`<h1>Brev</h1>`), "/app.js": registers, "/workers": worker})
	profile := shared.Profile(t)
	p := profile.Page(browser.Phone())
	p.Navigate(s.URL + "/")
	p.WaitUntil("navigator.serviceWorker.controller")
	var fromWorker int
	for _, x := range profile.Traffic() {
		if x.FromWorker && strings.HasPrefix(x.URL, s.URL) && x.Status == 200 {
			fromWorker++
		}
	}
	if fromWorker < 2 {
		t.Errorf("counted %d requests of the worker, want the two it keeps", fromWorker)
	}
	profile.Allow(browser.Request, "/nowhere")
	profile.Allow(browser.Console, "/nowhere")
	profile.Allow(browser.Exception, "Failed to fetch")
	profile.Offline(true)
	p.Reload()
	if got := p.Text("h1"); got != "Brev" {
		t.Errorf("without a network the page shows %q", got)
	}
	reached := `fetch('/nowhere').then((r) => r.status, () => 0)`
	if got := browser.Eval[int](p, reached); got != 0 {
		t.Errorf("without a network a fetch answered %d", got)
	}
	if browser.Eval[bool](p, "navigator.onLine") {
		t.Error("the page believes that there is a network")
	}
	profile.Offline(false)
	if got := browser.Eval[int](p, reached); got != 404 {
		t.Errorf("with the network back a fetch answered %d, want 404", got)
	}
}

func TestProfilesAreApart(t *testing.T) {
	s := site(t, map[string]string{"/": page(`<p>x`), "/app.js": ""})
	a, b := shared.Profile(t).Page(browser.Phone()), shared.Profile(t).Page(browser.Phone())
	a.Navigate(s.URL + "/")
	b.Navigate(s.URL + "/")
	browser.Eval[any](a, `void localStorage.setItem('k', 'mine')`)
	if browser.Eval[bool](b, `localStorage.getItem('k') !== null`) {
		t.Error("one profile reads what another wrote")
	}
}

func TestLastingProfile(t *testing.T) {
	s := site(t, map[string]string{"/": page(`<p>x`), "/app.js": ""})
	folder := t.TempDir()
	first := browser.Open(t, folder)
	p := first.Page(browser.Phone())
	p.Navigate(s.URL + "/")
	browser.Eval[any](p, `new Promise((done) => { const r = indexedDB.open('d'); r.onupgradeneeded = () => r.result.createObjectStore('s'); r.onsuccess = () => {
		const t = r.result.transaction('s', 'readwrite', { durability: 'strict' }); t.objectStore('s').put('here', 'k'); t.oncomplete = () => done(null); }; })`)
	first.Close()
	p = browser.Open(t, folder).Page(browser.Phone())
	p.Navigate(s.URL + "/")
	kept := browser.Eval[string](p, `new Promise((done) => { const r = indexedDB.open('d'); r.onsuccess = () => {
		r.result.transaction('s').objectStore('s').get('k').onsuccess = (e) => done(e.target.result); }; })`)
	if kept != "here" {
		t.Errorf("after the browser's end the profile holds %q", kept)
	}
}

func TestTraffic(t *testing.T) {
	body := page(`<p>` + strings.Repeat("text ", 1000))
	s := site(t, map[string]string{"/": body, "/app.js": "//" + strings.Repeat("x", 3000)})
	profile := shared.Profile(t)
	p := profile.Page(browser.Phone())
	p.Navigate(s.URL + "/")
	seen := map[string]browser.Exchange{}
	for _, x := range profile.Traffic() {
		seen[strings.TrimPrefix(x.URL, s.URL)] = x
	}
	if x := seen["/"]; x.Status != 200 || x.Type != "Document" || x.Bytes < int64(len(body)) || x.Bytes > int64(len(body))+1000 {
		t.Errorf("the document of %d bytes was counted as %+v", len(body), x)
	}
	if x := seen["/app.js"]; x.Type != "Script" || x.Bytes < 3000 || x.Bytes > 4000 {
		t.Errorf("the script was counted as %+v", x)
	}
	profile.Forget()
	if rest := profile.Traffic(); len(rest) != 0 {
		t.Errorf("forgotten, but still there: %+v", rest)
	}
}

func TestPictures(t *testing.T) {
	s := site(t, map[string]string{"/": page(`<div id=tall></div>`), "/app.js": `document.getElementById('tall').style.height = '2000px'`})
	p := shared.Profile(t).Page(browser.Phone())
	p.Navigate(s.URL + "/")
	for full, want := range map[bool]int{false: 1480, true: 4000} {
		picture, err := png.DecodeConfig(bytes.NewReader(p.Screenshot(full)))
		if err != nil {
			t.Fatal(err)
		}
		if picture.Width != 720 || picture.Height < want || picture.Height > want+100 {
			t.Errorf("full %v: the picture is %d × %d, want 720 × %d", full, picture.Width, picture.Height, want)
		}
	}
	if pdf := p.PDF(); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("the print begins with %.20q", pdf)
	}
}

package phone_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"folje/test/browser"
)

// Keys that a server may have, as hello says them.
const (
	firstKey  = "BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-P0A"
	secondKey = "BP_-_fz7-vn49_b19PPy8fDv7u3s6-rp6Ofm5eTj4uHg397d3Nva2djX1tXU09LR0M_OzczLysnIx8bFxMPCwcA"
)

// pushService plays the browser's part of push in a page: a subscription that
// it gives, keeps and ends, and what its owner answers when asked.
const pushService = `(() => {
	window.made = []; window.present = null; window.answers = 'granted'; window.said = 'default'
	const plain = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
	PushManager.prototype.getSubscription = async () => window.present
	PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
		if (window.broken) throw new DOMException('no push service', 'AbortError')
		window.made.push(plain(applicationServerKey))
		const endpoint = 'https://push.example/' + window.made.length
		return window.present = {
			endpoint, options: { applicationServerKey: applicationServerKey.buffer },
			toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh: 'p', auth: 'a' } }),
			unsubscribe: async () => { window.present = null; return true },
		}
	}
	Object.defineProperty(Notification, 'permission', { get: () => window.said })
	Notification.requestPermission = async () => window.said = window.answers
	return null
})()`

// registry is the server's side: what phones have put.
type registry struct {
	sync.Mutex
	s     *server
	put   []object
	ended int
}

// reachable is a phone of group a, at a server with push, in a browser with it.
func reachable(t *testing.T) (*phone, *registry) {
	t.Helper()
	s := newServer(t, "a")
	r := &registry{s: s}
	r.has(firstKey)
	s.with("PUT devices/me/subscription", r.keep)
	s.with("DELETE devices/me/subscription", func(w http.ResponseWriter, _ *http.Request) {
		r.Lock()
		r.ended++
		r.Unlock()
		w.WriteHeader(http.StatusNoContent)
	})
	p := s.phone(t, "sv")
	p.WaitUntil("navigator.serviceWorker.ready.then(() => true)")
	browser.Eval[any](p.Page, pushService)
	return p, r
}

// has makes the server's key another.
func (r *registry) has(key string) {
	r.s.says("GET hello", object{"epoch": "e1", "build": "b", "now": "2026-11-12T09:00:00Z", "locales": []any{}, "vapidKey": key,
		"municipality": object{"name": "Björkhult", "address": ""}})
}

func (r *registry) keep(w http.ResponseWriter, request *http.Request) {
	var body object
	_ = json.NewDecoder(request.Body).Decode(&body)
	r.Lock()
	r.put = append(r.put, body)
	r.Unlock()
	w.WriteHeader(http.StatusNoContent)
}

// endpoints answers what was put, in order, as "1 first": the number of the
// subscription and the key that it was made with.
func (r *registry) endpoints() string {
	r.Lock()
	defer r.Unlock()
	var all []string
	for _, body := range r.put {
		number := strings.TrimPrefix(fmt.Sprint(body["endpoint"]), "https://push.example/")
		i := slices.Index([]string{firstKey, secondKey}, fmt.Sprint(body["key"]))
		all = append(all, number+" "+[]string{"?", "first", "second"}[i+1])
	}
	return strings.Join(all, ", ")
}

// turnsOn says yes to notifications, and answers where the phone stands then.
func (p *phone) turnsOn() string {
	return browser.Eval[string](p.Page, `import('/js/push/phone.js').then((phone) => phone.turnOn().catch(() => {}).then(phone.stateOfPush))`)
}

// startsAgain does what the app does about notifications at its next start.
func (p *phone) startsAgain() string {
	return browser.Eval[string](p.Page, `import('/js/push/phone.js?' + Math.random()).then((phone) => phone.keepPush().then(phone.stateOfPush))`)
}

// A phone that said yes is registered at once, and again at every start; one
// that didn't, never.
func TestAPhoneRegistersAtEveryStart(t *testing.T) {
	p, r := reachable(t)
	expect(t, "before", p.startsAgain(), "off")
	expect(t, "put before", r.endpoints(), "")
	expect(t, "turned on", p.turnsOn(), "on")
	expect(t, "put", r.endpoints(), "1 first")
	expect(t, "started again", p.startsAgain(), "on")
	expect(t, "put again", r.endpoints(), "1 first, 1 first")
	body, _ := json.Marshal(r.put[0])
	expect(t, "the body", string(body), `{"endpoint":"https://push.example/1","expirationTime":null,"key":"`+firstKey+`","keys":{"auth":"a","p256dh":"p"}}`)
	browser.Eval[any](p.Page, `import('/js/push/phone.js').then((phone) => phone.turnOff()).then(() => null)`)
	expect(t, "turned off", p.startsAgain(), "off")
	expect(t, "put when off", r.endpoints(), "1 first, 1 first")
	expect(t, "ended", fmt.Sprint(r.ended, browser.Eval[bool](p.Page, "window.present === null")), "1 true")
}

// A browser that dropped its subscription makes a new one at the next start.
func TestADroppedSubscription(t *testing.T) {
	p, r := reachable(t)
	p.turnsOn()
	browser.Eval[any](p.Page, "window.present = null")
	expect(t, "started again", p.startsAgain(), "on")
	expect(t, "put", r.endpoints(), "1 first, 2 first")
}

// A server with another key is subscribed to anew, whether hello said so or the
// refusal did.
func TestANewKey(t *testing.T) {
	p, r := reachable(t)
	p.turnsOn()
	r.has(secondKey)
	p.syncs()
	expect(t, "put after hello", r.endpoints(), "1 first, 2 second")
	r.s.with("PUT devices/me/subscription", func(w http.ResponseWriter, request *http.Request) {
		r.s.with("PUT devices/me/subscription", r.keep)
		reply(http.StatusConflict, object{"code": "error.push_key", "message": "no"})(w, request)
	})
	r.has(firstKey)
	expect(t, "started again", p.startsAgain(), "on")
	expect(t, "put after the refusal", r.endpoints(), "1 first, 2 second, 3 first")
}

// A server that has forgotten the phone is told of it first.
func TestAForgottenPhoneRegistersAgain(t *testing.T) {
	p, r := reachable(t)
	p.turnsOn()
	before := r.s.count("PUT devices/")
	r.s.with("PUT devices/me/subscription", func(w http.ResponseWriter, request *http.Request) {
		r.s.with("PUT devices/me/subscription", r.keep)
		reply(http.StatusUnauthorized, object{"code": "error.device_unknown", "message": "no"})(w, request)
	})
	expect(t, "started again", p.startsAgain(), "on")
	expect(t, "put", r.endpoints(), "1 first, 1 first")
	if asked := r.s.count("PUT devices/") - before; asked != 3 {
		t.Errorf("the phone put %d times, want the subscription, itself, the subscription", asked)
	}
}

// Without a network the yes is kept, and the rest happens by itself.
func TestTurnedOnWithoutANetwork(t *testing.T) {
	p, r := reachable(t)
	r.s.with("PUT devices/me/subscription", reply(http.StatusBadGateway, "proxy"))
	expect(t, "without", p.turnsOn(), "waiting")
	r.s.with("PUT devices/me/subscription", r.keep)
	p.syncs()
	expect(t, "with", p.startsAgain(), "on")
	if !strings.HasPrefix(r.endpoints(), "1 first") {
		t.Errorf("put %s", r.endpoints())
	}
}

// What was on and works no more is said on every page, with the way to put it
// right; what was never on is not.
func TestNotificationsThatStopped(t *testing.T) {
	for name, stop := range map[string]string{
		"the browser has no push service any more": "window.present = null; window.broken = true; null",
		"the owner took the permission back":       "window.said = 'denied'; null",
	} {
		t.Run(name, func(t *testing.T) {
			p, _ := reachable(t)
			p.Click(".bottombar a[href='/meetings']")
			p.WaitFor("main[data-view=meetings]")
			if n := p.Count("[data-line=push]"); n != 0 {
				t.Error("the line speaks of what was never wanted")
			}
			p.turnsOn()
			browser.Eval[any](p.Page, stop)
			if state := p.startsAgain(); state != "lost" && state != "denied" {
				t.Errorf("the phone stands at %s", state)
			}
			p.Click(".bottombar a[href='/letters']")
			p.WaitFor("[data-line=push] a[href='/more/notifications']")
		})
	}
}

// A refusal that no later try can change is told as such.
func TestASubscriptionThatTheServerRefuses(t *testing.T) {
	p, r := reachable(t)
	r.s.refuses("PUT devices/me/subscription", http.StatusBadRequest, "error.push_service")
	expect(t, "refused", p.turnsOn(), "lost")
}

// A server without push is not spoken of.
func TestAServerWithoutPush(t *testing.T) {
	p, r := reachable(t)
	r.has("")
	p.syncs()
	expect(t, "the state", p.startsAgain(), "unoffered")
	p.Click(".bottombar a[href='/more']")
	p.WaitFor("a[href='/more/outbox']")
	if p.Count("a[href='/more/notifications']") != 0 {
		t.Error("what can't be had is offered")
	}
}

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

// A phone is asked under the first letter it opens, not at the list; "not now"
// holds for a month, and twice is for good.
func TestAskingUnderALetter(t *testing.T) {
	p, r := reachable(t)
	r.s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Titel", "2": "En mening."}))
	p.syncs()
	p.WaitFor("a.letter-row")
	open := func() {
		p.Click("a.letter-row")
		p.WaitFor("article.letter")
		p.WaitUntil("import('/js/parent/bellcard.js').then(() => true)")
	}
	wait := func(days int) {
		browser.Eval[any](p.Page, fmt.Sprintf(`import('/js/data/db.js').then(async ({ meta, setMeta }) => {
			const asked = await meta('asked')
			await setMeta('asked', { ...asked, last: asked.last - %d * 86400000 })
			return null
		})`, days))
	}
	again := func() {
		p.Click(".bottombar a[href='/letters']")
		p.WaitFor("a.letter-row")
		open()
	}
	open()
	p.WaitFor("[data-asking=off]")
	p.Click("[data-action=not-now]")
	p.WaitGone("[data-asking]")
	wait(31)
	again()
	p.WaitFor("[data-asking=off]")
	p.Click("[data-action=not-now]")
	p.WaitGone("[data-asking]")
	expect(t, "asked", browser.Eval[string](p.Page, `import('/js/data/db.js').then(({ meta }) => meta('asked')).then((asked) => String(asked.times))`), "2")
	if p.Count("[data-asking]") != 0 {
		t.Error("it asks a third time")
	}
}

// Yes under a letter is yes.
func TestYesUnderALetter(t *testing.T) {
	p, r := reachable(t)
	r.s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Titel", "2": "En mening."}))
	p.syncs()
	p.Click("a.letter-row")
	p.Click("[data-action=ring]")
	p.WaitFor("[data-asking=on]")
	expect(t, "put", r.endpoints(), "1 first")
}

// What is chosen about quiet hours is an operation, and is here at once.
func TestChoosingWhenThePhoneRings(t *testing.T) {
	p, r := reachable(t)
	var mu sync.Mutex
	var bodies []string
	r.s.with("POST operations", func(w http.ResponseWriter, request *http.Request) {
		var in struct {
			Operations []struct {
				Op, Kind string
				Body     json.RawMessage
			}
		}
		_ = json.NewDecoder(request.Body).Decode(&in)
		verdicts := []any{}
		mu.Lock()
		for _, o := range in.Operations {
			bodies = append(bodies, o.Kind+" "+string(o.Body))
			verdicts = append(verdicts, object{"op": o.Op, "verdict": "applied"})
		}
		mu.Unlock()
		reply(http.StatusOK, object{"verdicts": verdicts})(w, request)
	})
	p.turnsOn()
	p.Click(".bottombar a[href='/more']")
	p.Click("a[href='/more/notifications']")
	p.WaitFor("[data-push=on]")
	p.Choose("#quiet-from", "22")
	p.WaitUntil("document.querySelector('#quiet-from').value === '22'")
	p.Click("input[name=titles]")
	p.WaitFor("input[name=titles]:checked")
	p.Click("input[name=quiet]")
	p.WaitGone("#quiet-from")
	p.WaitUntil(`import('/js/data/own.js').then((own) => own.waiting()).then(({ waiting }) => waiting === 0)`)
	mu.Lock()
	defer mu.Unlock()
	slices.Sort(bodies)
	expect(t, "the server heard", strings.Join(slices.Compact(bodies), "; "),
		`settings {"quietHours":null,"showTitles":true}; settings {"quietHours":{"from":22,"to":7},"showTitles":false}; settings {"quietHours":{"from":22,"to":7},"showTitles":true}`)
}

// Erasing everything ends the subscription in the browser too.
func TestErasingEndsTheSubscription(t *testing.T) {
	p, r := reachable(t)
	p.turnsOn()
	r.s.with("POST operations", reply(http.StatusBadGateway, "proxy"))
	p.Click(".bottombar a[href='/more']")
	p.Click("a[href='/more/erase']")
	p.Click("[data-action=ask]")
	p.Click("[data-action=erase]")
	p.WaitFor("[data-erased]")
	if !browser.Eval[bool](p.Page, "window.present === null") {
		t.Error("the browser still has its subscription")
	}
}

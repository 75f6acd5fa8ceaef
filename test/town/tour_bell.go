package town

import "folje/test/browser"

// bells plays the browser's part of push in a page, down to a real key pair,
// since no browser that is looked at this way has a push service: a
// subscription that it gives, keeps and ends, and an owner who says yes.
const bells = `(async () => {
	const plain = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
	const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
	const keys = { p256dh: plain(await crypto.subtle.exportKey('raw', pair.publicKey)), auth: plain(crypto.getRandomValues(new Uint8Array(16))) }
	const endpoint = 'https://fcm.googleapis.com/fcm/send/' + crypto.randomUUID()
	let present = null
	window.leave = 'default'
	PushManager.prototype.getSubscription = async () => present
	PushManager.prototype.subscribe = async ({ applicationServerKey }) => present = {
		endpoint, options: { applicationServerKey: applicationServerKey.buffer },
		toJSON: () => ({ endpoint, expirationTime: null, keys }),
		unsubscribe: async () => { present = null; return true },
	}
	Object.defineProperty(Notification, 'permission', { get: () => window.leave, configurable: true })
	Notification.requestPermission = async () => window.leave = 'granted'
	return null
})()`

// redraw has the page look again at what the browser says.
const redraw = `import('/js/data/changes.js').then((changes) => changes.announce()).then(() => null)`

// tourBell asks for notifications under a letter and looks at the screen for
// them in every state, then at what an iPhone needs first.
func (w *Town) tourBell(p *Parent, visit Visit) {
	w.r.Helper()
	p.Navigate(w.URL("/letters"))
	p.WaitFor("a.letter-row")
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	browser.Eval[any](p.Page, bells)
	p.Click("a.letter-row")
	p.WaitFor("[data-asking=off]")
	visit("letter-asks", p.Page)
	p.Click("button | " + p.Say("notify.ask_yes"))
	p.WaitFor("[data-asking=on]")
	p.Click("[data-asking] a")
	p.WaitFor("[data-push=on]")
	visit("notifications", p.Page)
	p.Click("button | " + p.Say("notify.test"))
	p.WaitFor("[data-trial=sent]")
	browser.Eval[any](p.Page, `(navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { rang: 'test' } })), null)`)
	p.WaitFor("[data-trial=arrived]")
	visit("notifications-test", p.Page)
	w.tourBellsOff(p, visit)
	w.tourInstall(p, visit)
}

func (w *Town) tourBellsOff(p *Parent, visit Visit) {
	w.r.Helper()
	browser.Eval[any](p.Page, "window.leave = 'denied'; "+redraw)
	p.WaitFor("[data-push=denied]")
	visit("notifications-denied", p.Page)
	p.Click("a |= " + p.Say("nav.letters"))
	p.WaitFor("[data-line=push]")
	visit("letters-push-off", p.Page)
	p.Click("[data-line=push] a")
	p.WaitFor("[data-push=denied]")
	browser.Eval[any](p.Page, "window.leave = 'granted'; "+redraw)
	p.WaitFor("[data-push=on]")
	p.Click("button | " + p.Say("notify.turn_off"))
	p.WaitFor("[data-push=off]")
	visit("notifications-off", p.Page)
}

// tourInstall goes on in a browser that says that it is Safari's on an iPhone.
func (w *Town) tourInstall(p *Parent, visit Visit) {
	w.r.Helper()
	browser.Eval[any](p.Page, `(Object.defineProperty(navigator, 'userAgent', { get: () => 'iPhone; CPU iPhone OS 17_5 like Mac OS X Version/17.5 Safari/604.1' }), `+redraw+`)`)
	p.WaitFor("[data-push=install]")
	visit("notifications-iphone", p.Page)
	p.Click("a |= " + p.Say("notify.how"))
	p.WaitFor("[data-install=before]")
	visit("install-before", p.Page)
	p.Click("button |= " + p.Say("notify.install_begin"))
	p.WaitFor("[data-install=ready]")
	visit("install", p.Page)
}

package browser_test

import (
	"testing"

	"folje/test/browser"
)

const form = `
<h1>Brev</h1>
<label for=title>Rubrik</label><input id=title value="gammal">
<label>Dag <input type=date id=day></label>
<label>Språk <select id=tongue><option value=sv>svenska<option value=ar>العربية</select></label>
<button id=late disabled>Publicera</button>
<p id=far hidden>…</p><div id=space></div>
<button id=below>Längst   ner</button>
<p id=said></p>`

const formScript = `
const said = document.getElementById('said');
const say = (words) => { said.textContent += words + ';'; };
for (const field of document.querySelectorAll('input, select')) field.addEventListener('change', () => say(field.id + '=' + field.value));
for (const button of document.querySelectorAll('button')) button.addEventListener('click', (e) => say(button.id + (e.isTrusted ? '!' : '?')));
document.getElementById('title').addEventListener('keydown', (e) => say('key ' + e.key));
document.getElementById('space').animate([{ height: '0' }, { height: '3000px' }], { duration: 200, fill: 'forwards' })
  .finished.then(() => { document.getElementById('late').disabled = false; });`

func TestInput(t *testing.T) {
	s := site(t, map[string]string{"/": page(form), "/app.js": formScript})
	for name, device := range map[string]browser.Device{"finger": browser.Phone(), "mouse": browser.Desktop()} {
		t.Run(name, func(t *testing.T) {
			p := shared.Profile(t).Page(device)
			p.Navigate(s.URL + "/")
			p.Fill("label |= Rubrik", "Höstfest på gården")
			p.Press("Tab")
			p.Choose("#day", "2026-11-26")
			p.Choose("label | Språk", "ar")
			p.Click("button | Publicera") // becomes usable later
			p.Click("button |= Längst ner")
			got := p.Text("#said")
			want := "key Tab;title=Höstfest på gården;day=2026-11-26;tongue=ar;late!;below!;"
			if got != want {
				t.Errorf("the page heard %q, want %q", got, want)
			}
			if v := p.Value("#title"); v != "Höstfest på gården" {
				t.Errorf("the field holds %q", v)
			}
			p.Fill("#title", "")
			if v := p.Value("#title"); v != "" {
				t.Errorf("an emptied field holds %q", v)
			}
		})
	}
}

func TestDevice(t *testing.T) {
	s := site(t, map[string]string{"/": page(`<p>x`), "/app.js": ""})
	device := browser.Phone()
	device.Locale = "ar"
	p := shared.Profile(t).Page(device)
	p.Navigate(s.URL + "/")
	type facts struct {
		Width, Ratio, Touches int
		Zone, Language, Agent string
		Dark, Still, Wide     bool
	}
	look := func() facts {
		return browser.Eval[facts](p, `({Width: innerWidth, Ratio: devicePixelRatio, Touches: navigator.maxTouchPoints,
			Zone: Intl.DateTimeFormat().resolvedOptions().timeZone, Language: navigator.language, Agent: navigator.userAgent.match(/Mobile/)?.[0] ?? '',
			Dark: matchMedia('(prefers-color-scheme: dark)').matches, Still: matchMedia('(prefers-reduced-motion)').matches,
			Wide: parseFloat(getComputedStyle(document.body).fontSize) === 32})`)
	}
	want := facts{Width: 360, Ratio: 2, Touches: 5, Zone: "Europe/Stockholm", Language: "ar", Agent: "Mobile"}
	if got := look(); got != want {
		t.Errorf("the phone is %+v, want %+v", got, want)
	}
	p.SetSize(320, 640)
	p.ZoomText(200)
	p.Emulate(browser.Media{Dark: true, ReducedMotion: true})
	want.Width, want.Dark, want.Still, want.Wide = 320, true, true, true
	if got := look(); got != want {
		t.Errorf("the changed phone is %+v, want %+v", got, want)
	}
}

func TestVisibility(t *testing.T) {
	s := site(t, map[string]string{"/": page(`<p id=said>`), "/app.js": `document.addEventListener('visibilitychange', () => { document.getElementById('said').textContent += document.visibilityState + ' '; });`})
	p := shared.Profile(t).Page(browser.Phone())
	p.Navigate(s.URL + "/")
	p.Hide()
	p.Show()
	if got := p.Text("#said"); got != "hidden visible" {
		t.Errorf("the page saw %q", got)
	}
}

func TestDialogs(t *testing.T) {
	s := site(t, map[string]string{"/": page(`<button>Lämna</button><p id=said></p>`), "/app.js": `document.querySelector('button').addEventListener('click', () => { document.getElementById('said').textContent += confirm('Säkert?') + ' '; });`})
	profile := shared.Profile(t)
	p := profile.Page(browser.Phone())
	p.Navigate(s.URL + "/")
	p.Click("button")
	p.WaitFor("#said | true")
	profile.Refuse(true)
	p.Click("button")
	p.WaitFor("#said | true false")
	if asked := profile.Dialogs(); len(asked) != 2 || asked[0] != "confirm: Säkert?" {
		t.Errorf("the page asked %q", asked)
	}
}

// What jumps away between the aim and the click is aimed at again, and what
// came in its place is not pressed.
func TestClickOnMovingPage(t *testing.T) {
	s := site(t, map[string]string{"/": page(`<div id=space></div><button id=goal>Mål</button><p id=said></p><button id=wrong>Fel</button>`), "/app.js": `
		for (const b of document.querySelectorAll('button')) b.addEventListener('click', () => { document.getElementById('said').textContent += b.id + ' '; });
		document.addEventListener('pointerdown', () => { document.getElementById('goal').before(document.getElementById('wrong')); }, { once: true });`})
	p := shared.Profile(t).Page(browser.Desktop())
	p.Navigate(s.URL + "/")
	p.Click("#goal")
	p.WaitFor("#said | goal")
	if got := p.Text("#said"); got != "goal" {
		t.Errorf("pressed were %q", got)
	}
}

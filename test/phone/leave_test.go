package phone_test

import (
	"net/http"
	"strings"
	"testing"

	"folje/test/browser"
)

// Erasing takes everything from the phone at once, tells the server when it
// can, with the secret that only the request still holds, and a phone that
// joins again meanwhile is another.
func TestEverythingIsErased(t *testing.T) {
	p, c := invited(t)
	p.accepts("m1", 1)
	secret := inDB[string](p, `return (await db.get('meta', 'device')).secret`)
	p.s.with("POST operations", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	expect(t, "without the server", own[string](p, `return own.eraseEverything()`), "waiting")
	left := inDB[[]string](p, `const left = []
		for (const store of db.objectStoreNames) for (const row of await db.getAll(store)) left.push(store + ' ' + JSON.stringify(row))
		// What everybody may read is fetched again at once.
		return left.filter((row) => !row.startsWith('meta') && !row.startsWith('feeds') && row !== 'texts {}')`)
	if len(left) != 1 || !strings.Contains(left[0], `"kind":"erase"`) || browser.Eval[bool](p.Page, `localStorage.getItem('folje.phone') !== null`) {
		t.Errorf("what is left: %q", left)
	}
	browser.Eval[any](p.Page, `import('/js/data/device.js').then(({ join }) => join('0123456789', 'sv')).then(() => null)`)
	p.s.with("POST operations", c.answer)
	p.syncs()
	if last := len(c.came) - 1; c.came[last].Kind != "erase" || c.secrets[len(c.secrets)-1] != secret {
		t.Errorf("the server heard %s", c.kinds())
	}
	if now := inDB[string](p, `return (await db.get('meta', 'device')).secret`); now == secret {
		t.Error("the phone that joined is the one that was erased")
	}
	expect(t, "afterwards", p.waits()+", "+own[string](p, `return own.eraseEverything()`), "0 waiting, 0 refused, erased")
}

// Leaving a group needs no network: it is gone here at once, and the server
// hears of it. Joining it again before that takes the leaving back.
func TestLeavingWithoutANetwork(t *testing.T) {
	p, c := invited(t)
	p.s.with("POST operations", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	own[any](p, `await own.leaveGroup('a'); return null`)
	kept := inDB[string](p, `return [...await db.getAllKeys('groups'), ...await db.getAllKeys('records')].join()`)
	expect(t, "left, and kept of it", kept+p.waits(), "1 waiting, 0 refused")
	p.s.says("POST devices/me/groups", object{"groups": []any{object{"id": "a", "name": "A", "unit": object{"id": "u", "name": "U"}}}})
	browser.Eval[any](p.Page, `import('/js/data/device.js').then(({ join }) => join('0123456789', 'sv')).then(() => null)`)
	p.s.with("POST operations", c.answer)
	p.syncs()
	expect(t, "joined again", p.waits()+c.kinds(), "0 waiting, 0 refused")
	own[any](p, `await own.leaveGroup('a'); return null`)
	p.syncs()
	expect(t, "left for good", c.kinds(), "leave 2")
}

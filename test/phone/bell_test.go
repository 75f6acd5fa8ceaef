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

// The number at the app's icon is of recent letters that were not opened here.
func TestTheNumberAtTheIcon(t *testing.T) {
	p, r := reachable(t)
	r.s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2), letter("l2", 1, 2)}, nil, object{"1": "Titel", "2": "En mening."}))
	p.syncs()
	number := func(day string) string {
		return browser.Eval[string](p.Page, fmt.Sprintf(`import('/js/push/badge.js').then((badge) => badge.unopened(Date.parse('%s'))).then(String)`, day))
	}
	expect(t, "after a day", number("2026-11-13"), "2")
	p.Click("a.letter-row")
	p.WaitFor("[data-asking]")
	expect(t, "when one is read", number("2026-11-13"), "1")
	expect(t, "after five weeks", number("2026-12-18"), "0")
}

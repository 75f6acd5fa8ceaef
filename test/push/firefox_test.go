package push_test

import (
	"testing"

	"folje/test/elsewhere"
	"folje/test/push/service"
)

// Firefox rings too: its own subscription, its own delivery, Arabic from right
// to left, and the letter on the phone before it rings.
func TestLetterRingsInFirefox(t *testing.T) {
	services := service.Start(t)
	f := elsewhere.FirefoxWith(t, services.Firefox())
	town := shop.Reaching(t, services.Environ())
	say := func(id string) string { return town.Words("ar", id, nil) }
	f.Navigate(town.URL("/join#" + town.Ways.Invitations[0].Code))
	f.Click("button |= " + say("locale.name"))
	f.Click("button |= " + say("join.submit"))
	f.Click("a |= " + say("join.read"))
	f.Click("a.letter-row:has(h2[dir=rtl])")
	f.Click("[data-action=ring]")
	f.WaitFor("[data-asking=on]")
	f.Navigate(town.URL("/more/notifications"))
	f.Click("input[name=quiet]")
	f.WaitUntil(settled("quiet === null"))

	id := town.Office("editor").Writes(town.Ways.Invitations[0].Group, letter("Ta med en filt till gården."))
	f.WaitUntil(`navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.some((n) =>
		n.title === '` + say("push.letter_title") + `' && n.body === '` + say("push.letter_body") + `' && n.lang === 'ar' && n.dir === 'rtl'))`)
	town.Stop()
	f.Navigate(town.URL("/letters/" + id))
	f.WaitFor("article | Ta med en filt till gården.")
}

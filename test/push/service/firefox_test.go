package service_test

import (
	"testing"

	"github.com/SherClockHolmes/webpush-go"

	"folje/test/elsewhere"
	"folje/test/push/service"
)

// Firefox's own subscribe() and its own delivery go through the stand-in.
func TestFirefox(t *testing.T) {
	services := service.Start(t)
	sender := newSender(t, services)
	w := elsewhere.FirefoxWith(t, services.Firefox())
	w.Navigate(site(t))
	phone := elsewhere.Eval[webpush.Subscription](w, subscribe(sender.public))
	sender.must(phone, "topic", `{"title": "نامه تازه", "lang": "fa", "dir": "rtl"}`)
	w.WaitUntil(`navigator.serviceWorker.ready.then((r) => r.getNotifications())
		.then((all) => all.some((n) => n.title === 'نامه تازه' && n.lang === 'fa' && n.dir === 'rtl'))`)
}

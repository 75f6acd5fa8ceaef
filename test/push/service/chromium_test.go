package service_test

import (
	"net/http"
	"testing"

	"github.com/SherClockHolmes/webpush-go"

	"folje/test/browser"
	"folje/test/push/desktop"
	"folje/test/push/service"
)

// Chromium's own subscribe() and its own delivery go through the stand-in. What
// it shows stands on the desktop and can be pressed.
func TestChromium(t *testing.T) {
	browser.Require(t)
	screen := desktop.Start(t)
	services := service.Start(t)
	sender := newSender(t, services)
	origin := site(t)
	profile := browser.Open(t, t.TempDir(), services.Chromium()...)
	profile.Permit(origin, browser.Granted, "notifications")
	page := profile.Page(browser.Phone())
	page.Navigate(origin)
	phone := browser.Eval[webpush.Subscription](page, subscribe(sender.public))
	shown := page.Notifications()
	sender.must(phone, "", `{"title": "رسالة جديدة", "body": "افتح"}`)
	if n := shown.Next(); n.Title != "رسالة جديدة" || n.Body != "افتح" {
		t.Errorf("the phone shows %+v", n)
	}
	notice := screen.Await("a notification", func(n []desktop.Notice) bool { return len(n) == 1 })[0]
	if notice.Title != "رسالة جديدة" {
		t.Errorf("on the screen stands %+v", notice)
	}
	screen.Press(notice)
	profile.Opened(browser.Phone(), "/pressed")
	screen.Await("nothing any more", func(n []desktop.Notice) bool { return len(n) == 0 })
	if status := sender.send(subscription(services.Subscribe(service.Google, "another")), "", "{}"); status != http.StatusForbidden {
		t.Errorf("sending with another's key is answered with %d", status)
	}
}

package service_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/SherClockHolmes/webpush-go"

	"folje/test/push/service"
)

// sender is a server with VAPID keys that sends as the reference library does.
type sender struct {
	t               *testing.T
	private, public string
	client          *http.Client
}

func newSender(t *testing.T, s *service.Services) *sender {
	t.Helper()
	private, public, err := webpush.GenerateVAPIDKeys()
	if err != nil {
		t.Fatal(err)
	}
	return &sender{t, private, public, &http.Client{Transport: &http.Transport{
		DialContext: s.Dial, TLSClientConfig: &tls.Config{RootCAs: s.Roots()}, ForceAttemptHTTP2: true,
	}}}
}

// send sends a text and answers the status.
func (s *sender) send(to webpush.Subscription, topic, text string) int {
	s.t.Helper()
	answer, err := webpush.SendNotificationWithContext(context.WithoutCancel(s.t.Context()), []byte(text), &to, &webpush.Options{
		HTTPClient: s.client, Subscriber: "https://folje.example", VAPIDPublicKey: s.public, VAPIDPrivateKey: s.private, TTL: 60, Topic: topic, RecordSize: 2560,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if answer.StatusCode != http.StatusCreated {
		s.t.Logf("the service said: %s", said)
	}
	return answer.StatusCode
}

// must sends a text that the service has to take.
func (s *sender) must(to webpush.Subscription, topic, text string) {
	s.t.Helper()
	if status := s.send(to, topic, text); status != http.StatusCreated {
		s.t.Fatalf("sending is answered with %d", status)
	}
}

// subscription is a phone as the library knows it.
func subscription(p *service.Phone) webpush.Subscription {
	return webpush.Subscription{Endpoint: p.Endpoint, Keys: webpush.Keys{P256dh: p.Keys()["p256dh"], Auth: p.Keys()["auth"]}}
}

// site is a page with a worker that shows what is pushed, and opens another when that is
// pressed.
func site(t *testing.T) string {
	t.Helper()
	const worker = `addEventListener('push', (event) => {
		const { title, ...options } = event.data.json()
		event.waitUntil(registration.showNotification(title, options))
	})
	addEventListener('notificationclick', (event) => event.waitUntil(clients.openWindow('/pressed')))
	addEventListener('activate', (event) => event.waitUntil(clients.claim()))`
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sw.js" {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, worker)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><title>t</title><link rel=icon href="data:,"><h1>t</h1>`)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// subscribe is an expression that subscribes in a page.
func subscribe(key string) string {
	return fmt.Sprintf(`navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)
		.then((r) => r.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: %q }))
		.then((s) => s.toJSON())`, key)
}

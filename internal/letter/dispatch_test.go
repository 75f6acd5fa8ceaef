package letter_test

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"folje/internal/letter"
	"folje/internal/outbox"
	"folje/internal/push"

	"github.com/pocketbase/pocketbase/core"
)

// rung is what a push service was handed.
type rung struct{ device, title, body, lang, dir, navigate string }

// service takes every message.
type service chan rung

func (s service) Send(_ context.Context, to push.Subscription, m push.Message) push.Answer {
	var said struct {
		Notification struct{ Title, Body, Lang, Dir, Navigate string }
	}
	if err := json.Unmarshal(m.Payload, &said); err != nil {
		return push.Answer{Outcome: push.TooLarge, Err: err}
	}
	n := said.Notification
	s <- rung{to.Device, n.Title, n.Body, n.Lang, n.Dir, n.Navigate}
	return push.Answer{Outcome: push.Delivered, Status: http.StatusCreated}
}

// next waits for a message.
func (s service) next(t *testing.T) rung {
	t.Helper()
	select {
	case r := <-s:
		return r
	case <-time.After(time.Minute):
		t.Fatal("no phone rang")
		return rung{}
	}
}

// The whole way, with the outbox's own dispatcher between: a letter, its
// correction, its last text in Arabic and its end, each in the reader's words.
func TestLettersRing(t *testing.T) {
	sent := make(service, 10)
	p := openBeside(t, 0, func(p *preschool) {
		outbox.Register(p.app, outbox.Config{
			Kinds: letter.Kinds(p.cfg), Sender: sent, Locales: p.cfg.Locales, Origin: "https://folje.example", Now: p.cfg.Now,
		})
	})
	t.Cleanup(func() { _ = p.app.OnTerminate().Trigger(&core.TerminateEvent{App: p.app}) })
	device := p.reads(t, "ar", true)
	id, base := p.write(nil)
	open := "https://folje.example/letters/" + id
	p.publish(id, base)
	if got, want := sent.next(t), (rung{device, "رسالة جديدة", "«\u2068Föräldramöte om sömn\u2069»", "ar", "rtl", open}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	base = p.retitle(id, base, "Föräldramöte om mat")
	p.publish(id, base)
	if got, want := sent.next(t), (rung{device, "صُحّحت إحدى الرسائل", "«\u2068Föräldramöte om mat\u2069»", "ar", "rtl", open}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	p.translateAll(id, "ar", append([]string{"Föräldramöte om mat"}, sentences[1:]...)...)
	if got, want := sent.next(t), (rung{device, "يمكن الآن قراءة إحدى الرسائل بالعربية", "«\u2068ar: Föräldramöte om mat\u2069»", "ar", "rtl", open}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	p.ask(p.anna, http.MethodPost, staffPath+id+"/withdraw", nil)
	if got, want := sent.next(t), (rung{device, "سُحبت إحدى الرسائل", "لا يلزمك فعل أي شيء.", "ar", "rtl", "https://folje.example/letters"}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// reads is a phone of the blue group that can really be reached, in a locale.
func (p *preschool) reads(t *testing.T, locale string, titles bool) string {
	t.Helper()
	device, subscription := p.phone(t, "a", p.blue)
	device.Set("locale", locale)
	device.Set("titles", titles)
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	subscription.Set("p256dh", base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()))
	subscription.Set("auth", base64.RawURLEncoding.EncodeToString(make([]byte, 16)))
	for _, r := range []*core.Record{device, subscription} {
		if err := p.app.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	return device.Id
}

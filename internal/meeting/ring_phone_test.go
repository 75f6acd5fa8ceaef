package meeting_test

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/meeting"
	"folje/internal/outbox"
	"folje/internal/push"
)

// bells is a push service that tells the test what rings where.
type bells struct {
	phones map[string]string // what a device is called
	rang   chan string
}

func (b bells) Send(_ context.Context, to push.Subscription, m push.Message) push.Answer {
	var said struct {
		Notification struct{ Title, Lang, Body string }
	}
	if err := json.Unmarshal(m.Payload, &said); err != nil {
		return push.Answer{Outcome: push.Refused, Err: err}
	}
	b.rang <- b.phones[to.Device] + ": " + said.Notification.Title
	return push.Answer{Outcome: push.Delivered, Status: http.StatusCreated}
}

// ringing is a preschool whose phones ring.
type ringing struct {
	*preschool
	bells
	clock      atomic.Int64
	dispatcher *outbox.Dispatcher
}

func openRinging(t *testing.T) *ringing {
	t.Helper()
	r := &ringing{bells: bells{map[string]string{}, make(chan string, 100)}}
	r.preschool = open(t, func(p *preschool) {
		cfg := p.cfg
		cfg.Now = func() time.Time { return time.UnixMilli(r.clock.Load()).UTC() } // the dispatcher works beside the test
		r.clock.Store(p.now.UnixMilli())
		r.dispatcher = outbox.Register(p.app, outbox.Config{
			Kinds: meeting.Kinds(cfg), Sender: r.bells, Locales: cfg.Locales, Origin: "https://folje.example", Now: cfg.Now,
		})
	})
	return r
}

// at lets it be that late.
func (r *ringing) at(now time.Time) {
	r.now = now
	r.clock.Store(now.UnixMilli())
	r.dispatcher.Wake()
}

// phone is one of the blue group that can be rung.
func (r *ringing) phone(name, quiet string) phone {
	r.Helper()
	f := r.follow(r.blue)
	r.phones[f.id] = name
	device, err := r.app.FindRecordById("devices", f.id)
	if err != nil {
		r.Fatal(err)
	}
	device.Set("quiet", quiet)
	if err := r.app.Save(device); err != nil {
		r.Fatal(err)
	}
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		r.Fatal(err)
	}
	apptest.MustRecord(r, r.app, "push_subscriptions", map[string]any{
		"device": f.id, "mark": rand.Text(), "service": "https://push.example", "endpoint": "https://push.example/" + rand.Text(),
		"p256dh": base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()), "auth": base64.RawURLEncoding.EncodeToString(make([]byte, 16)),
		"key": "k", "heard": r.now.Format(time.DateOnly),
	})
	return f
}

// expect waits for so many phones to ring, in any order.
func (r *ringing) expect(want ...string) {
	r.Helper()
	var got []string
	for range want {
		select {
		case rang := <-r.rang:
			got = append(got, rang)
		case <-time.After(20 * time.Second):
			r.Fatalf("rang %v, want %v", got, want)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		r.Fatalf("rang\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Each phone rings once for what it slept or waited through, and then for what
// is true. Whatever rang too much would stand before what is expected next.
func TestPhonesRingForAMeeting(t *testing.T) {
	r := openRinging(t)
	r.phone("awake", "off")
	asleep := r.phone("asleep", "12-15")
	id, base := r.publish(nil)
	r.at(r.now.Add(10 * time.Second))
	r.change(id, map[string]any{"place": "Gården"})
	r.at(r.now.Add(30 * time.Second))
	r.expect("awake: Inbjudan till ett möte")
	r.change(id, map[string]any{"place": "Matsalen"})
	r.at(r.now.Add(time.Second))
	r.change(id, map[string]any{"starts": stamp(r.starts.Add(time.Hour)), "ends": ""})
	r.at(r.now.Add(30 * time.Second))
	r.expect("awake: Ett möte har fått ny tid eller plats")
	r.at(time.Date(2026, 11, 8, 14, 0, 0, 0, time.UTC))
	r.expect("asleep: Ett möte har fått ny tid eller plats")

	off, offBase := r.publish(nil)
	r.act(r.anna, off, "cancel", offBase)
	must(t, asleep.answer(id, 1, nil), "applied", "")
	r.at(time.Date(2026, 11, 11, 16, 0, 0, 0, time.UTC))
	r.expect("awake: Påminnelse om ett möte")
	r.act(r.anna, id, "cancel", base+3)
	r.at(r.now.Add(30 * time.Second))
	r.expect("awake: Ett möte är inställt", "asleep: Ett möte är inställt")
	if len(r.rang) > 0 {
		t.Errorf("and then rang %s", <-r.rang)
	}
}

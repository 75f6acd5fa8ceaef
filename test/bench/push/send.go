package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"folje/internal/push"
	"folje/test/bench/side"

	webpush "github.com/SherClockHolmes/webpush-go"
)

const (
	phones     = 1000
	goroutines = 64
)

// way is one way to send, and what it took in each round.
type way struct {
	name     string
	together int // goroutines
	once     func(ctx context.Context, n int) error
	seen     []cost
}

// cost is one round's.
type cost struct {
	perSecond float64
	processor time.Duration // of this process, for one message
}

// sending compares the library's way, ours, and encryption alone.
func sending(ctx context.Context, o options) (text string, err error) {
	target, err := side.StartSink(ctx, o.folder, 0)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, target.Stop()) }()
	// So that the library's default client is what it is by default.
	if err := os.Setenv("SSL_CERT_FILE", target.File); err != nil {
		return "", err
	}
	ours, err := newKeys()
	if err != nil {
		return "", err
	}
	sender := push.NewSender(push.SenderConfig{VAPID: ours, Contact: contact, Services: origins{}, Now: time.Now,
		Dial: (&net.Dialer{}).DialContext, Roots: target.Roots})
	defer sender.Close()
	ways, err := allWays(target, ours, sender)
	if err != nil {
		return "", err
	}
	for round := range o.rounds + 1 { // the first makes the connections
		for _, w := range ways {
			seen, err := w.measure(ctx, o.long)
			if err != nil {
				return "", fmt.Errorf("%s: %w", w.name, err)
			}
			if round > 0 {
				w.seen = append(w.seen, seen)
			}
		}
	}
	return table(o, ways, ours.asked.Load()), nil
}

func allWays(target *side.Sink, k *keys, sender *push.Sender) ([]*way, error) {
	h1, err := newPhones(target.H1, phones)
	if err != nil {
		return nil, err
	}
	h2, err := newPhones(target.H2, phones)
	if err != nil {
		return nil, err
	}
	payload := []byte(`{"web_push":8030,"mutable":true,"notification":{"title":"Ett nytt brev","body":"Öppna Följe för att läsa det.","navigate":"https://folje.example/letters/k3v9x2m7q1w8z4b","lang":"sv","dir":"ltr","tag":"letter-k3v9x2m7q1w8z4b","data":{"id":"q7m2x9k4v1w8z3b"}}}`)
	library := func(all []*webpush.Subscription) func(context.Context, int) error {
		return func(_ context.Context, n int) error { return viaLibrary(k, payload, all[n%phones]) }
	}
	l1, l2 := library(ofLibrary(h1)), library(ofLibrary(h2))
	message := push.Message{Payload: payload, TTL: 14 * 24 * time.Hour, Topic: strings.Repeat("t", 32), Urgent: true}
	return []*way{
		{name: "library, plain loop, HTTP/1.1", together: 1, once: l1},
		{name: "library, goroutines, HTTP/1.1", together: goroutines, once: l1},
		{name: "library, plain loop, HTTP/2", together: 1, once: l2},
		{name: "library, goroutines, HTTP/2", together: goroutines, once: l2},
		{name: "ours, HTTP/2", together: goroutines, once: func(ctx context.Context, n int) error {
			return sender.Send(ctx, h2[n%phones], message).Err
		}},
		{name: "encryption alone", together: runtime.GOMAXPROCS(0), once: func(_ context.Context, n int) error {
			_, err := push.Encrypt(h2[n%phones], payload)
			return err
		}},
	}, nil
}

// viaLibrary is the library's own example: its default client, one message.
func viaLibrary(k *keys, payload []byte, to *webpush.Subscription) error {
	res, err := webpush.SendNotification(slices.Clip(payload), to, &webpush.Options{Subscriber: contact, TTL: 14 * 24 * 3600,
		Topic: strings.Repeat("t", 32), Urgency: webpush.UrgencyHigh, VAPIDPublicKey: k.shown, VAPIDPrivateKey: k.secret})
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusCreated {
		return fmt.Errorf("answered %s", res.Status)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}

// measure sends for so long.
func (w *way) measure(ctx context.Context, long time.Duration) (cost, error) {
	runtime.GC() // what others left behind is not this one's
	var sent atomic.Int64
	var first error
	var mu sync.Mutex
	var all sync.WaitGroup
	used, err := processor()
	if err != nil {
		return cost{}, err
	}
	begun := time.Now()
	for range w.together {
		all.Go(func() {
			for time.Since(begun) < long {
				if err := w.once(ctx, int(sent.Add(1))); err != nil {
					mu.Lock()
					first = cmp.Or(first, err)
					mu.Unlock()
					return
				}
			}
		})
	}
	all.Wait()
	took := time.Since(begun)
	after, err := processor()
	n := sent.Load()
	return cost{float64(n) / took.Seconds(), (after - used) / time.Duration(n)}, errors.Join(first, err)
}

// processor is the time that this process has had of the processors.
func processor() (time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, fmt.Errorf("ask for the processor's time: %w", err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}

package app

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"

	"folje/internal/access"
	"folje/internal/outbox"
	"folje/internal/push"
	"folje/internal/shard"

	"github.com/pocketbase/pocketbase/core"
)

// Push is how phones are reached.
type Push struct {
	// Contact is whom push services turn to, such as https://folje.example or
	// mailto:somebody@example.org ([push.CheckContact]); without one phones are
	// not reached, and not asked to be.
	Contact string
	// Services are what is sent to; nil is [push.DefaultServices].
	Services *push.Services
	// Dial and Roots take the place of guarded connections and of the system's
	// authorities: for tests.
	Dial  func(ctx context.Context, network, addr string) (net.Conn, error)
	Roots *x509.CertPool
}

// phones is what the features need of push.
type phones struct {
	vapid    *push.VAPID
	services push.Services
	sender   outbox.Sender // nil rings nobody
	relay    *shard.Relay  // the sender, where workers ring phones
	key      string        // what phones subscribe with; "" where they don't
	secret   []byte        // of topics

	dispatcher *outbox.Dispatcher // set once it is there
}

// openPhones opens the data folder's keys, and makes what sends.
func openPhones(app core.App, cfg Config) (*phones, error) {
	vapid, err := push.OpenVAPID(app.DataDir())
	if err != nil {
		return nil, err
	}
	p := &phones{vapid: vapid, services: push.DefaultServices(), sender: cfg.Sender}
	if cfg.Push.Services != nil {
		p.services = *cfg.Push.Services
	}
	if p.secret, err = vapid.TopicKey(); err != nil {
		return nil, err
	}
	if cfg.Push.Contact == "" {
		return p, nil
	}
	if err := push.CheckContact(cfg.Push.Contact); err != nil {
		return nil, err
	}
	p.key = vapid.Current().Public
	switch {
	case p.sender != nil:
	case cfg.Cluster != nil:
		p.relay = cfg.Cluster.relay(app, cfg, p)
		p.sender = p.relay
	default:
		p.sender = openSender(app, cfg, p)
	}
	return p, nil
}

// openSender makes what sends, whose connections end with the app.
func openSender(app core.App, cfg Config, p *phones) *push.Sender {
	sender := push.NewSender(push.SenderConfig{
		VAPID: p.vapid, Contact: cfg.Push.Contact, Services: p.services, Now: cfg.Now,
		Dial: cfg.Push.Dial, Roots: cfg.Push.Roots,
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		defer sender.Close()
		return e.Next()
	})
	return sender
}

func (p *phones) register(app core.App, cfg Config, index *access.Index) {
	push.Register(app, push.Config{
		Locales: cfg.Locales, VAPID: p.vapid, Services: p.services, Now: cfg.Now, StillThere: access.StillThere,
		Authenticate: func(r *http.Request) (string, error) {
			device, err := index.Authenticate(r)
			if err != nil {
				return "", err
			}
			return device.ID, nil
		},
		Test: func(tx core.App, device, id string) error { return outbox.AddTest(tx, device, id, cfg.Now()) },
	})
}

func (p *phones) topic(subscription, tag string) string {
	return push.Topic(p.secret, subscription, tag)
}

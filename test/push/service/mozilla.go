package service

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// mozilla is what Firefox knows of Mozilla's service: one WebSocket over which
// it subscribes and messages come.
type mozilla struct {
	box *mailbox
	web *httptest.Server

	mu       sync.Mutex
	line     *websocket.Conn
	channels map[*box]string
}

func newMozilla(m *mailbox) *mozilla {
	z := &mozilla{box: m, channels: map[*box]string{}}
	z.web = httptest.NewServer(http.HandlerFunc(z.serve))
	return z
}

func (z *mozilla) url() string { return "ws" + strings.TrimPrefix(z.web.URL, "http") + "/" }

// said is what Firefox says.
type said struct {
	Type    string `json:"messageType"`
	UAID    string `json:"uaid"`
	Channel string `json:"channelID"`
	Key     string `json:"key"` // the VAPID key of a subscription
	Updates []struct {
		Version string `json:"version"`
	} `json:"updates"`
}

// answer is what Firefox is told.
type answer map[string]any

func (z *mozilla) serve(w http.ResponseWriter, r *http.Request) {
	line, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // Firefox sends no Origin of ours
		Subprotocols:       []string{"push-notification"},
	})
	if err != nil {
		return
	}
	defer func() { _ = line.CloseNow() }()
	for {
		var s said
		if err := wsjson.Read(r.Context(), line, &s); err != nil {
			return
		}
		if err := z.hear(r.Context(), line, s); err != nil {
			return
		}
	}
}

func (z *mozilla) hear(ctx context.Context, line *websocket.Conn, s said) error {
	switch s.Type {
	case "hello":
		return z.hello(ctx, line, s.UAID)
	case "register":
		return z.register(ctx, line, s)
	case "unregister":
		z.unregister(s.Channel)
		return wsjson.Write(ctx, line, answer{"messageType": "unregister", "channelID": s.Channel, "status": http.StatusOK})
	case "ack":
		for _, u := range s.Updates {
			z.box.received(u.Version)
		}
	case "ping":
		return wsjson.Write(ctx, line, answer{"messageType": "ping"})
	}
	return nil
}

// hello greets a Firefox, which keeps its name, and sends what waits.
func (z *mozilla) hello(ctx context.Context, line *websocket.Conn, name string) error {
	if name == "" {
		name = token()
	}
	err := wsjson.Write(ctx, line, answer{
		"messageType": "hello", "status": http.StatusOK, "uaid": name, "use_webpush": true, "broadcasts": answer{},
	})
	if err != nil {
		return err
	}
	z.mu.Lock()
	z.line = line
	z.mu.Unlock()
	for _, p := range z.box.waiting(func(b *box) bool { return z.channel(b) != "" }) {
		z.send(p)
	}
	return nil
}

func (z *mozilla) channel(b *box) string {
	z.mu.Lock()
	defer z.mu.Unlock()
	return z.channels[b]
}

func (z *mozilla) register(ctx context.Context, line *websocket.Conn, s said) error {
	key := strings.TrimRight(s.Key, "=")
	b := z.box.open("https://"+mozillaHost+"/wpush/v2/", key, z.send)
	z.mu.Lock()
	z.channels[b] = s.Channel
	z.mu.Unlock()
	return wsjson.Write(ctx, line, answer{
		"messageType": "register", "channelID": s.Channel, "status": http.StatusOK, "pushEndpoint": b.endpoint,
	})
}

func (z *mozilla) unregister(channel string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	for b, c := range z.channels {
		if c == channel {
			z.box.close(b.endpoint)
			delete(z.channels, b)
		}
	}
}

// send sends a parcel once over the line, if Firefox is there; else it waits.
func (z *mozilla) send(p *parcel) {
	z.mu.Lock()
	line, channel := z.line, z.channels[p.box]
	again := p.over == line
	p.over = line
	z.mu.Unlock()
	if line == nil || again {
		return
	}
	_ = wsjson.Write(context.Background(), line, answer{
		"messageType": "notification", "channelID": channel, "version": p.id,
		"data":    base64.RawURLEncoding.EncodeToString(p.message.Body),
		"headers": answer{"encoding": "aes128gcm"},
	})
}

func (z *mozilla) close() {
	z.mu.Lock()
	if z.line != nil {
		_ = z.line.CloseNow()
	}
	z.mu.Unlock()
	z.web.Close()
}

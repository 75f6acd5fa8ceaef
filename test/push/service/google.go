package service

import (
	"bufio"
	"crypto/tls"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Where Chromium checks in and registers.
const (
	checkinPath  = "/checkin"
	registerPath = "/register"
)

// google is what Chromium knows of Google's service: it checks in, registers
// for each subscription, and keeps a line open over which messages come (MCS).
// Chromium often drops its first connection, so what it has not said it has is
// sent again over the next.
type google struct {
	box  *mailbox
	line net.Listener

	mu   sync.Mutex
	conn net.Conn
	apps map[*box]url.Values // how each subscription was registered
	open map[net.Conn]bool
}

// newGoogle opens the line; routes says the rest.
func newGoogle(m *mailbox, certificate tls.Certificate) (*google, error) {
	line, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}})
	if err != nil {
		return nil, fmt.Errorf("listen for Chromium: %w", err)
	}
	g := &google{box: m, line: line, apps: map[*box]url.Values{}, open: map[net.Conn]bool{}}
	go g.accept()
	return g, nil
}

func (g *google) routes(mux *http.ServeMux) {
	mux.HandleFunc(checkinPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-protobuffer")
		// stats_ok, time_msec, digest, android_id, security_token, version_info
		answer := stanza(nil).number(1, 1).number(3, uint64(time.Now().UnixMilli())).text(4, "d").
			fixed(7, 4711).fixed(8, 815).text(11, "v1")
		_, _ = w.Write(answer)
	})
	mux.HandleFunc(registerPath, g.register)
}

// register makes a subscription, or ends one. Chromium puts the VAPID key in
// as the sender.
func (g *google) register(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "Error=INVALID_PARAMETERS", http.StatusBadRequest)
		return
	}
	const prefix = "https://" + googleHost + "/fcm/send/"
	if r.Form.Get("delete") == "true" {
		g.unregister(r.Form)
		fmt.Fprintf(w, "token=%s", r.Form.Get("app"))
		return
	}
	b := g.box.open(prefix, r.Form.Get("sender"), g.send)
	g.mu.Lock()
	g.apps[b] = r.Form
	g.mu.Unlock()
	fmt.Fprintf(w, "token=%s", b.endpoint[len(prefix):])
}

// unregister ends the subscriptions of an instance, which Chromium names in
// each of its registrations.
func (g *google) unregister(form url.Values) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for b, app := range g.apps {
		if app.Get("X-subtype") == form.Get("X-subtype") {
			g.box.close(b.endpoint)
			delete(g.apps, b)
		}
	}
}

func (g *google) accept() {
	for {
		conn, err := g.line.Accept()
		if err != nil {
			return
		}
		g.mu.Lock()
		g.open[conn] = true
		g.mu.Unlock()
		go g.serve(conn)
	}
}

// The kinds of stanzas.
const (
	ping     = 0
	pong     = 1
	login    = 2
	loggedIn = 3
	data     = 8
)

// version is what both sides say first.
const version = 41

// serve listens to a Chromium until it hangs up.
func (g *google) serve(conn net.Conn) {
	defer g.hangUp(conn)
	in := bufio.NewReader(conn)
	if _, err := in.ReadByte(); err != nil { // its version
		return
	}
	for {
		kind, s, err := readStanza(in)
		if err != nil {
			return
		}
		switch kind {
		case ping:
			g.write(conn, frame(pong, nil))
		case login:
			const received = 10
			ids, err := s.texts(received)
			if err != nil {
				return
			}
			g.welcome(conn, ids)
		}
	}
}

func readStanza(in *bufio.Reader) (kind byte, s stanza, err error) {
	if kind, err = in.ReadByte(); err != nil {
		return 0, nil, err
	}
	size, err := binary.ReadUvarint(in)
	if err != nil {
		return 0, nil, err
	}
	s = make(stanza, min(size, 1<<20))
	_, err = io.ReadFull(in, s)
	return kind, s, err
}

func frame(kind byte, s stanza) []byte {
	return append(binary.AppendUvarint([]byte{kind}, uint64(len(s))), s...)
}

// welcome answers a login, and sends what waits.
func (g *google) welcome(conn net.Conn, has []string) {
	g.box.received(has...)
	hello := stanza(nil).text(1, "chrome").number(8, uint64(time.Now().UnixMilli()))
	g.write(conn, append([]byte{version}, frame(loggedIn, hello)...))
	g.mu.Lock()
	g.conn = conn
	g.mu.Unlock()
	for _, p := range g.box.waiting(g.own) {
		g.send(p)
	}
}

func (g *google) own(b *box) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.apps[b] != nil
}

// send sends a parcel once over the line, if it is open.
func (g *google) send(p *parcel) {
	g.mu.Lock()
	conn, app := g.conn, g.apps[p.box]
	again := p.over == conn
	p.over = conn
	g.mu.Unlock()
	if conn == nil || app == nil || again {
		return
	}
	// id, from, category, two of app_data, persistent_id, ttl, sent, raw_data
	s := stanza(nil).text(2, p.id).text(3, app.Get("sender")).text(5, app.Get("app")).
		pair(7, "subtype", app.Get("X-subtype")).pair(7, "content-encoding", "aes128gcm").
		text(9, p.id).number(17, uint64(p.message.TTL.Seconds())).number(18, uint64(time.Now().UnixMilli())).
		bytes(21, p.message.Body)
	g.write(conn, frame(data, s))
}

// write writes whole frames; a line that broke is noticed by its reader.
func (g *google) write(conn net.Conn, frame []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	_, _ = conn.Write(frame)
}

func (g *google) hangUp(conn net.Conn) {
	_ = conn.Close()
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.open, conn)
	if g.conn == conn {
		g.conn = nil
	}
}

func (g *google) close() {
	_ = g.line.Close()
	g.mu.Lock()
	defer g.mu.Unlock()
	for conn := range g.open {
		_ = conn.Close()
	}
}

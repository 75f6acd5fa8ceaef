package push

import (
	"crypto/tls"
	"net/http"
	"sync/atomic"
	"time"
)

// A lane has one HTTP/2 connection to each service, and carries so many messages
// at once: somewhat less than the 100 that RFC 9113 asks servers to allow at
// least. Where a connection is full, net/http would open another for each
// message that waits, beyond its own bound; and told not to
// (StrictMaxConcurrentRequests of Go 1.26), it waits for ever.
const (
	lanes    = 6
	laneRoom = 90
)

// maxConns is for a service that has no HTTP/2, and bounds how many connections
// are tried when many messages come at once and there is none yet.
const maxConns = 2

// Bounds of a connection and of an answer. A service's stream is kept small:
// what it says beside the status is not wanted.
const (
	answerTimeout = 20 * time.Second
	idleTimeout   = 4 * time.Minute
	pingAfter     = 15 * time.Second // of silence
	maxHeader     = 16 << 10
	maxAnswer     = 4 << 10
	window        = 64 << 10
)

// lane is a set of connections, one to each service.
type lane struct {
	*http.Transport
	aboard atomic.Int64
}

// enter takes the first lane that has room, so that few messages need few
// connections.
func (s *Sender) enter() *lane {
	for i := range s.lanes[:lanes-1] {
		l := &s.lanes[i]
		if l.aboard.Add(1) <= laneRoom {
			return l
		}
		l.leave()
	}
	last := &s.lanes[lanes-1]
	last.aboard.Add(1)
	return last
}

func (l *lane) leave() { l.aboard.Add(-1) }

func newTransport(cfg SenderConfig, dial dialler) *http.Transport {
	return &http.Transport{
		DialContext:            withCount(dial),
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: cfg.Roots},
		TLSHandshakeTimeout:    min(dialTimeout, cfg.Timeout),
		ResponseHeaderTimeout:  min(answerTimeout, cfg.Timeout),
		IdleConnTimeout:        idleTimeout,
		MaxIdleConnsPerHost:    maxConns,
		MaxConnsPerHost:        maxConns,
		MaxResponseHeaderBytes: maxHeader,
		DisableCompression:     true,
		ForceAttemptHTTP2:      true,
		HTTP2: &http.HTTP2Config{
			MaxReceiveBufferPerStream:     window,
			MaxReceiveBufferPerConnection: 2 * window,
			SendPingTimeout:               pingAfter,
			PingTimeout:                   dialTimeout,
			WriteByteTimeout:              dialTimeout,
		},
	}
}

package push

import (
	"context"
	"crypto/tls"
	"net"
	"net/http/httptrace"
	"sync/atomic"
)

// mostStuck is how many messages of one connection may be answered and still
// wait to be let go.
const mostStuck = 128

// counted is a connection that knows how many of its messages were answered
// while net/http still holds them. It does so for ever where an HTTP/2 service
// answers before it has read, and then gives no more room to write; nothing but
// the connection's end frees them.
type counted struct {
	net.Conn
	waiting atomic.Int64
}

// withCount makes dialled connections count.
func withCount(dial dialler) dialler {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &counted{Conn: conn}, nil
	}
}

type dialler = func(ctx context.Context, network, addr string) (net.Conn, error)

// traced notes on which connection the message goes.
func (b *sealed) traced(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		secure, ok := info.Conn.(*tls.Conn)
		if !ok {
			return
		}
		if conn, ok := secure.NetConn().(*counted); ok {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.conn = conn
		}
	}})
}

// answered counts the message where it is held still, and ends a connection
// that has too many. The caller holds the lock.
func (b *sealed) answered() {
	if b.held == 0 || b.conn == nil || b.stuck != nil {
		return
	}
	b.stuck = b.conn
	if b.stuck.waiting.Add(1) > mostStuck {
		_ = b.stuck.Close()
	}
}

// letGo says that one of the message's readers is held no more. The caller
// holds the lock.
func (b *sealed) letGo() {
	if b.held--; b.held == 0 && b.stuck != nil {
		b.stuck.waiting.Add(-1)
		b.stuck = nil
	}
}

package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
)

// gathering is a listener whose connections can send an answer's header together
// with its body. net/http sends the first 4 KiB of an answer by itself, and a
// phone's system wakes for them only to wait for the rest: twice the calls and
// packets for a feed that is known whole.
type gathering struct{ net.Listener }

// Accept implements net.Listener.
func (l gathering) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if tcp, ok := c.(*net.TCPConn); ok && err == nil {
		return &gatherer{TCPConn: tcp}, nil
	}
	return c, err
}

// gatherer is one of its connections. Only the goroutine that serves it writes.
type gatherer struct {
	*net.TCPConn
	waits bool   // the next write has another behind it
	held  []byte // what was written meanwhile; nil for nothing
}

// Write implements net.Conn.
func (c *gatherer) Write(p []byte) (int, error) {
	switch {
	case c.waits:
		c.waits, c.held = false, append([]byte(nil), p...) // net/http fills its buffer anew
		return len(p), nil
	case c.held != nil:
		before := len(c.held)
		both := net.Buffers{c.held, p}
		c.held = nil
		sent, err := both.WriteTo(c.TCPConn)
		return max(int(sent)-before, 0), err
	}
	return c.TCPConn.Write(p)
}

// together calls write, and sends what is written first with what comes next.
// Whatever write does, nothing is held any more when together returns.
func (c *gatherer) together(write func()) {
	c.waits = true
	write()
	if c.waits = false; c.held != nil {
		held := c.held
		c.held = nil
		_, _ = c.TCPConn.Write(held) // where that fails, what net/http writes next does too
	}
}

// gathered is the length from which an answer's body surely needs a write of its
// own, in bytes: twice net/http's buffer.
const gathered = 8 << 10

type gathererKey struct{}

// gather opens the server's port, unless there is a listener, and has it listen
// through gathering. A server without an address is left alone. To be called
// before PocketBase listens; close is for a start that fails.
func gather(s *http.Server, listener *net.Listener) (close func() error, err error) {
	if *listener == nil && s.Addr == "" {
		return func() error { return nil }, nil
	}
	if *listener == nil {
		if *listener, err = net.Listen("tcp", s.Addr); err != nil {
			return nil, fmt.Errorf("listen: %w", err)
		}
	}
	opened := gathering{*listener}
	*listener = opened
	before := s.ConnContext
	s.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		if before != nil {
			ctx = before(ctx, c)
		}
		if g, ok := c.(*gatherer); ok {
			ctx = context.WithValue(ctx, gathererKey{}, g)
		}
		return ctx
	}
	return func() error {
		if err := opened.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	}, nil
}

// writeWhole writes a body that is known whole, where there is a header.
func writeWhole(w http.ResponseWriter, r *http.Request, body []byte) {
	c, ok := r.Context().Value(gathererKey{}).(*gatherer)
	if !ok || len(body) < gathered {
		_, _ = w.Write(body)
		return
	}
	c.together(func() { _, _ = w.Write(body) })
}

package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// ErrClosed is wrapped by every call on a browser that has ended.
var ErrClosed = errors.New("the browser has ended")

// message is any of DevTools' three: a call, its answer, an event.
type message struct {
	ID      int64           `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *protocolError  `json:"error,omitempty"`
}

type protocolError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    string `json:"data"`
}

func (e *protocolError) Error() string {
	if e.Data == "" {
		return e.Message
	}
	return e.Message + ": " + e.Data
}

// conn speaks DevTools over a pair of pipes: JSON messages ended by a NUL.
// Answers go straight to their callers; events are handed to handle one after
// the other, so that a handler may make calls.
type conn struct {
	w      io.Writer
	events *queue

	mu      sync.Mutex
	last    int64
	pending map[int64]chan message
	closed  bool
}

// newConn starts reading. It stops when r ends, and then fails what waits.
func newConn(r io.Reader, w io.Writer, handle func(message)) *conn {
	c := &conn{w: w, events: newQueue(), pending: map[int64]chan message{}}
	go c.read(r)
	go c.events.run(handle)
	return c
}

func (c *conn) read(r io.Reader) {
	lines := bufio.NewReaderSize(r, 1<<20)
	for {
		line, err := lines.ReadBytes(0)
		if err != nil {
			c.end()
			return
		}
		var m message
		if json.Unmarshal(line[:len(line)-1], &m) == nil {
			c.route(m)
		}
	}
}

func (c *conn) route(m message) {
	if m.ID == 0 {
		c.events.put(m)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if answer, ok := c.pending[m.ID]; ok {
		delete(c.pending, m.ID)
		answer <- m
	}
}

func (c *conn) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	for id, answer := range c.pending {
		delete(c.pending, id)
		close(answer)
	}
	c.events.close()
}

// call sends one command and decodes its result into out, unless out is nil.
// An empty session speaks to the browser itself.
func (c *conn) call(ctx context.Context, session, method string, params, out any) error {
	answer, id, err := c.send(session, method, params)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case m, ok := <-answer:
		switch {
		case !ok:
			return fmt.Errorf("%s: %w", method, ErrClosed)
		case m.Error != nil:
			return fmt.Errorf("%s: %w", method, m.Error)
		case out == nil:
			return nil
		}
		if err := json.Unmarshal(m.Result, out); err != nil {
			return fmt.Errorf("decode the answer of %s: %w", method, err)
		}
		return nil
	case <-ctx.Done():
		c.forget(id)
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

func (c *conn) send(session, method string, params any) (chan message, int64, error) {
	if params == nil {
		params = struct{}{}
	}
	raw, err := json.Marshal(params)
	if err != nil {
		return nil, 0, fmt.Errorf("encode: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, 0, ErrClosed
	}
	c.last++
	line, err := json.Marshal(message{ID: c.last, Session: session, Method: method, Params: raw})
	if err != nil {
		return nil, 0, fmt.Errorf("encode: %w", err)
	}
	answer := make(chan message, 1)
	c.pending[c.last] = answer
	if _, err := c.w.Write(append(line, 0)); err != nil {
		delete(c.pending, c.last)
		return nil, 0, fmt.Errorf("write: %w", err)
	}
	return answer, c.last, nil
}

func (c *conn) forget(id int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.pending, id)
}

// settle returns when every event that the browser had sent by now is handled.
func (c *conn) settle(ctx context.Context) error {
	if err := c.call(ctx, "", "Browser.getVersion", nil, nil); err != nil {
		return err
	}
	return c.events.flush(ctx)
}

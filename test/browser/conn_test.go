package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"testing"
)

// fake plays the browser's side of the pipes.
type fake struct {
	commands *bufio.Reader
	answers  *io.PipeWriter
}

func converse(handle func(message)) (*conn, *fake) {
	fromBrowser, answers := io.Pipe()
	commands, toBrowser := io.Pipe()
	return newConn(fromBrowser, toBrowser, handle), &fake{bufio.NewReader(commands), answers}
}

func (f *fake) hear(t *testing.T) message {
	t.Helper()
	line, err := f.commands.ReadBytes(0)
	if err != nil {
		t.Fatal(err)
	}
	var m message
	if err := json.Unmarshal(line[:len(line)-1], &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func (f *fake) say(t *testing.T, line string) {
	t.Helper()
	if _, err := io.WriteString(f.answers, line+"\x00"); err != nil {
		t.Fatal(err)
	}
}

func TestConnAnswers(t *testing.T) {
	c, far := converse(func(message) {})
	go func() {
		m := far.hear(t)
		far.say(t, `not JSON`)
		far.say(t, `{"id":99,"result":{}}`)
		if m.Method != "A.b" || m.Session != "s" || string(m.Params) != `{"x":1}` {
			t.Errorf("the browser heard %+v", m)
		}
		far.say(t, `{"id":1,"result":{"y":2}}`)
		far.hear(t)
		far.say(t, `{"id":2,"error":{"code":-1,"message":"no","data":"why"}}`)
	}()
	var out struct{ Y int }
	if err := c.call(t.Context(), "s", "A.b", map[string]int{"x": 1}, &out); err != nil || out.Y != 2 {
		t.Errorf("answered %+v, %v", out, err)
	}
	var p *protocolError
	if err := c.call(t.Context(), "", "A.c", nil, nil); !errors.As(err, &p) || err.Error() != "A.c: no: why" {
		t.Errorf("a refused call says %v", err)
	}
}

func TestConnEnds(t *testing.T) {
	c, far := converse(func(message) {})
	go func() {
		far.hear(t)
		_ = far.answers.Close()
	}()
	if err := c.call(t.Context(), "", "A.b", nil, nil); !errors.Is(err, ErrClosed) {
		t.Errorf("a call during the end says %v", err)
	}
	if err := c.call(t.Context(), "", "A.b", nil, nil); !errors.Is(err, ErrClosed) {
		t.Errorf("a call after the end says %v", err)
	}
}

func TestConnGivesUp(t *testing.T) {
	c, far := converse(func(message) {})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		far.hear(t)
		cancel()
	}()
	if err := c.call(ctx, "", "A.b", nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a call given up says %v", err)
	}
}

func TestEventsInOrder(t *testing.T) {
	var heard []string
	c, far := converse(func(m message) { heard = append(heard, m.Method) })
	go func() {
		far.say(t, `{"method":"A.one"}`)
		far.say(t, `{"method":"A.two"}`)
		far.hear(t)
		far.say(t, `{"id":1,"result":{}}`)
	}()
	if err := c.settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(heard) != 2 || heard[0] != "A.one" || heard[1] != "A.two" {
		t.Errorf("handled %v", heard)
	}
}

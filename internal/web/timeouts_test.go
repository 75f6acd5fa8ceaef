package web_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"folje/internal/web"
)

// brief makes one timeout short and leaves the others longer than any test.
func brief(shorten func(*web.Timeouts)) func(*web.Config) {
	return func(c *web.Config) {
		c.Timeouts = web.Timeouts{Header: time.Hour, Read: time.Hour, Write: time.Hour, Idle: time.Hour, HeaderBytes: 8 << 10}
		shorten(&c.Timeouts)
	}
}

const shortly = 50 * time.Millisecond

func TestAHeaderThatNeverEndsIsHungUpOn(t *testing.T) {
	r := run(t, brief(func(t *web.Timeouts) { t.Header = shortly }))
	if got := dial(t, r.addr).talk("GET / HTTP/1.1\r\nHost: folje.exam"); strings.Contains(got, " 200 ") {
		t.Errorf("%q", got)
	}
	if got := dial(t, r.addr).rest(); got != "" {
		t.Errorf("to silence: %q", got)
	}
}

func TestABodyThatNeverEndsIsHungUpOn(t *testing.T) {
	r := run(t, brief(func(t *web.Timeouts) { t.Read = shortly }))
	onlyAnswer(t, dial(t, r.addr).talk(head("POST", v1+"bind", json, "Content-Length: 100")+`{"a":`), 400)
	onlyAnswer(t, dial(t, r.addr).talk(inChunks("POST", v1+"bind", `{"a":`)), 400)
}

func TestAnIdleConnectionIsHungUpOn(t *testing.T) {
	r := run(t, brief(func(t *web.Timeouts) { t.Idle = shortly }))
	if got := answers(t, dial(t, r.addr).talk(head("GET", "/healthz")), "GET"); len(got) != 1 || got[0].Close {
		t.Errorf("%d answers", len(got))
	}
}

// Whoever doesn't read her answer loses it: the handler gets an error instead
// of waiting for ever.
func TestAReaderThatStopsIsHungUpOn(t *testing.T) {
	r := run(t, brief(func(t *web.Timeouts) { t.Write = shortly }))
	l := dial(t, r.addr)
	if _, err := io.WriteString(l, head("GET", v1+"big")); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-r.big:
		if err == nil {
			t.Error("64 MB were written to nobody")
		}
	case <-time.After(patience):
		t.Fatal("the handler still waits")
	}
	if got := l.rest(); len(got) > 60<<20 {
		t.Errorf("%d bytes came", len(got))
	}
}

func TestAHeaderOverTheLimitIsRefused(t *testing.T) {
	r := run(t, brief(func(t *web.Timeouts) {}))
	got := dial(t, r.addr).talk(head("GET", "/", "X: "+strings.Repeat("a", 32<<10)))
	if !strings.HasPrefix(got, "HTTP/1.1 431 ") {
		t.Errorf("%.100q", got)
	}
}

func TestTheDefaultsEndEverything(t *testing.T) {
	for _, d := range []time.Duration{web.DefaultTimeouts.Header, web.DefaultTimeouts.Read, web.DefaultTimeouts.Write, web.DefaultTimeouts.Idle} {
		if d <= 0 || d > 5*time.Minute {
			t.Errorf("%v", d)
		}
	}
}

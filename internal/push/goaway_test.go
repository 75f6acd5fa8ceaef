package push

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// The types of HTTP/2's frames that matter here (RFC 9113, section 6), and how
// long the head of a frame is.
const (
	frameHeaders  = 1
	frameSettings = 4
	frameGoAway   = 7
	frameHead     = 9
	preface       = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
)

// asked speaks HTTP/2 just enough to have each request's stream handled, until
// that says no or the connection ends.
func asked(c net.Conn, handle func(stream []byte) bool) {
	if _, err := io.ReadFull(c, make([]byte, len(preface))); err != nil {
		return
	}
	_, _ = c.Write([]byte{3: frameSettings, frameHead - 1: 0})
	for head := make([]byte, frameHead); ; {
		if _, err := io.ReadFull(c, head); err != nil {
			return
		}
		length := int64(binary.BigEndian.Uint32(head) >> 8)
		if _, err := io.CopyN(io.Discard, c, length); err != nil {
			return
		}
		if head[3] == frameHeaders && !handle(head[5:frameHead]) {
			return
		}
	}
}

// A service that wants none of the requests on any connection is not asked
// again and again for as long as a message may take.
func TestGoAwayForEver(t *testing.T) {
	s := rawServiceOf(t, "h2", func(c net.Conn) {
		asked(c, func([]byte) bool { // none was looked at, and no error
			_, _ = c.Write([]byte{2: 8, frameGoAway, frameHead + 7: 0})
			return false
		})
	})
	fails(t, s, nil, errLost)
	if n := s.dialled.Load(); n < 2 || n > 2+2*mostRepeats {
		t.Errorf("%d connections for one message", n)
	}
}

// A service that answers before it has read, and never gives room to write the
// rest, costs no more memory with each message.
func TestAnswersThatReadNothing(t *testing.T) {
	s := rawServiceOf(t, "h2", func(c net.Conn) {
		asked(c, func(stream []byte) bool {
			const endStream, endHeaders, ok = 1, 4, 0x88 // ok is :status 200 in HPACK's table
			_, err := c.Write([]byte{2: 1, frameHeaders, endStream | endHeaders, stream[0], stream[1], stream[2], stream[3], ok})
			return err == nil
		})
	})
	var mine dials
	sender, to := senderTo(t, s, func(c *SenderConfig) { c.Dial = mine.of(c.Dial) }), newReceiver(t).subscription("1", endpoint)
	t.Cleanup(mine.end) // which are never idle
	const messages, together = 8192, 512
	before := runtime.NumGoroutine()
	var most, left, delivered atomic.Int64
	left.Store(messages)
	var all sync.WaitGroup
	for range together {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				if sender.Send(t.Context(), to, Message{}).Outcome == Delivered {
					delivered.Add(1)
				}
				if n := int64(runtime.NumGoroutine()); n > most.Load() {
					most.Store(n)
				}
			}
		})
	}
	all.Wait()
	if more := int(most.Load()) - before; more > messages/2 || delivered.Load() < messages/2 {
		t.Errorf("up to %d goroutines for %d messages, %d delivered", more, messages, delivered.Load())
	}
}

// dials are connections that can be ended whatever they carry.
type dials struct {
	mu  sync.Mutex
	all []net.Conn
}

func (d *dials) of(dial dialler) dialler {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err == nil {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.all = append(d.all, conn)
		}
		return conn, err
	}
}

func (d *dials) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, conn := range d.all {
		_ = conn.Close()
	}
}

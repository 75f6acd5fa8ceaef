package push

import (
	"io"
	"io/fs"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// maxTTL is as long as services keep anything: four weeks.
const maxTTL = 28 * 24 * time.Hour

// What is the same in every message. Nobody writes to these.
var (
	encoding    = []string{"aes128gcm"}
	contentType = []string{"application/octet-stream"}
	urgent      = []string{"high"}
	notUrgent   = []string{"normal"}
	nobody      = []string{""} // net/http then sends no User-Agent
)

// headers are those of RFC 8030 and RFC 8292, under the names' canonical forms.
func headers(m Message, authorization string) http.Header {
	values := [3]string{authorization, seconds(m.TTL), m.Topic}
	h := http.Header{
		"Authorization":    values[0:1:1],
		"Ttl":              values[1:2:2],
		"Urgency":          notUrgent,
		"Content-Encoding": encoding,
		"Content-Type":     contentType,
		"User-Agent":       nobody,
	}
	if m.Urgent {
		h["Urgency"] = urgent
	}
	if m.Topic != "" {
		h["Topic"] = values[2:3:3]
	}
	return h
}

func seconds(ttl time.Duration) string {
	return strconv.FormatInt(int64(min(max(ttl, 0), maxTTL)/time.Second), 10)
}

// sealed is one message's bytes, in memory that other messages use after it.
type sealed struct {
	mu      sync.Mutex
	data    *[Size]byte // nil once released
	repeats int
	held    int      // readers that are not closed
	conn    *counted // where it went last
	stuck   *counted // that counts it as answered and held
}

var buffers = sync.Pool{New: func() any { return new([Size]byte) }}

func newSealed() *sealed { return &sealed{data: buffers.Get().(*[Size]byte)} }

func (b *sealed) fill(to Subscription, payload []byte) error {
	_, err := appendEncrypted(b.data[:0], to, payload)
	return err
}

// release gives the memory back. A transport that still reads, because the
// answer came before the request was out, gets an error and not the bytes of
// somebody else's message.
func (b *sealed) release() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.data != nil {
		buffers.Put(b.data)
		b.data = nil
		b.answered()
	}
}

// reader reads the message from its beginning.
func (b *sealed) reader() io.ReadCloser {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.read()
}

func (b *sealed) read() io.ReadCloser {
	b.held++
	return &sealedReader{of: b}
}

// mostRepeats is how often net/http may begin again with a message that a
// service let drop without looking at it: one that takes few at once does so to
// what comes before it could say so.
const mostRepeats = 20

// again reads the message from its beginning once more. A service that closes
// each connection as soon as something comes would have net/http make new ones
// for as long as the message may take, without a pause.
func (b *sealed) again() (io.ReadCloser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.repeats++; b.repeats > mostRepeats {
		return nil, errLost
	}
	return b.read(), nil
}

type sealedReader struct {
	of     *sealed
	at     int
	closed bool
}

func (r *sealedReader) Read(p []byte) (int, error) {
	r.of.mu.Lock()
	defer r.of.mu.Unlock()
	if r.of.data == nil {
		return 0, fs.ErrClosed
	}
	n := copy(p, r.of.data[r.at:])
	r.at += n
	if r.at == Size {
		return n, io.EOF
	}
	return n, nil
}

func (r *sealedReader) Close() error {
	r.of.mu.Lock()
	defer r.of.mu.Unlock()
	if !r.closed {
		r.closed = true
		r.of.letGo()
	}
	return nil
}

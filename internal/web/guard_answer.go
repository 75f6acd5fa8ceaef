package web

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"
)

// linger is how long a client whose body nobody wants may go on sending it
// before its connection is closed under it.
const linger = 5 * time.Second

// answer is the ResponseWriter that guarded handlers write to. What has to be
// decided for the whole answer is decided when its header is written.
type answer struct {
	http.ResponseWriter
	req     *http.Request
	body    *body
	headers func(*http.Request, http.Header)
	refuse  refuser
	cancel  context.CancelFunc // ends the request's context
	status  int                // 0 until the header is written
	fence   Fence              // nil for none
	asked   bool               // the fence
	told    func(path string, status int)
	deaf    bool // the answer is complete; drop what else is written
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if status >= 100 && status < 200 && status != http.StatusSwitchingProtocols {
		a.ResponseWriter.WriteHeader(status)
		return
	}
	if a.status == 0 && a.body.over && status >= http.StatusBadRequest && status != http.StatusRequestEntityTooLarge {
		// The handler only saw that reading failed; this is why.
		clear(a.Header())
		a.refuse.write(a, a.req, http.StatusRequestEntityTooLarge, "error.too_large")
		a.deaf = true
		return
	}
	a.commit(status)
}

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) {
	a.commit(http.StatusOK)
	if a.deaf {
		return len(p), nil
	}
	return a.ResponseWriter.Write(p)
}

// ReadFrom implements io.ReaderFrom, which lets the kernel copy files.
func (a *answer) ReadFrom(r io.Reader) (int64, error) {
	a.commit(http.StatusOK)
	if a.deaf {
		return io.Copy(io.Discard, r)
	}
	return io.Copy(a.ResponseWriter, r)
}

// FlushError is http.Flusher for http.ResponseController. To flush is to
// announce more, and an answer to HEAD has no more: the request is over, and a
// handler that would stream for hours learns so from its context.
func (a *answer) FlushError() error {
	a.commit(http.StatusOK)
	if a.req.Method == http.MethodHead {
		a.cancel()
		return nil
	}
	return http.NewResponseController(a.ResponseWriter).Flush()
}

// Flush implements http.Flusher.
func (a *answer) Flush() { _ = a.FlushError() }

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// commit writes the header once.
func (a *answer) commit(status int) {
	if a.status != 0 || a.fenced(status) {
		return
	}
	a.status = status
	if a.told != nil {
		a.told(a.req.URL.Path, status)
	}
	a.headers(a.req, a.Header())
	if a.req.ProtoMajor == 1 && !a.body.whole() {
		hangUp(a.ResponseWriter)
		if !a.body.lost {
			_ = http.NewResponseController(a.ResponseWriter).SetReadDeadline(time.Now().Add(linger))
		}
	}
	a.ResponseWriter.WriteHeader(status)
}

// hangUp has net/http close the connection after this answer: first its own
// side, so that the client can read the answer, and only then the whole, which
// tells a client that still sends to stop. net/http does so for a body over a
// limit, and for no other reason that can be given to it.
func hangUp(w http.ResponseWriter) {
	w.Header().Set("Connection", "close")
	_, _ = http.MaxBytesReader(w, io.NopCloser(strings.NewReader("x")), 0).Read(make([]byte, 1))
}

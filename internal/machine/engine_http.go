package machine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"syscall"
	"time"
)

// Bounds of what an engine may cost: for connecting, for the first byte of an
// answer, and for the answer's size. Who asks sets the deadline of the whole.
const (
	dialTime    = 5 * time.Second
	mostAnswer  = 1 << 20
	mostHeaders = 16 << 10
)

// ErrPublic says that the engine is outside the house, and the operator didn't
// say that texts may go there.
var ErrPublic = errors.New("the engine has a public address: say --translate-public if texts may leave the house")

// client speaks JSON with an engine.
type client struct {
	base *url.URL
	http *http.Client
}

// newClient asks the engine at base; public says that it may have a public
// address, which then speaks https.
func newClient(base *url.URL, public bool) *client {
	guard := func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("read the engine's address: %w", err)
		}
		if inHouse(at.Addr()) || public && base.Scheme == "https" {
			return nil
		}
		return ErrPublic
	}
	dialer := &net.Dialer{Timeout: dialTime, Control: guard}
	return &client{base: base, http: &http.Client{
		Transport: &http.Transport{ // no proxy: the engine is in the house
			DialContext: dialer.DialContext, TLSHandshakeTimeout: dialTime,
			MaxResponseHeaderBytes: mostHeaders, MaxConnsPerHost: 1, IdleConnTimeout: time.Minute,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// inHouse reports whether the address is this machine's, or of a network that
// isn't the internet.
func inHouse(a netip.Addr) bool {
	a = a.Unmap()
	return a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast()
}

// ask sends a request, with a body of that type unless it is nil, and reads the
// answer into what is given. It fails with a [*Fault].
func (c *client) ask(ctx context.Context, method, path, kind string, body io.Reader, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, c.base.JoinPath(path).String(), body)
	if err != nil {
		return &Fault{Code: Refused, Cause: fmt.Errorf("make the request: %w", err)}
	}
	if body != nil {
		r.Header.Set("Content-Type", kind)
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "folje")
	answer, err := c.http.Do(r)
	if err != nil {
		return unanswered(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return refusal(answer)
	}
	if kind, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return &Fault{Code: Garbage, Cause: errors.New("the answer isn't JSON")}
	}
	raw, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer+1))
	switch {
	case err != nil:
		return unanswered(err)
	case len(raw) > mostAnswer:
		return &Fault{Code: Garbage, Cause: fmt.Errorf("the answer has more than %d bytes", mostAnswer)}
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return &Fault{Code: Garbage, Cause: errors.New("the answer's JSON isn't what was asked for")}
	}
	return nil
}

// unanswered says what became of a request without a whole answer. What Go's
// client says of the address is left out: the operator knows it.
func unanswered(err error) *Fault {
	var of *url.Error
	if errors.As(err, &of) {
		err = of.Err
	}
	var op *net.OpError
	var timeout net.Error
	switch {
	case errors.As(err, &op) && op.Op == "dial":
		return &Fault{Code: Down, Cause: err}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return &Fault{Code: Slow, Cause: err}
	}
	return &Fault{Code: Failed, Cause: err}
}

// refusal says what a status other than 200 means. The engine's own words may
// repeat what it was asked, and are not kept.
func refusal(answer *http.Response) *Fault {
	f := &Fault{Code: Refused, Cause: fmt.Errorf("status %d", answer.StatusCode)}
	switch status := answer.StatusCode; {
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable && answer.Header.Get("Retry-After") != "":
		f.Code, f.Wait = Busy, retryAfter(answer.Header.Get("Retry-After"))
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		f.Code = Denied
	case status >= 500:
		f.Code = Failed
	case status < 400, status == http.StatusNotFound, status == http.StatusMethodNotAllowed:
		f.Code = Garbage // it isn't the program that we take it for
	}
	return f
}

// retryAfter reads the header's seconds; 0 for a date or nonsense.
func retryAfter(header string) time.Duration {
	seconds, err := strconv.Atoi(header)
	if err != nil || seconds < 0 || seconds > int(time.Hour/time.Second) {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

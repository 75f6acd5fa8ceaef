package push

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Bounds of Retry-After: what a service asks for beyond them is not obeyed.
const (
	minWait = time.Second
	maxWait = time.Hour
)

// answered says what a push service's answer means (RFC 8030, and what the
// services document of their own).
func answered(status int, header http.Header, now time.Time) Answer {
	a := Answer{Outcome: outcome(status), Status: status}
	if a.Outcome == Delivered {
		return a
	}
	if a.Outcome == Later {
		a.Wait = retryAfter(header.Get("Retry-After"), now)
	}
	// The reason phrase is the service's own text: ours stands instead.
	a.Err = fmt.Errorf("the push service answered %d %s", status, http.StatusText(status))
	return a
}

func outcome(status int) Outcome {
	switch {
	case status >= 200 && status < 300:
		return Delivered
	case status == http.StatusNotFound || status == http.StatusGone:
		return Gone
	case status == http.StatusRequestEntityTooLarge:
		return TooLarge
	case status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable:
		return Later
	case status == http.StatusRequestTimeout || status >= 500 || status < 200:
		return Failed
	}
	return Refused
}

// retryAfter reads seconds or a date (RFC 9110, section 10.2.3), within bounds;
// 0 where it says neither.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	seconds, err := strconv.ParseInt(value, 10, 64)
	switch {
	case errors.Is(err, strconv.ErrRange) && strings.HasPrefix(value, "-"):
		return minWait
	case errors.Is(err, strconv.ErrRange):
		return maxWait
	case err == nil:
		return bounded(time.Duration(min(seconds, int64(maxWait/time.Second))) * time.Second)
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return bounded(at.Sub(now))
}

func bounded(wait time.Duration) time.Duration { return min(max(wait, minWait), maxWait) }

// Reasons why there was no answer. What Go's own errors say may hold what a
// service or a name server wrote, so these stand instead of them.
var (
	errTimeout = errors.New("no answer in time")
	errName    = errors.New("the service's name was not found")
	errConnect = errors.New("no connection")
	errTLS     = errors.New("the connection is not secure")
	errLost    = errors.New("the connection was lost")
	errAnswer  = errors.New("the answer was not understood")
)

// unanswered says why there was no answer.
func unanswered(err error) Answer { return Answer{Outcome: Failed, Err: reason(err)} }

func reason(err error) error {
	var name *net.DNSError
	var op *net.OpError
	switch {
	case errors.Is(err, errNotPublic):
		return errNotPublic
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case timedOut(err):
		return errTimeout
	case errors.As(err, &name):
		return errName
	case insecure(err):
		return errTLS
	case errors.Is(err, errLost), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return errLost
	case errors.As(err, &op):
		return errConnect
	}
	return errAnswer
}

func timedOut(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// insecure: the service's certificate is not its own, or TLS itself failed.
func insecure(err error) bool {
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var op *net.OpError
	return errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid) ||
		errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error")
}

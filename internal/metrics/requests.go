package metrics

import (
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
)

// Class is what a request is about. It is told instead of the path, which may
// say what somebody reads.
type Class int

// The classes of routes.
const (
	ClassWeb        Class = iota // the web app's files, and pages
	ClassFeeds                   // feeds and their texts
	ClassHello                   // hello
	ClassOperations              // what phones want done
	ClassAPI                     // everything else below /api
	ClassHealth                  // /healthz and /readyz
	classes
)

// String is the class's label.
func (c Class) String() string {
	return [...]string{"web", "feeds", "hello", "operations", "api", "health"}[c]
}

// phones is where the phones' routes begin.
const phones = "/api/folje/v1/"

// ClassOf sorts a path.
func ClassOf(path string) Class {
	if path == "/healthz" || path == "/readyz" {
		return ClassHealth
	}
	if !strings.HasPrefix(path, "/api/") {
		return ClassWeb
	}
	rest, ok := strings.CutPrefix(path, phones)
	switch {
	case !ok:
		return ClassAPI
	case strings.HasPrefix(rest, "feeds/"):
		return ClassFeeds
	case rest == "hello":
		return ClassHello
	case rest == "operations":
		return ClassOperations
	}
	return ClassAPI
}

// requests counts answers by class and the hundred of their status.
type requests [classes][5]atomic.Uint64

// Answered counts one answer. It takes a few nanoseconds and allocates nothing.
func (s *Set) Answered(path string, status int) {
	if s == nil {
		return
	}
	hundred := status/100 - 1
	if hundred < 0 || hundred > 4 {
		hundred = 4
	}
	s.requests[ClassOf(path)][hundred].Add(1)
}

func (r *requests) collect(to chan<- prometheus.Metric) {
	for class := range classes {
		for hundred := range r[class] {
			if n := r[class][hundred].Load(); n > 0 {
				to <- constant(Requests, prometheus.CounterValue, float64(n), class.String(), string(rune('1'+hundred))+"xx")
			}
		}
	}
}

// Teller is [Set.Answered], or nil where there is no set.
func (s *Set) Teller() func(path string, status int) {
	if s == nil {
		return nil
	}
	return s.Answered
}

// Count counts what next answers.
func (s *Set) Count(next http.Handler) http.Handler {
	if s == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &counted{ResponseWriter: w}
		path := r.URL.Path
		defer func() {
			if seen.status == 0 {
				seen.status = http.StatusOK
			}
			s.Answered(path, seen.status)
		}()
		next.ServeHTTP(seen, r)
	})
}

// counted keeps an answer's status.
type counted struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the first final status.
func (c *counted) WriteHeader(status int) {
	if c.status == 0 && status >= http.StatusOK {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

// Write is an answer of 200 where nothing else was said.
func (c *counted) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	return c.ResponseWriter.Write(b)
}

// Unwrap leads http.ResponseController on.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }

package browser_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"folje/test/browser"
)

// recorder is a Reporter that keeps what it is told instead of failing.
type recorder struct {
	testing.TB
	said []string
	ends []func()
}

func (r *recorder) Cleanup(f func())             { r.ends = append(r.ends, f) }
func (r *recorder) Context() context.Context     { return context.Background() }
func (r *recorder) Errorf(f string, args ...any) { r.said = append(r.said, fmt.Sprintf(f, args...)) }
func (r *recorder) Fatalf(f string, args ...any) {
	r.Errorf(f, args...)
	runtime.Goexit()
}

// try runs a test's body to its end, as the testing package does.
func try(t *testing.T, body func(r *recorder)) []string {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			for i := len(r.ends) - 1; i >= 0; i-- {
				r.ends[i]()
			}
		}()
		body(r)
	}()
	<-done
	return r.said
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name, body, script string
		kind               browser.Kind
		want               string
	}{
		{"console", "", `console.error('bad', 7)`, browser.Console, "bad"},
		{"exception", "", `throw new Error('oh no')`, browser.Exception, "oh no"},
		{"rejection", "", `Promise.reject(new Error('never mind'))`, browser.Exception, "never mind"},
		{"policy", `<p style="color:red">x</p>`, ``, browser.Policy, "style-src"},
		{"request", `<img src=/gone alt="">`, ``, browser.Request, "404"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := site(t, map[string]string{"/": page(c.body), "/app.js": c.script})
			visit := func(allow bool) []string {
				return try(t, func(r *recorder) {
					profile := shared.Profile(r)
					if allow {
						profile.Allow(c.kind, "")
					}
					profile.Page(browser.Phone()).Navigate(s.URL + "/")
				})
			}
			said := strings.Join(visit(false), "\n")
			if !strings.Contains(said, string(c.kind)) || !strings.Contains(said, c.want) {
				t.Errorf("the test was told %q, want %s with %q", said, c.kind, c.want)
			}
			if said := visit(true); len(said) != 0 {
				t.Errorf("allowed, but told: %q", said)
			}
		})
	}
}

func TestFaultlessPage(t *testing.T) {
	s := site(t, map[string]string{"/": page(`<p>x`), "/app.js": ""})
	said := try(t, func(r *recorder) { shared.Profile(r).Page(browser.Phone()).Navigate(s.URL + "/") })
	if len(said) != 0 {
		t.Errorf("a page without faults was blamed: %q", said)
	}
}

func TestFailureTellsWhere(t *testing.T) {
	said := strings.Join(try(t, func(r *recorder) {
		shared.Profile(r).Page(browser.Phone()).Navigate("http://127.0.0.1:1/")
	}), "\n")
	for _, want := range []string{"navigate to http://127.0.0.1:1/", "ERR_", "picture: "} {
		if !strings.Contains(said, want) {
			t.Errorf("a failed navigation says %q, without %q", said, want)
		}
	}
}

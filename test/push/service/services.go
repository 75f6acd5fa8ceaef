package service

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// The services' names, under which servers reach them. Chromium that is not a
// stable Chrome, Debian's among them, makes endpoints at Google's second name.
const (
	googleHost  = "fcm.googleapis.com"
	stagingHost = "jmt17.google.com"
	mozillaHost = "updates.push.services.mozilla.com"
	appleHost   = "web.push.apple.com"
)

// Reporter is the part of testing.TB that the services speak to.
type Reporter interface {
	Helper()
	Context() context.Context
	Cleanup(func())
	TempDir() string
	Fatalf(format string, args ...any)
}

// Services are the push services of one test.
type Services struct {
	reporter  Reporter
	authority *authority
	pin       string
	web       *httptest.Server
	box       *mailbox
	google    *google
	mozilla   *mozilla
}

// Start runs the services until the end of the test.
func Start(r Reporter) *Services {
	r.Helper()
	return StartAt(r, time.Now)
}

// StartAt is Start with a clock of the test's own.
func StartAt(r Reporter, now func() time.Time) *Services {
	r.Helper()
	s := &Services{reporter: r, box: newMailbox(now)}
	if err := s.start(); err != nil {
		r.Fatalf("start the push services: %v", err)
	}
	return s
}

func (s *Services) start() (err error) {
	if s.authority, err = newAuthority(time.Now()); err != nil {
		return err
	}
	certificate, err := s.authority.issue(time.Now(), googleHost, stagingHost, mozillaHost, appleHost)
	if err != nil {
		return err
	}
	s.pin = pin(certificate)
	if s.google, err = newGoogle(s.box, certificate); err != nil {
		return err
	}
	s.reporter.Cleanup(s.google.close)
	s.mozilla = newMozilla(s.box)
	s.reporter.Cleanup(s.mozilla.close)
	s.web = httptest.NewUnstartedServer(s.routes())
	s.web.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	s.web.EnableHTTP2 = true
	s.web.StartTLS()
	s.reporter.Cleanup(s.web.Close)
	return nil
}

// routes are the endpoints under the services' names, and what Chromium asks
// for at the loopback.
func (s *Services) routes() http.Handler {
	mux := http.NewServeMux()
	for _, host := range []string{googleHost, stagingHost, mozillaHost, appleHost} {
		mux.HandleFunc(host+"/", s.take)
	}
	s.google.routes(mux)
	return mux
}

// take answers a message as the services do.
func (s *Services) take(w http.ResponseWriter, r *http.Request) {
	message, err := parse(r, s.box.now())
	if err == nil {
		err = s.box.put(message)
	}
	var why *Refusal
	if errors.As(err, &why) {
		s.box.refused(why)
		http.Error(w, why.Why, why.Status)
		return
	}
	w.Header().Set("Location", "https://"+r.Host+"/m/"+token())
	w.Header().Set("TTL", r.Header.Get("TTL"))
	w.WriteHeader(http.StatusCreated)
}

// Dial connects to the services whatever the address.
func (s *Services) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", s.web.Listener.Addr().String())
}

// Down ends the services: nobody answers any more.
func (s *Services) Down() { s.web.Close() }

// Roots are what a client of the services trusts.
func (s *Services) Roots() *x509.CertPool { return s.authority.roots() }

// Environ are the variables that make folje/test/push/program reach the
// services.
func (s *Services) Environ() []string {
	s.reporter.Helper()
	file := filepath.Join(s.reporter.TempDir(), "authority.pem")
	if err := os.WriteFile(file, s.authority.pem(), 0o600); err != nil {
		s.reporter.Fatalf("write the authority: %v", err)
	}
	return []string{AddressVariable + "=" + s.web.Listener.Addr().String(), AuthorityVariable + "=" + file}
}

// The names of the variables of Environ.
const (
	AddressVariable   = "FOLJE_TEST_PUSH"
	AuthorityVariable = "FOLJE_TEST_PUSH_AUTHORITY"
)

// Chromium are the flags of a Chromium that uses the services.
func (s *Services) Chromium() []string {
	return []string{
		"--gcm-checkin-url=" + s.web.URL + checkinPath, "--gcm-registration-url=" + s.web.URL + registerPath,
		"--gcm-mcs-endpoint=https://" + s.google.line.Addr().String(),
		"--ignore-certificate-errors-spki-list=" + s.pin,
	}
}

// Firefox are the preferences of a Firefox that uses the services, and whose
// owner lets every site show notifications.
func (s *Services) Firefox() map[string]any {
	return map[string]any{
		"dom.push.serverURL": s.mozilla.url(), "dom.push.testing.allowInsecureServerURL": true,
		"dom.push.enabled": true, "dom.push.connection.enabled": true,
		"permissions.default.desktop-notification": 1, // every site may
		"alerts.useSystemBackend":                  false,
	}
}

// Messages are all that the services have taken so far.
func (s *Services) Messages() []*Message {
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	return slices.Clone(s.box.taken)
}

// Refusals are why messages were not taken.
func (s *Services) Refusals() []*Refusal {
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	return slices.Clone(s.box.not)
}

// Wait waits until the services have taken n messages, and answers them all.
func (s *Services) Wait(n int) []*Message {
	s.reporter.Helper()
	for {
		s.box.mu.Lock()
		taken, not, news := slices.Clone(s.box.taken), slices.Clone(s.box.not), s.box.news
		s.box.mu.Unlock()
		if len(taken) >= n {
			return taken
		}
		select {
		case <-news:
		case <-time.After(patience):
			s.reporter.Fatalf("%d of %d messages came in %v; refused: %v", len(taken), n, patience, not)
		case <-s.reporter.Context().Done():
			s.reporter.Fatalf("%d of %d messages came: %v", len(taken), n, context.Cause(s.reporter.Context()))
		}
	}
}

// patience bounds every wait.
const patience = 30 * time.Second

// Repeat delivers a message once more, as if its sender had not heard that it
// was taken.
func (s *Services) Repeat(m *Message) {
	s.reporter.Helper()
	if err := s.box.put(m); err != nil {
		s.reporter.Fatalf("repeat a message: %v", err)
	}
}

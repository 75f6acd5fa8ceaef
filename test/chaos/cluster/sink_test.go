//go:build unix

package cluster_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"folje/test/push/service"
)

// host is the push service that the sink stands in for.
const host = "fcm.googleapis.com"

// sink is a push service that takes every message and hands it to its phone at
// once. The phones are in it.
type sink struct {
	key    receiver
	server *httptest.Server
	root   *x509.Certificate

	mu        sync.Mutex
	phones    []phone
	messages  int
	distinct  int // letters on phones, each once
	repeats   int // messages that came again
	collapsed int // of those, the ones that replaced what was shown
	target    int // messages until next is closed
	next      chan struct{}
	wanted    int // letters on phones until full is closed
	full      chan struct{}
	faults    []string
}

// phone shows a delivery once, as the worker does; a message of another delivery
// of the same letter would replace its note and ring.
type phone struct {
	shown map[string]bool // by the delivery's id
	rang  map[string]bool // by tag, which is the letter's
}

func startSink(t *testing.T, key receiver) *sink {
	t.Helper()
	s := &sink{key: key, phones: make([]phone, key.phones)}
	for i := range s.phones {
		s.phones[i] = phone{map[string]bool{}, map[string]bool{}}
	}
	certificate, root := certify(t)
	s.root = root
	s.server = httptest.NewUnstartedServer(http.HandlerFunc(s.take))
	s.server.EnableHTTP2 = true
	s.server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	s.server.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.server.StartTLS()
	t.Cleanup(s.server.Close)
	return s
}

// environment leads the program to the sink.
func (s *sink) environment(t *testing.T) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "authority.pem")
	raw := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.root.Raw})
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{service.AddressVariable + "=" + s.server.Listener.Addr().String(), service.AuthorityVariable + "=" + file}
}

// take takes one message. It is on the phone before it is answered.
func (s *sink) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the program was killed while it sent: nothing came
	}
	n, err := strconv.Atoi(r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
	if err == nil {
		err = s.show(n, body)
	}
	if err != nil {
		s.mu.Lock()
		s.faults = append(s.faults, err.Error())
		s.mu.Unlock()
	}
	w.WriteHeader(http.StatusCreated)
}

func (s *sink) show(n int, body []byte) error {
	raw, err := s.key.open(body)
	if err != nil {
		return fmt.Errorf("open a message: %w", err)
	}
	var message struct {
		Notification struct {
			Tag  string
			Data struct{ ID string }
		}
	}
	if err := json.Unmarshal(raw, &message); err != nil || message.Notification.Data.ID == "" {
		return fmt.Errorf("read a message: %w", err)
	}
	id, tag := message.Notification.Data.ID, message.Notification.Tag
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages++
	switch p := s.phones[n]; {
	case p.shown[id]:
		s.repeats++
		s.collapsed++
	case p.rang[tag]:
		s.repeats++
	default:
		p.shown[id], p.rang[tag] = true, true
		s.distinct++
	}
	if s.target--; s.target == 0 {
		close(s.next)
	}
	if s.distinct == s.wanted {
		s.wanted = 0
		close(s.full)
	}
	return nil
}

// after is closed with the n-th message from now.
func (s *sink) after(n int) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.target, s.next = n, make(chan struct{})
	return s.next
}

// all is closed when so many letters are on phones.
func (s *sink) all(n int) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wanted, s.full = n, make(chan struct{})
	if s.distinct >= n {
		close(s.full)
	}
	return s.full
}

func certify(t *testing.T) (tls.Certificate, *x509.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	root, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, root
}

package outbox

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/push"

	"github.com/pocketbase/dbx"
)

const google = "https://fcm.googleapis.com"

// behaviour is what a push service does with the n-th request, from 0 on, at a
// moment of the test's clock.
type behaviour func(w http.ResponseWriter, r *http.Request, n int64, now time.Time)

func status(code int) behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ int64, _ time.Time) { w.WriteHeader(code) }
}

// wait refuses with a Retry-After for the first requests, and takes the rest.
func wait(code int, retryAfter func(now time.Time) string) behaviour {
	return func(w http.ResponseWriter, _ *http.Request, n int64, now time.Time) {
		if n < 3 {
			w.Header().Set("Retry-After", retryAfter(now))
			w.WriteHeader(code)
			return
		}
		w.WriteHeader(http.StatusCreated)
	}
}

func always(value string) func(time.Time) string { return func(time.Time) string { return value } }

// behaviours are the services of the table in docs/push.md.
var behaviours = map[string]behaviour{
	"201": status(201), "201 before the message was read": early, "201 late": late,
	"200, 202 and 204 in turn": inTurn, "201 and 10 MB": huge,
	"301": redirects(http.StatusMovedPermanently, "https://fcm.googleapis.com/elsewhere"),
	"307": redirects(http.StatusTemporaryRedirect, "http://127.0.0.1:1/"),
	"400": status(400), "401": status(401), "403": status(403), "403 for one phone in ten": refusesOneInTen,
	"404": status(404), "410": status(410), "413": status(413),
	"429 with seconds, three times": wait(429, always("120")),
	"429 with a date, three times": wait(429, func(now time.Time) string {
		return now.Add(5 * time.Minute).UTC().Format(http.TimeFormat)
	}),
	"503 with negative seconds, three times": wait(503, always("-5")),
	"429 with absurd seconds, three times":   wait(429, always("99999999999999999999")),
	"503 with garbage, three times":          wait(503, always("soon")),
	"500":                                    status(500), "502 for two hours": downForTwoHours,
	"cuts the connection":        func(http.ResponseWriter, *http.Request, int64, time.Time) { panic(http.ErrAbortHandler) },
	"never answers":              silent,
	"another name's certificate": status(201),
}

// TestEveryBehaviourEndsAsTheTableSays sends a letter that makes sense for a
// day to 100 phones of each service of the table in docs/push.md.
func TestEveryBehaviourEndsAsTheTableSays(t *testing.T) {
	table := readTable(t)
	if len(table) != 24 || len(behaviours) != 24 {
		t.Fatalf("the table has %d lines, the test %d behaviours; both should be 24", len(table), len(behaviours))
	}
	for name, want := range table {
		t.Run(name, func(t *testing.T) {
			does, ok := behaviours[name]
			if !ok {
				t.Fatal("the table has what the test doesn't")
			}
			if got := endOf(t, name, does); got != want {
				t.Errorf("after a day: %+v; the table says %+v", got, want)
			}
		})
	}
}

// ending is what became of a letter and the phones.
type ending struct{ deliveries, phones string }

func endOf(t *testing.T, name string, does behaviour) ending {
	w := newWorld(t)
	host := "fcm.googleapis.com"
	if name == "another name's certificate" {
		host = "elsewhere.example"
	}
	var n atomic.Int64
	address, roots := serve(t, host, func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/elsewhere") {
			t.Error("a redirect was followed")
		}
		does(rw, r, n.Add(1)-1, w.clock.now())
	})
	ids := w.phones(100, google)
	for i, id := range ids {
		end := map[bool]string{true: "X", false: "o"}[i%10 == 0]
		_, err := w.app.NonconcurrentDB().Update("push_subscriptions", dbx.Params{"endpoint": google + "/fcm/send/" + rand.Text() + end}, dbx.HashExp{"id": id}).Execute()
		if err != nil {
			t.Fatal(err)
		}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	limit := 10 * time.Second
	if name == "never answers" {
		limit = 50 * time.Millisecond
	}
	sender := push.NewSender(push.SenderConfig{
		VAPID: oneKey{key}, Contact: "https://folje.example", Services: push.DefaultServices(), Now: w.clock.now, Timeout: limit, Roots: roots,
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, address)
		},
	})
	t.Cleanup(sender.Close)
	w.cfg.Sender = sender
	letter := w.letter("abc")
	letter.Until = noon.Add(24 * time.Hour)
	row := w.add(letter)
	w.live(noon.Add(25 * time.Hour))
	if w.row(row).GetDateTime("done").IsZero() {
		t.Error("the row is not done")
	}
	t.Logf("%d requests", n.Load())
	return ending{said(w.states(row), "sent", "ended", "failed", "expired", "waiting"), said(w.subscriptions(), "reachable", "parked", "ended")}
}

func (w *world) subscriptions() map[string]int {
	w.Helper()
	counts := map[string]int{}
	all, err := w.app.FindAllRecords("push_subscriptions")
	if err != nil {
		w.Fatal(err)
	}
	for _, r := range all {
		switch {
		case r.GetString("ended") != "":
			counts["ended"]++
		case r.GetString("parked") != "":
			counts["parked"]++
		default:
			counts["reachable"]++
		}
	}
	return counts
}

// said puts counts as the table does.
func said(counts map[string]int, order ...string) string {
	var parts []string
	for _, name := range order {
		if n := counts[name]; n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+name)
		}
	}
	return strings.Join(parts, ", ")
}

// readTable reads the lines of the table of behaviours in docs/push.md.
func readTable(t *testing.T) map[string]ending {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(apptest.Root(), "docs", "push.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(page), "<!-- behaviours -->")
	rest, _, closed := strings.Cut(rest, "<!-- /behaviours -->")
	if !ok || !closed {
		t.Fatal("docs/push.md has no table of behaviours")
	}
	table := map[string]ending{}
	for line := range strings.Lines(rest) {
		cells := strings.Split(line, "|")
		if len(cells) < 5 || strings.Contains(line, "---") || strings.Contains(line, "a service answers") {
			continue
		}
		table[strings.TrimSpace(cells[1])] = ending{strings.TrimSpace(cells[2]), strings.TrimSpace(cells[3])}
	}
	return table
}

type oneKey struct{ key *ecdsa.PrivateKey }

func (k oneKey) Find(string) (*ecdsa.PrivateKey, bool) { return k.key, true }

// serve answers over TLS and HTTP/2, as the host.
func serve(t *testing.T, host string, handler http.HandlerFunc) (address string, roots *x509.CertPool) {
	t.Helper()
	certificate, root := certify(t, host)
	s := httptest.NewUnstartedServer(handler)
	s.EnableHTTP2 = true
	s.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	roots = x509.NewCertPool()
	roots.AddCert(root)
	return s.Listener.Addr().String(), roots
}

var serial = sync.OnceValue(func() *atomic.Int64 { return new(atomic.Int64) })

func certify(t *testing.T, host string) (tls.Certificate, *x509.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial().Add(1)), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(fmt.Errorf("make a certificate: %w", err))
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, parsed
}

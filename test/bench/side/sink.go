package side

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Sink is a push service that takes everything, in a process of its own. Its
// two addresses speak HTTP/2, as real services do, and HTTP/1.1 only.
type Sink struct {
	H2, H1 string         // "https://127.0.0.1:…"
	Roots  *x509.CertPool // which it is trusted by
	File   string         // the same as a file of PEM
	child  *exec.Cmd
	stdin  io.Closer
}

// StartSink starts this very program, called with "sink" and what [ServeSink]
// takes, as one that answers after the delay. It ends with Stop, and
// with this process however that ends.
func StartSink(ctx context.Context, folder string, delay time.Duration) (*Sink, error) {
	s := &Sink{File: filepath.Join(folder, "sink.pem"), Roots: x509.NewCertPool()}
	certificate, err := makeCertificate(s.File)
	if err != nil {
		return nil, err
	}
	s.Roots.AddCert(certificate)
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s.child = exec.CommandContext(ctx, own, "sink", "-certificate", s.File, "-delay", delay.String())
	s.child.Stderr = os.Stderr
	if s.stdin, err = s.child.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.child.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.child.Start(); err != nil {
		return nil, fmt.Errorf("start the sink: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("ask the sink where it is: %w", err), s.Stop())
	}
	s.H2, s.H1, _ = strings.Cut(strings.TrimSpace(line), " ")
	return s, nil
}

// Stop ends the sink and waits for its end.
func (s *Sink) Stop() error {
	_ = s.stdin.Close() // which it takes for the end
	return s.child.Wait()
}

// ServeSink is the sink's own process.
func ServeSink(args []string) error {
	flags := flag.NewFlagSet("sink", flag.ContinueOnError)
	file := flags.String("certificate", "", "file with key and certificate")
	delay := flags.Duration("delay", 0, "before every answer")
	if err := flags.Parse(args); err != nil {
		return err
	}
	pair, err := tls.LoadX509KeyPair(*file, *file)
	if err != nil {
		return fmt.Errorf("load the certificate: %w", err)
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if *delay > 0 {
			time.Sleep(*delay) // what a service takes
		}
		w.Header()["Date"] = nil
		w.WriteHeader(http.StatusCreated)
	})
	for _, h2 := range []bool{true, false} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		protocols := new(http.Protocols)
		protocols.SetHTTP1(!h2)
		protocols.SetHTTP2(h2)
		server := &http.Server{Handler: handler, Protocols: protocols, ErrorLog: log.New(io.Discard, "", 0),
			TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}}, ReadHeaderTimeout: time.Minute}
		go func() { log.Fatal(server.ServeTLS(listener, "", "")) }()
		fmt.Printf("https://%s%s", listener.Addr(), map[bool]string{true: " ", false: "\n"}[h2])
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
	return nil
}

// makeCertificate writes a key and its own certificate for 127.0.0.1 into the file.
func makeCertificate(file string) (*x509.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	text := append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw})...)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, fmt.Errorf("write the certificate: %w", err)
	}
	return x509.ParseCertificate(raw)
}

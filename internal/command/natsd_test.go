package command_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/command"
)

// TestNatsdBeginsAndServes goes the way of an operator: init, one server, a
// role's user; then the server ends in good order.
func TestNatsdBeginsAndServes(t *testing.T) {
	keys := filepath.Join(t.TempDir(), "keys")
	out := &bytes.Buffer{}
	if code := command.Run(t.Context(), []string{"natsd", "init", "--name", "a=nats-a.example,b,c", "--to", keys}, command.Files{}, out, os.Stderr); code != 0 {
		t.Fatal(code)
	}
	for _, want := range []string{"--name a ", "--route b:6222 --route c:6222", "tls://nats-a.example:4222,tls://b:4222", "writer.seed"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it doesn't say %q:\n%s", want, out)
		}
	}
	own := filepath.Join(keys, "a")
	ctx, end := context.WithCancel(t.Context())
	said, ended := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- command.Run(ctx, []string{
			"natsd", "--name", "a", "--dir", t.TempDir(), "--listen", "127.0.0.1:0", "--monitor", "off", "--ca", filepath.Join(own, "ca.crt"),
			"--cert", filepath.Join(own, "server.crt"), "--key", filepath.Join(own, "server.key"), "--users", filepath.Join(own, "users"),
		}, command.Files{}, ended, io.Discard)
		_ = ended.Close()
	}()
	words := make([]byte, 200)
	n, err := said.Read(words)
	at, found := strings.CutPrefix(strings.TrimSpace(string(words[:n])), "NATS serves on ")
	if err != nil || !found {
		t.Fatalf("it says %q, %v", words[:n], err)
	}
	c, err := cluster.Dial(ctx, cluster.Config{
		URL: "tls://" + at, CA: filepath.Join(keys, "clients", "ca.crt"), Seed: filepath.Join(keys, "clients", "writer.seed"), Replicas: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	soon, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := c.Declare(soon); err != nil {
		t.Error(err)
	}
	end()
	if got := <-code; got != 0 {
		t.Errorf("it ended with %d", got)
	}
}

func TestNatsdTellsOfItself(t *testing.T) {
	ports := []string{freeAddress(t), freeAddress(t)}
	ctx, end := context.WithCancel(t.Context())
	said, ended := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- command.Run(ctx, []string{"natsd", "--name", "a", "--dir", t.TempDir(), "--listen", ports[0], "--monitor", ports[1]}, command.Files{}, ended, io.Discard)
		_ = ended.Close()
	}()
	if _, err := said.Read(make([]byte, 200)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": `"ready": true`, "/metrics": "folje_natsd_connections"} {
		answer, err := http.Get("http://" + ports[1] + path)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(text), want) {
			t.Errorf("%s: %d, %v\n%s", path, answer.StatusCode, err, text)
		}
	}
	end()
	if got := <-code; got != 0 {
		t.Errorf("it ended with %d", got)
	}
}

func TestNatsdRefusesToBeOpen(t *testing.T) {
	said := &bytes.Buffer{}
	if code := command.Run(t.Context(), []string{"natsd", "--name", "a", "--dir", t.TempDir(), "--listen", ":4222", "--monitor", "off"}, command.Files{}, io.Discard, said); code != 1 {
		t.Error(code)
	}
	if !strings.Contains(said.String(), "needs TLS and users (folje natsd init makes them)") {
		t.Error(said)
	}
}

package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/command"

	"github.com/nats-io/nats.go/jetstream"
)

// TestServeCarriesItsOwnNATS has a writer with a server inside, once without a
// port and once with one that an edge's user reads from.
func TestServeCarriesItsOwnNATS(t *testing.T) {
	keys := filepath.Join(t.TempDir(), "keys")
	if code := command.Run(t.Context(), []string{"natsd", "init", "--name", "a", "--to", keys}, command.Files{}, io.Discard, io.Discard); code != 0 {
		t.Fatal(code)
	}
	dir, at, listen := filepath.Join(t.TempDir(), "data"), freeAddress(t), freeAddress(t)
	common := []string{"--demo", "--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir(), "--nats", "embedded"}
	_, stop := serve(t, common...)
	waitForHello(t, at)
	if code := stop(); code != 0 {
		t.Fatalf("it ended with %d", code)
	}
	own := filepath.Join(keys, "a")
	_, stop = serve(t, append(common, "--nats-listen", listen, "--nats-listen-cert", filepath.Join(own, "server.crt"),
		"--nats-listen-key", filepath.Join(own, "server.key"), "--nats-listen-users", filepath.Join(own, "users"))...)
	defer func() {
		if code := stop(); code != 0 {
			t.Errorf("it ended with %d", code)
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c, err := cluster.Dial(ctx, cluster.Config{
		URL: "tls://" + listen, CA: filepath.Join(keys, "clients", "ca.crt"), Seed: filepath.Join(keys, "clients", "edge.seed"),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if m := firstOf(ctx, t, c, cluster.Hello); len(m.Data()) == 0 {
		t.Error("the writer's hello is empty")
	} else if _, err := cluster.Open(m.Headers()); err != nil {
		t.Error(err)
	}
}

// waitForHello asks the writer for its hello, which says that it gives tickets.
func waitForHello(t *testing.T, at string) {
	t.Helper()
	answer, err := http.Get("http://" + at + "/api/folje/v1/hello")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var hello struct{ Tickets bool }
	if err := json.NewDecoder(answer.Body).Decode(&hello); err != nil || !hello.Tickets {
		t.Errorf("hello says tickets: %v, %v", hello.Tickets, err)
	}
}

// firstOf waits for the subject's message.
func firstOf(ctx context.Context, t *testing.T, c *cluster.Conn, subject string) jetstream.Msg {
	t.Helper()
	reader, err := c.JS.OrderedConsumer(ctx, cluster.Feeds, jetstream.OrderedConsumerConfig{FilterSubjects: []string{subject}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := reader.Next(jetstream.FetchMaxWait(50 * time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestServeRefusesAnOpenNATS(t *testing.T) {
	said := &bytes.Buffer{}
	code := command.Run(t.Context(), []string{
		"serve", "--dir", filepath.Join(t.TempDir(), "data"), "--http", freeAddress(t), "--admin", "off", "--hooks", t.TempDir(),
		"--nats", "embedded", "--nats-listen", "127.0.0.1:0",
	}, files(), io.Discard, said)
	if code != 1 || !strings.Contains(said.String(), "needs TLS and users") {
		t.Errorf("%d: %s", code, said)
	}
}

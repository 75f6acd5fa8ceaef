// Package clustertest gives tests NATS servers of their own, on this machine's
// loopback and in the test's process.
package clustertest

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/cluster"

	"github.com/nats-io/nats-server/v2/server"
)

// Servers are a test's NATS servers, without users and TLS.
type Servers struct {
	t        testing.TB
	nodes    []*server.Server
	options  []*server.Options
	replicas int
}

// patience is how long servers may take to be ready, and a cluster to have its
// streams, on a machine that is busy with other tests.
const patience = 60 * time.Second

// Start starts n servers, 1 or 3, and ends them with the test.
func Start(t testing.TB, n int) *Servers {
	t.Helper()
	s := &Servers{t: t, nodes: make([]*server.Server, n), replicas: n}
	routes := make([]*url.URL, n)
	ports := freePorts(t, 2*n)
	for i := range routes {
		routes[i] = &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", ports[n+i])}
	}
	dir := t.TempDir()
	for i := range n {
		name := fmt.Sprintf("n%d", i)
		o := &server.Options{ServerName: name, Host: "127.0.0.1", Port: ports[i], JetStream: true,
			StoreDir: filepath.Join(dir, name), MaxPayload: 8 << 20, NoSigs: true, SyncAlways: true, NoLog: true}
		if n > 1 {
			o.Cluster = server.ClusterOpts{Name: "folje", Host: "127.0.0.1", Port: ports[n+i]}
			o.Routes = routes
		}
		s.options = append(s.options, o)
	}
	t.Cleanup(s.end)
	for i := range n {
		s.Begin(i)
	}
	for i := range n {
		s.Ready(i)
	}
	return s
}

// URL is the address of them all.
func (s *Servers) URL() string {
	var urls []string
	for _, o := range s.options {
		urls = append(urls, fmt.Sprintf("nats://127.0.0.1:%d", o.Port))
	}
	return strings.Join(urls, ",")
}

// Replicas is how many copies of a stream there are.
func (s *Servers) Replicas() int { return s.replicas }

// Kill ends server i; its store stays.
func (s *Servers) Kill(i int) {
	s.nodes[i].Shutdown()
	s.nodes[i].WaitForShutdown()
	s.nodes[i] = nil
}

// Restart starts server i, with the store that it had, and waits until clients
// can connect to it.
func (s *Servers) Restart(i int) {
	s.t.Helper()
	s.Begin(i)
	s.Ready(i)
}

// Begin starts server i without waiting: where all have stopped, the first
// waits for the others.
func (s *Servers) Begin(i int) {
	s.t.Helper()
	options := *s.options[i]
	node, err := server.NewServer(&options)
	if err != nil {
		s.t.Fatal(err)
	}
	s.nodes[i] = node
	go node.Start()
}

// Ready waits until clients can connect to server i.
func (s *Servers) Ready(i int) {
	s.t.Helper()
	if !s.nodes[i].ReadyForConnections(patience) {
		s.t.Fatalf("NATS server %d isn't ready", i)
	}
}

// Dial connects, declares the streams, and ends the connection with the test.
func (s *Servers) Dial(t testing.TB) *cluster.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c, err := cluster.Dial(ctx, cluster.Config{URL: s.URL(), Name: t.Name(), Replicas: s.replicas})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	if err := c.Declare(ctx); err != nil {
		t.Fatal(err)
	}
	return c
}

func (s *Servers) end() {
	for i, node := range s.nodes {
		if node != nil {
			s.Kill(i)
		}
	}
}

// freePorts are ports that nobody listens on.
func freePorts(t testing.TB, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

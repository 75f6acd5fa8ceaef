package natsd_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/natsd"

	"github.com/nats-io/nats.go/jetstream"
)

// asServer makes this test's program a NATS server, so that it can be killed as
// a machine is lost: without a last word.
const asServer = "FOLJE_TEST_NATSD"

func TestMain(m *testing.M) {
	text := os.Getenv(asServer)
	if text == "" {
		os.Exit(m.Run())
	}
	var c natsd.Config
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		panic(err)
	}
	if _, err := natsd.Start(c); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ready")
	_, _ = bufio.NewReader(os.Stdin).ReadByte() // ends with the test, at the latest
}

// three are servers as an operator would have them, each a process.
type three struct {
	t       testing.TB
	keys    string
	configs []natsd.Config
	running []*exec.Cmd
}

func startThree(t testing.TB) *three {
	t.Helper()
	s := &three{t: t, keys: keys(t), running: make([]*exec.Cmd, 3)}
	ports := freePorts(t, 6)
	var routes []string
	for _, port := range ports[3:] {
		routes = append(routes, fmt.Sprintf("127.0.0.1:%d", port))
	}
	dir := t.TempDir()
	for i, name := range []string{"a", "b", "c"} {
		c := secured(s.keys, name, filepath.Join(dir, name))
		c.Listen, c.ClusterListen, c.Routes = fmt.Sprintf("127.0.0.1:%d", ports[i]), routes[i], routes
		s.configs = append(s.configs, c)
	}
	t.Cleanup(s.kill)
	s.start()
	return s
}

// start starts all of them, and waits until clients can connect.
func (s *three) start() {
	s.t.Helper()
	var waiting []*bufio.Reader
	for i, c := range s.configs {
		text, err := json.Marshal(c)
		if err != nil {
			s.t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), asServer+"="+string(text))
		_, inErr := cmd.StdinPipe()
		out, err := cmd.StdoutPipe()
		if err := errors.Join(inErr, err, cmd.Start()); err != nil {
			s.t.Fatal(err)
		}
		s.running[i] = cmd
		waiting = append(waiting, bufio.NewReader(out))
	}
	for _, out := range waiting {
		if line, err := out.ReadString('\n'); line != "ready\n" {
			s.t.Fatalf("a server says %q, %v", line, err)
		}
	}
}

// kill ends them all with SIGKILL.
func (s *three) kill() {
	for i, cmd := range s.running {
		if cmd != nil {
			_ = cmd.Process.Kill()
		}
		s.running[i] = nil
		if cmd != nil {
			_ = cmd.Wait()
		}
	}
}

func (s *three) url() string {
	var urls []string
	for _, c := range s.configs {
		urls = append(urls, "tls://"+c.Listen)
	}
	return strings.Join(urls, ",")
}

// TestKilledServersHaveWhatTheyAcknowledged kills three processes at once while
// messages come in.
func TestKilledServersHaveWhatTheyAcknowledged(t *testing.T) {
	if testing.Short() {
		t.Skip("three processes")
	}
	s := startThree(t)
	ctx := untilDone(t)
	c := dial(t, s.keys, natsd.Writer, s.url(), 3)
	if err := c.Declare(ctx); err != nil {
		t.Fatal(err)
	}
	var acknowledged atomic.Int64
	ended := make(chan struct{})
	sending, stop := context.WithCancel(ctx)
	enough := make(chan struct{})
	go func() {
		defer close(ended)
		publishUntil(sending, c, &acknowledged, enough)
	}()
	<-enough
	s.kill()
	stop()
	<-ended
	s.start()
	want := acknowledged.Load()
	// A new leader may answer before it has gone through what it has.
	got := shards(ctx, t, c)
	for got < want && ctx.Err() == nil {
		got = shards(ctx, t, c)
	}
	if got < want || got > want+1 {
		t.Errorf("%d messages, %d were acknowledged", got, want)
	}
	t.Logf("killed after %d acknowledged messages", want)
	s.roles(ctx, c)
}

// roles has a worker take a message and an edge read one, each from its own
// account, wherever in the cluster the stream's leader is.
func (s *three) roles(ctx context.Context, writer *cluster.Conn) {
	s.t.Helper()
	if _, err := writer.Consumer(ctx, cluster.Pushes, jetstream.ConsumerConfig{Durable: "d", AckPolicy: jetstream.AckExplicitPolicy}); err != nil {
		s.t.Fatal(err)
	}
	if err := writer.Publish(ctx, cluster.NewMsg(cluster.Hello, 1, "", []byte("hello"))); err != nil {
		s.t.Fatal(err)
	}
	r := &roles{s.t, nil}
	for _, config := range s.configs { // each server is somebody's
		url := "tls://" + config.Listen
		r.take(ctx, natsd.Worker, dial(s.t, s.keys, natsd.Worker, url, 3), cluster.Pushes, "shard")
		r.ordered(ctx, natsd.Edge, dial(s.t, s.keys, natsd.Edge, url, 3), cluster.Feeds, 1)
	}
}

// publishUntil publishes one message after another until ctx ends or one isn't
// acknowledged, and closes enough after the hundredth.
func publishUntil(ctx context.Context, c *cluster.Conn, acknowledged *atomic.Int64, enough chan<- struct{}) {
	for i := range 100_000 {
		if i == 100 {
			close(enough)
		}
		m := cluster.NewMsg(cluster.PushTo("push.example"), 1, fmt.Sprint("shard-", i), []byte("shard"))
		if c.Publish(ctx, m) != nil {
			return
		}
		acknowledged.Add(1)
	}
}

// shards counts the messages of the queue.
func shards(ctx context.Context, t *testing.T, c *cluster.Conn) int64 {
	t.Helper()
	once, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	queue, err := c.JS.Stream(once, cluster.Pushes)
	if err != nil {
		return 0 // no leader yet
	}
	return int64(queue.CachedInfo().State.Msgs)
}

// TestAStrangerIsNoServerOfTheCluster starts a server that knows the address,
// and has a certificate of another authority.
func TestAStrangerIsNoServerOfTheCluster(t *testing.T) {
	s, at := startOne(t)
	strangers := filepath.Join(t.TempDir(), "others")
	makeKeys(t, strangers, "x")
	said := make(heard, 1000)
	c := secured(strangers, "x", t.TempDir())
	c.ClusterListen, c.Routes, c.Logger = "127.0.0.1:0", []string{at}, slog.New(said)
	start(t, c)
	for line := range said {
		if strings.Contains(line, "TLS route handshake error") {
			break
		}
	}
	if n := s.NumRoutes(); n != 0 {
		t.Errorf("%d routes", n)
	}
}

// TestAServerWithoutACertificateIsRefused speaks as a server does, up to where
// it would have to show its certificate.
func TestAServerWithoutACertificateIsRefused(t *testing.T) {
	_, at := startOne(t)
	conn, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	secure := tls.Client(conn, &tls.Config{InsecureSkipVerify: true}) //nolint:gosec // it isn't the server that is tested
	_ = secure.Handshake()                                            // TLS 1.3 asks for the certificate after it
	said := make([]byte, 1024)
	if n, err := secure.Read(said); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("it was answered %q, %v", said[:n], err)
	}
}

// startOne starts one server of a cluster, and says where the others reach it.
func startOne(t *testing.T) (s *natsd.Server, at string) {
	t.Helper()
	ports := freePorts(t, 2)
	c := secured(keys(t), "a", t.TempDir())
	c.ClusterListen = fmt.Sprintf("127.0.0.1:%d", ports[0])
	c.Routes = []string{fmt.Sprintf("127.0.0.1:%d", ports[1])}
	return start(t, c), c.ClusterListen
}

// heard is a log whose lines a test waits for.
type heard chan string

func (heard) Enabled(context.Context, slog.Level) bool { return true }
func (h heard) WithAttrs([]slog.Attr) slog.Handler     { return h }
func (h heard) WithGroup(string) slog.Handler          { return h }

func (h heard) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		select {
		case h <- a.Value.String():
		default:
		}
		return true
	})
	return nil
}

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

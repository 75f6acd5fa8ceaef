package cluster_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/cluster/clustertest"

	"github.com/nats-io/nats.go/jetstream"
)

// long is how long a cluster may take to become whole on a busy machine.
const long = time.Minute

func untilDone(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*long)
	t.Cleanup(cancel)
	return ctx
}

func TestTheStreamsAreDeclaredAgainAndAgain(t *testing.T) {
	s := clustertest.Start(t, 1)
	c := s.Dial(t)
	ctx := untilDone(t)
	if err := c.Publish(ctx, cluster.NewMsg(cluster.Hello, 0, "", []byte("first"))); err != nil {
		t.Fatal(err)
	}
	if err := c.Declare(ctx); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := c.Publish(ctx, cluster.NewMsg(cluster.Hello, 0, "", []byte("last"))); err != nil {
			t.Fatal(err)
		}
	}
	feeds, err := c.JS.Stream(ctx, cluster.Feeds)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := feeds.GetLastMsgForSubject(ctx, cluster.Hello); err != nil || string(m.Data) != "last" || m.Sequence != 3 {
		t.Errorf("the last hello is %v, %v", m, err)
	}
	bucket, err := c.LeaseBucket(ctx)
	if err != nil {
		t.Fatal(err)
	}
	first, err := bucket.Create(ctx, "writer", []byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bucket.Update(ctx, "writer", []byte("b"), first+1); err == nil {
		t.Error("the lease was taken without knowing its last revision")
	}
}

func TestAWorkQueueTakesAnIDOnce(t *testing.T) {
	c := clustertest.Start(t, 1).Dial(t)
	ctx := untilDone(t)
	for range 3 {
		if err := c.Publish(ctx, cluster.NewMsg(cluster.PushTo("push.example"), 0, "shard-1", nil)); err != nil {
			t.Fatal(err)
		}
	}
	pushes, err := c.JS.Stream(ctx, cluster.Pushes)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := pushes.Info(ctx); err != nil || info.State.Msgs != 1 {
		t.Errorf("%d messages, %v", info.State.Msgs, err)
	}
}

func TestNATSMayComeLaterThanItsClients(t *testing.T) {
	s := clustertest.Start(t, 1)
	s.Kill(0)
	ctx := untilDone(t)
	c, err := cluster.Dial(ctx, cluster.Config{URL: s.URL(), Replicas: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if c.Up() {
		t.Error("up without a server")
	}
	start := time.Now()
	if err := c.Publish(ctx, cluster.NewMsg(cluster.Hello, 0, "", nil)); !errors.Is(err, cluster.ErrAway) {
		t.Errorf("published without a server: %v", err)
	}
	if took := time.Since(start); took > 3*5*time.Second {
		t.Errorf("it took %v to say so", took)
	}
	s.Restart(0)
	if err := c.Declare(ctx); err != nil || !c.Up() {
		t.Errorf("up %v, %v", c.Up(), err)
	}
}

func TestDialSaysWhatIsWrong(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "seed")
	if err := os.WriteFile(bad, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]cluster.Config{
		"a file that is no seed":          {URL: "nats://127.0.0.1:1", Seed: bad},
		"a certificate without its key":   {URL: "nats://127.0.0.1:1", Cert: bad},
		"an authority that can't be read": {URL: "nats://127.0.0.1:1", CA: bad},
		"a server inside, without one":    {URL: cluster.Embedded},
		"a password for all to read":      {URL: "nats://127.0.0.1:1,nats://user:password@127.0.0.1:1"},
	} {
		conn, err := cluster.Dial(t.Context(), c)
		if err == nil {
			conn.Close()
			t.Errorf("%s: connected", name)
		} else if strings.Contains(err.Error(), "password@") {
			t.Error(err)
		}
	}
}

// TestTooFewServersAreSaid declares three copies where there is one server, as
// who forgets --nats-replicas does.
func TestTooFewServersAreSaid(t *testing.T) {
	s := clustertest.Start(t, 1)
	said := &told{}
	c, err := cluster.Dial(t.Context(), cluster.Config{URL: s.URL(), Replicas: 3, Logger: slog.New(slog.NewTextHandler(said, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if err := c.Declare(ctx); !errors.Is(err, cluster.ErrAway) {
		t.Error(err)
	}
	if n := strings.Count(said.String(), "can't declare the stream FOLJE_FEEDS yet"); n != 1 {
		t.Errorf("it is said %d times:\n%s", n, said)
	}
}

// told is a log that can be read while it is written.
type told struct {
	mu   sync.Mutex
	text []byte
}

func (t *told) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	return len(b), nil
}

func (t *told) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}

// TestReadersGoOnWhenTheServerIsBack has one server away while two kinds of
// readers wait.
func TestReadersGoOnWhenTheServerIsBack(t *testing.T) {
	s := clustertest.Start(t, 1)
	c := s.Dial(t)
	ctx := untilDone(t)
	queue, err := c.Consumer(ctx, cluster.Pushes, jetstream.ConsumerConfig{Durable: "workers", AckPolicy: jetstream.AckExplicitPolicy})
	if err != nil {
		t.Fatal(err)
	}
	ordered, err := c.JS.OrderedConsumer(ctx, cluster.Feeds, jetstream.OrderedConsumerConfig{})
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 10)
	for _, consumer := range []jetstream.Consumer{queue, ordered} {
		reading, err := consumer.Consume(func(m jetstream.Msg) {
			_ = m.Ack()
			got <- string(m.Data())
		})
		if err != nil {
			t.Fatal(err)
		}
		defer reading.Stop()
	}
	for _, word := range []string{"before", "after"} {
		for _, subject := range []string{cluster.PushTo("push.example"), cluster.Hello} {
			for err := error(cluster.ErrAway); errors.Is(err, cluster.ErrAway) && ctx.Err() == nil; {
				err = c.Publish(ctx, cluster.NewMsg(subject, 0, "", []byte(word)))
			}
			for said := ""; said != word; {
				select {
				case said = <-got:
				case <-ctx.Done():
					t.Fatalf("nobody read what was published %s on %s", word, subject)
				}
			}
		}
		if word == "before" {
			s.Kill(0)
			s.Restart(0)
		}
	}
}

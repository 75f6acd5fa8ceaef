package cluster_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/cluster/clustertest"

	"github.com/nats-io/nats.go/jetstream"
)

// TestAQuorumIsEnough is the promise that everything else stands on: with one
// of three servers away everything goes on, with two away nothing is
// acknowledged, and what was acknowledged is there when they are back.
func TestAQuorumIsEnough(t *testing.T) {
	s := clustertest.Start(t, 3)
	c := s.Dial(t)
	ctx := untilDone(t)
	s.Kill(2)
	acknowledged := publishSome(ctx, t, c, 0, 20)
	s.Kill(1)
	waitUntilAway(ctx, t, c)
	s.Restart(1)
	s.Restart(2)
	acknowledged += publishSome(ctx, t, c, 20, 40)
	checkQueue(ctx, t, c, acknowledged)
}

// TestServersThatAllStopLoseNothing stops all three at once, as a power cut
// would, but for what the machine itself still had to write.
func TestServersThatAllStopLoseNothing(t *testing.T) {
	s := clustertest.Start(t, 3)
	c := s.Dial(t)
	ctx := untilDone(t)
	acknowledged := publishSome(ctx, t, c, 0, 50)
	for i := range 3 {
		s.Kill(i)
	}
	for i := range 3 {
		s.Begin(i)
	}
	for i := range 3 {
		s.Ready(i)
	}
	acknowledged += publishSome(ctx, t, c, 50, 60)
	checkQueue(ctx, t, c, acknowledged)
}

// publishSome publishes numbered shards until each is acknowledged.
func publishSome(ctx context.Context, t *testing.T, c *cluster.Conn, from, to int) int {
	t.Helper()
	for i := from; i < to; i++ {
		m := cluster.NewMsg(cluster.PushTo("push.example"), 1, fmt.Sprint("shard-", i), []byte(fmt.Sprint(i)))
		for {
			err := c.Publish(ctx, m)
			if err == nil {
				break
			}
			if !errors.Is(err, cluster.ErrAway) || ctx.Err() != nil {
				t.Fatalf("publish %d: %v", i, err)
			}
		}
	}
	return to - from
}

// waitUntilAway publishes until that fails, as it has to without a quorum.
func waitUntilAway(ctx context.Context, t *testing.T, c *cluster.Conn) {
	t.Helper()
	for i := range 3 {
		err := c.Publish(ctx, cluster.NewMsg(cluster.Hello, 1, "", []byte(fmt.Sprint(i))))
		if errors.Is(err, cluster.ErrAway) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Error("published without a quorum")
}

// checkQueue takes everything from the queue and compares it with what was
// acknowledged: each shard once.
func checkQueue(ctx context.Context, t *testing.T, c *cluster.Conn, want int) {
	t.Helper()
	consumer, err := c.Consumer(ctx, cluster.Pushes, jetstream.ConsumerConfig{Durable: "workers", AckPolicy: jetstream.AckExplicitPolicy})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for len(seen) < want && ctx.Err() == nil {
		batch, err := consumer.Fetch(want, jetstream.FetchMaxWait(time.Second))
		if err != nil {
			t.Fatal(err)
		}
		for m := range batch.Messages() {
			seen[string(bytes.Clone(m.Data()))]++
			if err := m.Ack(); err != nil {
				t.Error(err)
			}
		}
	}
	for shard, times := range seen {
		if times > 1 {
			t.Errorf("shard %s is there %d times", shard, times)
		}
	}
	if len(seen) != want {
		t.Errorf("%d of %d acknowledged shards are there", len(seen), want)
	}
}

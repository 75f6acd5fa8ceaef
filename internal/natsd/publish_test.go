package natsd_test

import (
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/natsd"

	"github.com/nats-io/nats.go/jetstream"
)

// BenchmarkPublish publishes into three processes with TLS that keep what they
// acknowledge: one message after another, and a thousand under way.
func BenchmarkPublish(b *testing.B) {
	s := startThree(b)
	ctx := untilDone(b)
	c := dial(b, s.keys, natsd.Writer, s.url(), 3)
	if err := c.Declare(ctx); err != nil {
		b.Fatal(err)
	}
	body := make([]byte, 4<<10)
	b.Run("one by one", func(b *testing.B) {
		for b.Loop() {
			if err := c.Publish(ctx, cluster.NewMsg(cluster.Hello, 0, "", body)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("many at once", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.JS.PublishMsgAsync(cluster.NewMsg(cluster.Hello, 0, "", body), jetstream.WithStallWait(time.Minute)); err != nil {
				b.Fatal(err)
			}
		}
		<-c.JS.PublishAsyncComplete()
	})
}

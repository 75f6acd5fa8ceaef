package sync

import (
	"context"
	"fmt"
	"time"

	"folje/internal/cluster"

	"github.com/nats-io/nats.go/jetstream"
)

// stampHeader says what state a message of the feeds is of.
const stampHeader = "Folje-At"

// NATSBus tells through JetStream. Term is the writer's.
type NATSBus struct {
	Conn *cluster.Conn
	Term func() uint64
}

// telling bounds how long it may take to ask what was told.
const telling = time.Minute

// Tell implements [Bus].
func (b NATSBus) Tell(ctx context.Context, subject, stamp string, body []byte) error {
	m := cluster.NewMsg(subject, b.Term(), "", body)
	m.Header.Set(stampHeader, stamp)
	return b.Conn.Publish(ctx, m)
}

// Told implements [Bus].
func (b NATSBus) Told(ctx context.Context) (map[string]string, error) {
	ctx, cancel := context.WithTimeout(ctx, telling)
	defer cancel()
	told := map[string]string{}
	stream, err := b.Conn.JS.Stream(ctx, cluster.Feeds)
	if err != nil {
		return nil, fmt.Errorf("ask what was told: %w", err)
	}
	last := stream.CachedInfo().State.LastSeq
	if stream.CachedInfo().State.Msgs == 0 {
		return told, nil
	}
	reader, err := b.Conn.JS.OrderedConsumer(ctx, cluster.Feeds, jetstream.OrderedConsumerConfig{HeadersOnly: true})
	if err != nil {
		return nil, fmt.Errorf("ask what was told: %w", err)
	}
	all, err := reader.Messages()
	if err != nil {
		return nil, fmt.Errorf("ask what was told: %w", err)
	}
	defer all.Stop()
	highest := uint64(0)
	for {
		m, err := all.Next(jetstream.NextContext(ctx))
		if err != nil {
			return nil, fmt.Errorf("ask what was told: %w", err)
		}
		at, err := m.Metadata()
		if err != nil {
			return nil, fmt.Errorf("ask what was told: %w", err)
		}
		// What a writer of an earlier term told after a later one's words is not
		// heard by the edges, so it was not told.
		if term, err := cluster.Open(m.Headers()); err == nil && term >= highest {
			highest = term
			told[m.Subject()] = m.Headers().Get(stampHeader)
		}
		if at.NumPending == 0 || at.Sequence.Stream >= last {
			return told, nil
		}
	}
}

package cluster

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// kept is for how long a stream keeps what nobody took: longer than a ticket
// lives.
const kept = 48 * time.Hour

// worth is for how long a shard of deliveries is kept: nobody begins with it
// after a minute, and it has phones' addresses in it.
const worth = 5 * time.Minute

// repeats is for how long a stream knows the id of a message that it took.
const repeats = 10 * time.Minute

// Streams are what a cluster keeps in JetStream, each as many times as said.
func Streams(replicas int) []jetstream.StreamConfig {
	streams := []jetstream.StreamConfig{
		{Name: Feeds, Subjects: []string{"folje.feed.>"}, MaxMsgsPerSubject: 1, AllowDirect: true},
		{Name: Revoked, Subjects: []string{EveryRevoked}, MaxMsgsPerSubject: 1, MaxAge: kept, AllowDirect: true},
		{Name: Pushes, Subjects: []string{EveryPush}, Retention: jetstream.WorkQueuePolicy, MaxAge: worth, Duplicates: worth},
		{Name: Answers, Subjects: []string{EveryAnswer}, Retention: jetstream.WorkQueuePolicy, MaxAge: kept, Duplicates: repeats},
		{Name: Erased, Subjects: []string{EveryErased}, MaxMsgsPerSubject: 1},
		lease(),
	}
	for i := range streams {
		streams[i].Storage = jetstream.FileStorage
		streams[i].Replicas = replicas
	}
	return streams
}

// lease is the stream below the bucket. It is what nats.go makes, but for one
// thing: the key is read from the stream's leader, never from a copy that is
// behind (no AllowDirect).
func lease() jetstream.StreamConfig {
	return jetstream.StreamConfig{Name: "KV_" + Lease, Subjects: []string{"$KV." + Lease + ".>"},
		MaxMsgsPerSubject: 1, Discard: jetstream.DiscardNew, AllowRollup: true, DenyDelete: true}
}

// Declare makes the streams and the bucket, or changes them to what they have to
// be. It tries until ctx ends: servers that start need a moment for their
// quorum. Only writers may do it. It fails with [ErrAway] and what was wrong
// last.
func (c *Conn) Declare(ctx context.Context) error {
	for _, stream := range Streams(c.replicas) {
		if err := c.declare(ctx, stream); err != nil {
			return err
		}
	}
	return nil
}

func (c *Conn) declare(ctx context.Context, stream jetstream.StreamConfig) error {
	err := c.again(ctx, "declare the stream "+stream.Name, func(ctx context.Context) error {
		_, err := c.JS.CreateOrUpdateStream(ctx, stream)
		return err
	})
	if err != nil {
		return fmt.Errorf("%w: declare the stream %s: %w", ErrAway, stream.Name, err)
	}
	return nil
}

// Consumer makes the stream's consumer, or changes it to what it has to be. It
// tries until ctx ends: a cluster without a leader lets requests fall without a
// word. It fails with [ErrAway] and what was wrong last.
func (c *Conn) Consumer(ctx context.Context, stream string, how jetstream.ConsumerConfig) (consumer jetstream.Consumer, err error) {
	err = c.again(ctx, "make a consumer of "+stream, func(ctx context.Context) (err error) {
		consumer, err = c.JS.CreateOrUpdateConsumer(ctx, stream, how)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%w: make a consumer of %s: %w", ErrAway, stream, err)
	}
	return consumer, nil
}

// again asks until the answer is good or ctx ends; then it gives the last error.
// What is in the way is told meanwhile: there may be fewer servers than copies.
func (c *Conn) again(ctx context.Context, what string, ask func(context.Context) error) error {
	for {
		once, cancel := context.WithTimeout(ctx, patience)
		err := ask(once)
		cancel()
		if err == nil {
			return nil
		}
		c.faults.tell("can't "+what+" yet", err)
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// Made is when the stream was made. One that was lost and declared again has
// another time. It fails with [ErrAway].
func (c *Conn) Made(ctx context.Context, stream string) (time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	s, err := c.JS.Stream(ctx, stream)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: look at %s: %w", ErrAway, stream, err)
	}
	return s.CachedInfo().Created, nil
}

// LeaseBucket is the bucket of the lease; Declare has to have made it.
func (c *Conn) LeaseBucket(ctx context.Context) (jetstream.KeyValue, error) {
	return c.JS.KeyValue(ctx, Lease)
}

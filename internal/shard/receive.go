package shard

import (
	"context"
	"errors"
	"time"

	"folje/internal/cluster"
	"folje/internal/outbox"

	"github.com/nats-io/nats.go/jetstream"
)

// Times of the two queues. A worker says every touch that it is at work; who
// says nothing for shardsAgain has its shard given to another. (JetStream's own
// BackOff is not for this queue: with it, a message that was given back for a
// second comes after ten or twenty.)
const (
	touch        = 3 * time.Second
	shardsAgain  = 10 * time.Second
	answersAgain = 30 * time.Second
	notYet       = time.Minute // until a message of a newer program is looked at again
	afterFault   = time.Second
)

// mostUnacked bounds what workers have at once, in shards.
const mostUnacked = 2048

// consumers are the two queues'.
func consumers() map[string]jetstream.ConsumerConfig {
	return map[string]jetstream.ConsumerConfig{
		cluster.Pushes: {
			Durable: workers, AckPolicy: jetstream.AckExplicitPolicy, AckWait: shardsAgain, MaxDeliver: -1, MaxAckPending: mostUnacked,
		},
		cluster.Answers: {
			Durable: writer, AckPolicy: jetstream.AckExplicitPolicy, AckWait: answersAgain, MaxDeliver: -1, MaxAckPending: mostUnacked,
		},
	}
}

// receipt is a message of answers, to be acknowledged when they are written.
type receipt struct {
	message jetstream.Msg
	left    int
}

// Run makes the queues' consumers and takes answers until ctx ends. The streams
// must have been declared.
func (r *Relay) Run(ctx context.Context) {
	go r.acknowledge(ctx)
	for ctx.Err() == nil {
		if err := r.receive(ctx); err != nil && ctx.Err() == nil {
			r.cfg.Logger.Warn("take workers' answers", "cause", err.Error())
			pause(ctx, afterFault)
		}
	}
}

func (r *Relay) receive(ctx context.Context) error {
	made := consumers()
	if _, err := r.cfg.Conn.Consumer(ctx, cluster.Pushes, made[cluster.Pushes]); err != nil {
		return err
	}
	if _, err := r.cfg.Conn.Consumer(ctx, cluster.Answers, made[cluster.Answers]); err != nil {
		return err
	}
	return r.answersOf(ctx)
}

// answersOf takes answers until ctx ends or the queue fails.
func (r *Relay) answersOf(ctx context.Context) error {
	consumer, err := r.cfg.Conn.JS.Consumer(ctx, cluster.Answers, writer)
	if err != nil {
		return err
	}
	it, err := consumer.Messages(jetstream.PullMaxMessages(256))
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, it.Stop)()
	defer it.Stop()
	for {
		m, err := it.Next()
		if errors.Is(err, jetstream.ErrNoHeartbeat) {
			err = lost(ctx, consumer)
			if err == nil {
				continue
			}
		}
		if err != nil {
			return err
		}
		r.take(m)
	}
}

// lost fails where the queue isn't there any more, as when NATS has lost its
// disks: who reads it is not told, only hears nothing.
func lost(ctx context.Context, queue jetstream.Consumer) error {
	ctx, cancel := context.WithTimeout(ctx, dialing)
	defer cancel()
	_, err := queue.Info(ctx)
	if errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrStreamNotFound) {
		return err
	}
	return nil // NATS may be away
}

// take hands answers to those who wait for them, and the others to be written
// all the same.
func (r *Relay) take(m jetstream.Msg) {
	_, err := cluster.Open(m.Headers())
	if errors.Is(err, cluster.ErrNewer) {
		_ = m.NakWithDelay(notYet) // or it comes again by itself
		return
	}
	said, badly := parseAnswers(m.Data())
	if err = errors.Join(err, badly); err != nil || len(said) == 0 {
		r.cfg.Logger.Error("read workers' answers", "cause", err)
		_ = m.Term()
		return
	}
	r.trouble.over()
	if late := r.route(m, said); len(late) > 0 {
		r.cfg.Take(late)
	}
}

func (r *Relay) route(m jetstream.Msg, said []answer) (late []outbox.Answered) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.heard = r.cfg.Now()
	of := &receipt{message: m, left: len(said)}
	for _, a := range said {
		if w := r.waiting[a.ID]; w != nil && a.outdated(w.try) {
			if of.left--; of.left == 0 {
				_ = m.Ack() // or it comes again
			}
			continue
		}
		r.unacked[a.ID] = append(r.unacked[a.ID], of)
		w := r.waiting[a.ID]
		if w == nil {
			late = append(late, outbox.Answered{Delivery: a.ID, Answer: a.meant()})
			continue
		}
		delete(r.waiting, a.ID)
		w.answer <- a.meant()
	}
	return late
}

// Marked is told of deliveries whose answers are written ([outbox.Others]).
func (r *Relay) Marked(deliveries []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range deliveries {
		for _, of := range r.unacked[id] {
			if of.left--; of.left > 0 {
				continue
			}
			select {
			case r.due <- of:
			default: // it comes again, and is written already
			}
		}
		delete(r.unacked, id)
	}
}

// acknowledge takes from the queue what is written where it can't be lost.
func (r *Relay) acknowledge(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-r.due:
			all := []*receipt{first}
			for len(r.due) > 0 {
				all = append(all, <-r.due)
			}
			if r.cfg.Barrier(ctx) != nil {
				continue // they come again
			}
			for _, of := range all {
				_ = of.message.Ack() // or it comes again
			}
		}
	}
}

func pause(ctx context.Context, long time.Duration) {
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

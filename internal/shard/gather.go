package shard

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	mathrand "math/rand/v2"
	"time"

	"folje/internal/cluster"
	"folje/internal/push"
)

// kind is what the messages of a shard have in common.
type kind struct{ service, key string }

// batch is a shard that is being filled.
type batch struct {
	shard
	waiters []*waiter
}

// add puts the message into the next shard of its kind.
func (r *Relay) add(to push.Subscription, m push.Message, now time.Time) *waiter {
	w := &waiter{answer: make(chan push.Answer, 1), since: now, try: mathrand.Uint64()>>11 | 1}
	k := kind{to.Service, to.Key}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting[m.ID] = w
	b := r.filling[k]
	if b == nil {
		b = &batch{shard: shard{Service: to.Service, Key: to.Key, By: now.Add(beginning)}}
		r.filling[k] = b
		time.AfterFunc(linger, func() { r.close(k, b) })
	}
	b.shard.add(to, m, now)
	b.Items[len(b.Items)-1].Try = w.try
	if b.waiters = append(b.waiters, w); len(b.waiters) == most {
		delete(r.filling, k)
		go r.publish(b)
	}
	return w
}

// close publishes the batch, unless it became full before.
func (r *Relay) close(k kind, b *batch) {
	r.mu.Lock()
	open := r.filling[k] == b
	if open {
		delete(r.filling, k)
	}
	r.mu.Unlock()
	if open {
		r.publish(b)
	}
}

// publish puts the shard into the queue. It is tried under one id until nobody
// would begin with it any more.
func (r *Relay) publish(b *batch) {
	ctx, cancel := context.WithTimeout(context.Background(), b.By.Sub(r.cfg.Now()))
	defer cancel()
	raw, err := json.Marshal(b.shard)
	if err == nil {
		err = r.cfg.Barrier(ctx)
	}
	if err != nil {
		r.fail(b, push.Unsent, err)
		return
	}
	r.mu.Lock()
	for _, w := range b.waiters {
		w.out = true
	}
	r.mu.Unlock()
	id := rand.Text()
	for {
		err := r.cfg.Conn.Publish(ctx, cluster.NewMsg(cluster.PushTo(b.Service), r.cfg.Term(), id, raw))
		switch {
		case err == nil:
			r.published()
			return
		case !errors.Is(err, cluster.ErrAway):
			r.fail(b, push.Unsent, err)
			return
		case ctx.Err() != nil:
			r.fail(b, push.Lost, err)
			return
		}
		r.trouble.note(r.cfg.Now(), err)
	}
}

// published ends a trouble that was NATS's own.
func (r *Relay) published() {
	if why := r.trouble.cause(); why != nil && !errors.Is(why, errSilent) {
		r.trouble.over()
	}
}

// fail answers for all of the batch.
func (r *Relay) fail(b *batch, how push.Outcome, why error) {
	now := r.cfg.Now()
	r.trouble.note(now, why)
	wait, _ := r.trouble.wait(now)
	for i, w := range b.waiters {
		r.mu.Lock()
		if r.waiting[b.Items[i].ID] == w {
			delete(r.waiting, b.Items[i].ID)
			w.answer <- push.Answer{Outcome: how, Wait: max(wait, time.Millisecond), Err: why}
		}
		r.mu.Unlock()
	}
}

package shard

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"time"

	"folje/internal/cluster"
	"folje/internal/metrics"
	"folje/internal/push"

	"github.com/nats-io/nats.go/jetstream"
)

// Pauses before a shard is given out again: to a worker with the right key, and
// to one with room.
const (
	elsewhere = 2 * time.Second
	noRoom    = 500 * time.Millisecond
)

// flush is how long answers wait for others.
const flush = 10 * time.Millisecond

// hand is a shard that a worker has.
type hand struct {
	shard
	message jetstream.Msg
	again   bool // another may have begun with it
	void    bool // a writer that has a successor put it there
	taken   bool // there is room for it
	parked  bool // it waits for room
}

// accept looks at what came. It gives nil for what is not this worker's to do.
func (w *Worker) accept(m jetstream.Msg) *hand {
	term, err := cluster.Open(m.Headers())
	if errors.Is(err, cluster.ErrNewer) {
		w.count("newer")
		_ = m.NakWithDelay(notYet)
		return nil
	}
	s, badly := parse(m.Data())
	if err = errors.Join(err, badly); err != nil {
		w.count("foreign")
		w.cfg.Logger.Error("read a shard", "cause", err.Error())
		_ = m.Term()
		return nil
	}
	h := &hand{shard: s, message: m}
	if about, err := m.Metadata(); err == nil && about.NumDelivered > 1 {
		h.again = true
		w.cfg.Metrics.Add(metrics.ShardsAgain, 1)
	}
	w.mu.Lock()
	w.term = max(w.term, term)
	h.void = term < w.term && term != 0 // who has no lease any more has no successor either
	w.mu.Unlock()
	if w.outdated(h) {
		return w.hold(h)
	}
	if why := w.refuse(s); why != "" {
		w.count("refused")
		_ = m.NakWithDelay(elsewhere)
		return nil
	}
	if !w.seat(h) {
		w.count("no room")
		_ = m.NakWithDelay(noRoom)
		return nil
	}
	return w.hold(h)
}

// seat takes room for the shard, or a place to wait for it. Where there is
// neither it waits for a service that answers, and leaves one that doesn't to
// other workers.
func (w *Worker) seat(h *hand) bool {
	for {
		freed := w.room.next()
		if h.taken = w.room.take(h.Service, len(h.Items)); h.taken {
			return true
		}
		if h.parked = w.room.park(h.Service); h.parked {
			return true
		}
		if !w.room.moves(h.Service) {
			return false
		}
		w.room.soon(freed)
	}
}

func (w *Worker) outdated(h *hand) bool { return h.void || w.now().After(h.By) }

func (w *Worker) hold(h *hand) *hand {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hands[h] = true
	return h
}

func (w *Worker) count(result string) { w.cfg.Metrics.Add(metrics.Shards, 1, result) }

// refuse says why the shard is for workers that were started otherwise; once in
// the log, and for good in readiness.
func (w *Worker) refuse(s shard) (why string) {
	if _, has := w.cfg.Keys.Find(s.Key); !has {
		why = "this worker doesn't have the VAPID key " + s.Key + " of the writer"
	} else if _, err := w.cfg.Services.Check(s.Items[0].Endpoint); err != nil {
		why = "this worker may not send to all push services that the writer sends to: see --push-service"
	}
	if why == "" {
		return ""
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.refused[why] {
		w.refused[why] = true
		w.cfg.Logger.Error("refuse deliveries", "cause", why)
	}
	return why
}

// work sends the shard, tells what became of it, and acknowledges it then.
func (w *Worker) work(ctx, sending, telling context.Context, h *hand) {
	defer func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.hands, h)
	}()
	began := w.begin(ctx, h)
	if !began && !w.outdated(h) {
		w.count("given back")
		_ = h.message.Nak()
		return
	}
	results := make(chan answer, len(h.Items))
	for _, i := range h.Items {
		if !began {
			results <- i.answer(h.unbegun())
			continue
		}
		go func() { results <- i.answer(w.send(sending, h, i)) }()
	}
	told := w.tell(telling, h, results, began)
	if !told {
		return // it is given out again
	}
	if began {
		w.count("done")
	} else {
		w.count("late")
	}
	_ = h.message.Ack() // or it is given out again, and rings twice
}

// begin waits for room. It reports false where the worker ends, or it has
// become too late.
func (w *Worker) begin(ctx context.Context, h *hand) bool {
	if !h.parked {
		return h.taken
	}
	defer w.room.unpark(h.Service)
	for {
		freed := w.room.next()
		if w.outdated(h) || ctx.Err() != nil {
			return false
		}
		if w.room.take(h.Service, len(h.Items)) {
			return true
		}
		select {
		case <-freed:
		case <-time.After(h.By.Sub(w.now())):
		}
	}
}

// unbegun is the answer for all of a shard that came too late.
func (h *hand) unbegun() push.Answer {
	if h.again {
		return push.Answer{Outcome: push.Lost, Err: errLate}
	}
	return push.Answer{Outcome: push.Unsent, Err: errLate}
}

var errLate = errors.New("no worker came to it in time")

func (w *Worker) send(ctx context.Context, h *hand, i item) push.Answer {
	now := w.now()
	if !now.Before(i.Until) {
		return push.Answer{Outcome: push.Expired}
	}
	if r, busy := w.rest(h.Service, now); busy {
		return push.Answer{Outcome: push.Later, Status: r.status, Wait: r.until.Sub(now), Err: errBusy}
	}
	to := push.Subscription{ID: i.ID, Service: h.Service, Endpoint: i.Endpoint, P256dh: i.P256dh, Auth: i.Auth, Key: h.Key}
	a := w.cfg.Sender.Send(ctx, to, push.Message{
		ID: i.ID, Payload: h.payload(i), TTL: i.Until.Sub(now), Topic: i.Topic, Urgent: i.Urgent,
	})
	w.cfg.Metrics.Observe(metrics.PushDuration, w.now().Sub(now).Seconds())
	if a.Outcome == push.Failed && ctx.Err() != nil {
		a.Outcome = push.Lost // it was called off
	}
	if a.Outcome == push.Later && a.Wait > 0 {
		w.leave(h.Service, rest{w.now().Add(a.Wait), a.Status})
	}
	return a
}

var errBusy = errors.New("the push service asked to be left alone for a while")

// rest is what the service said, while that holds.
func (w *Worker) rest(service string, now time.Time) (rest, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r, said := w.busy[service]
	if said && !now.Before(r.until) {
		delete(w.busy, service)
	}
	return r, said && now.Before(r.until)
}

func (w *Worker) leave(service string, r rest) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if r.until.After(w.busy[service].until) {
		w.busy[service] = r
	}
}

// tell brings what became of the messages to the writer, as it becomes known,
// and reports whether all of it arrived. It gives their room back.
func (w *Worker) tell(ctx context.Context, h *hand, results <-chan answer, took bool) bool {
	told := true
	for left := len(h.Items); left > 0; {
		some := collect(results, left)
		left -= len(some)
		told = w.publish(ctx, some) && told
		if took {
			w.room.give(h.Service, len(some))
		}
	}
	return told
}

// collect takes what comes within a moment of the first.
func collect(results <-chan answer, left int) []answer {
	some := []answer{<-results}
	timer := time.NewTimer(flush)
	defer timer.Stop()
	for len(some) < left {
		select {
		case a := <-results:
			some = append(some, a)
		case <-timer.C:
			return some
		}
	}
	return some
}

// publish tries until the queue has the answers or ctx ends.
func (w *Worker) publish(ctx context.Context, some []answer) bool {
	raw, err := json.Marshal(answers{some})
	if err != nil {
		w.cfg.Logger.Error("encode answers", "cause", err.Error())
		return false
	}
	m := cluster.NewMsg(cluster.AnswerTo(writer), 0, rand.Text(), raw)
	for failed := false; ; failed = true {
		err := w.cfg.Conn.Publish(ctx, m)
		if err == nil && failed {
			w.state(nil)
		}
		if err == nil || ctx.Err() != nil {
			return err == nil
		}
		w.state(err)
		pause(ctx, afterFault)
	}
}

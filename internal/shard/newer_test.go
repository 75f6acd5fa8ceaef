package shard

import (
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/push"
)

// What a newer program put into the queues waits for one that understands it:
// nothing is sent, nothing is lost, and what was put there before and after is
// done.
func TestANewerProgramsMessagesWait(t *testing.T) {
	w := newWorld(t)
	w.receive()
	sender := &scripted{}
	w.employ(sender, nil)
	var s shard
	s.Service, s.Key, s.By = service, "key", time.Now().Add(beginning)
	s.add(phone(service, "key"), message(7000), time.Now())
	w.newer(cluster.PushTo(service), s)
	w.newer(cluster.AnswerTo(writer), answers{[]answer{answerOf("000000000007001", push.Answer{Outcome: push.Gone})}})
	if got := w.send(t.Context(), service, 0, 10); got[push.Delivered] != 10 {
		t.Errorf("answers are %v", got)
	}
	w.pending(cluster.Pushes, 1)
	w.pending(cluster.Answers, 1)
	if distinct, all := sender.count(); distinct != 10 || all != 10 {
		t.Errorf("%d messages were sent, %d of them different", all, distinct)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.late) > 0 {
		t.Errorf("a newer program's answers were taken: %v", w.late)
	}
}

// newer publishes a message of a version that is not there yet.
func (w *world) newer(subject string, body any) {
	w.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		w.Fatal(err)
	}
	m := cluster.NewMsg(subject, 0, "", raw)
	m.Header.Set("Folje-V", strconv.Itoa(cluster.Version+1))
	if err := w.relay.cfg.Conn.Publish(w.Context(), m); err != nil {
		w.Fatal(err)
	}
}

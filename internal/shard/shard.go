// Package shard has deliveries sent by workers on other machines. The writer's
// [Relay] puts them, some at a time, into a queue of NATS; any number of
// [Worker] take them from it, encrypt and send; what became of them goes back
// through another queue. Whoever dies, nothing is lost: what nobody
// acknowledged is given out again.
package shard

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"folje/internal/push"
)

// The consumers of the two queues, which all workers share, and the writer
// with its successors. The writer makes both.
const (
	workers = "workers"
	writer  = "writer"
)

// Bounds of a shard: how many messages it has at most, and for how long the
// first of them waits for others.
const (
	most   = 64
	linger = 5 * time.Millisecond
)

// How long a shard may wait for a worker to begin, and from then on the writer
// for its answers: longer than a push service can take. Together they are less
// than a delivery's lease.
const (
	beginning = 60 * time.Second
	answering = 45 * time.Second
)

// shard is messages for one push service that were made with one of our keys.
type shard struct {
	Service string      `json:"service"`
	Key     string      `json:"key"`   // the id of the key; its secret half is the workers' own
	By      time.Time   `json:"by"`    // nobody begins later
	Texts   [][2]string `json:"texts"` // payloads, before and after the message's id
	Items   []item      `json:"items"`
}

// item is one message.
type item struct {
	ID       string    `json:"id"`            // of the delivery
	Try      uint64    `json:"try,omitempty"` // tells this handing over from others of the delivery
	Endpoint string    `json:"endpoint"`
	P256dh   []byte    `json:"p256dh"`
	Auth     []byte    `json:"auth"`
	Text     int       `json:"text"`
	Topic    string    `json:"topic,omitempty"`
	Urgent   bool      `json:"urgent,omitempty"`
	Until    time.Time `json:"until"` // it makes no sense later
}

// errShard says that a shard makes no sense.
var errShard = errors.New("the shard makes no sense")

// add adds a message. Those of one text share it.
func (s *shard) add(to push.Subscription, m push.Message, now time.Time) {
	payload := string(m.Payload)
	text := [2]string{payload}
	if before, after, found := strings.Cut(payload, m.ID); found && m.ID != "" && !strings.Contains(after, m.ID) {
		text = [2]string{before, after}
	} else {
		text[1] = whole
	}
	at := -1
	for i, t := range s.Texts {
		if t == text {
			at = i
		}
	}
	if at < 0 {
		at = len(s.Texts)
		s.Texts = append(s.Texts, text)
	}
	s.Items = append(s.Items, item{
		ID: m.ID, Endpoint: to.Endpoint, P256dh: to.P256dh, Auth: to.Auth, Text: at, Topic: m.Topic, Urgent: m.Urgent, Until: now.Add(m.TTL),
	})
}

// whole stands after a payload that doesn't hold its id once; no JSON ends so.
const whole = "\x00"

func (s *shard) payload(i item) []byte {
	text := s.Texts[i.Text]
	if text[1] == whole {
		return []byte(text[0])
	}
	return []byte(text[0] + i.ID + text[1])
}

func parse(raw []byte) (s shard, err error) {
	if err := json.Unmarshal(raw, &s); err != nil {
		return s, fmt.Errorf("%w: %w", errShard, err)
	}
	if len(s.Items) == 0 || len(s.Items) > most {
		return s, fmt.Errorf("%w: it has %d messages", errShard, len(s.Items))
	}
	for _, i := range s.Items {
		if i.Text < 0 || i.Text >= len(s.Texts) || i.ID == "" {
			return s, fmt.Errorf("%w: a message has no text or no id", errShard)
		}
	}
	return s, nil
}

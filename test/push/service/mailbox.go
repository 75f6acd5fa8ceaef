package service

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// mailbox holds what waits for phones, as a push service does: until a phone
// has said that it has it, until its time is over, or until a later message of
// the same topic replaces it.
type mailbox struct {
	now func() time.Time

	mu    sync.Mutex
	boxes map[string]*box // by endpoint
	taken []*Message
	not   []*Refusal
	news  chan struct{} // closed at every change
}

// box is one subscription.
type box struct {
	endpoint string
	key      string // the only VAPID key that may send to it
	waiting  []*parcel
	arrived  func(*parcel) // told of every new parcel, outside the lock
}

// parcel is a message on its way.
type parcel struct {
	id      string
	box     *box
	message *Message
	until   time.Time
	over    any // the line it was last sent over; its service's lock is held
}

func newMailbox(now func() time.Time) *mailbox {
	return &mailbox{now: now, boxes: map[string]*box{}, news: make(chan struct{})}
}

// open makes a subscription below a prefix such as "https://host/path/".
func (m *mailbox) open(prefix, key string, arrived func(*parcel)) *box {
	b := &box{endpoint: prefix + token(), key: key, arrived: arrived}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.boxes[b.endpoint] = b
	return b
}

// close ends a subscription; what is sent to it is answered with 410.
func (m *mailbox) close(endpoint string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.boxes, endpoint)
}

// put takes a message, or says why not.
func (m *mailbox) put(message *Message) error {
	p, err := m.file(message)
	if err == nil && p.box.arrived != nil {
		p.box.arrived(p)
	}
	return err
}

func (m *mailbox) file(message *Message) (*parcel, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.boxes[strings.Replace(message.Endpoint, "//"+stagingHost+"/", "//"+googleHost+"/", 1)]
	switch {
	case b == nil:
		return nil, refuse(http.StatusGone, "no such subscription")
	case b.key != message.Key:
		return nil, refuse(http.StatusForbidden, "the subscription was made for another VAPID key")
	}
	p := &parcel{id: token(), box: b, message: message, until: m.now().Add(message.TTL)}
	b.waiting = slices.DeleteFunc(b.waiting, func(old *parcel) bool {
		return message.Topic != "" && old.message.Topic == message.Topic
	})
	b.waiting = append(b.waiting, p)
	m.taken = append(m.taken, message)
	m.tell()
	return p, nil
}

// refused keeps why a message was not taken.
func (m *mailbox) refused(why *Refusal) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.not = append(m.not, why)
	m.tell()
}

// tell wakes who waits for news. The lock is held.
func (m *mailbox) tell() {
	close(m.news)
	m.news = make(chan struct{})
}

// waiting is all that phones have not said they have, in the order it came for
// each, without what is too old.
func (m *mailbox) waiting(of func(*box) bool) (all []*parcel) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, b := range m.boxes {
		if !of(b) {
			continue
		}
		b.waiting = slices.DeleteFunc(b.waiting, func(p *parcel) bool { return m.now().After(p.until) })
		all = append(all, b.waiting...)
	}
	return all
}

// received forgets the parcels that a phone has.
func (m *mailbox) received(ids ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, b := range m.boxes {
		b.waiting = slices.DeleteFunc(b.waiting, func(p *parcel) bool { return slices.Contains(ids, p.id) })
	}
}

// token is 24 characters that nobody guesses.
func token() string {
	raw := make([]byte, 18)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

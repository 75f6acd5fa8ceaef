package service

import (
	"testing"
	"time"
)

// What waits for a phone is replaced by what comes later of its topic, and goes
// when its time is over or the phone has it.
func TestWaiting(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	m := newMailbox(func() time.Time { return now })
	b := m.open("https://"+googleHost+"/fcm/send/", "key", nil)
	put := func(topic string, ttl time.Duration, endpoint string) {
		t.Helper()
		if err := m.put(&Message{Endpoint: endpoint, Key: "key", Topic: topic, TTL: ttl}); err != nil {
			t.Fatal(err)
		}
	}
	waits := func() (topics []string) {
		for _, p := range m.waiting(func(*box) bool { return true }) {
			topics = append(topics, p.message.Topic)
		}
		return topics
	}
	put("a", time.Hour, b.endpoint)
	put("b", time.Minute, "https://"+stagingHost+b.endpoint[len("https://"+googleHost):])
	put("a", time.Hour, b.endpoint)
	put("", time.Hour, b.endpoint)
	put("", time.Hour, b.endpoint)
	if got := waits(); len(got) != 4 || got[0] != "b" || got[1] != "a" {
		t.Errorf("the topics %q wait", got)
	}
	now = now.Add(2 * time.Minute)
	if got := waits(); len(got) != 3 || got[0] != "a" {
		t.Errorf("after two minutes the topics %q wait", got)
	}
	m.received(m.waiting(func(*box) bool { return true })[0].id)
	if got := waits(); len(got) != 2 || got[0] != "" {
		t.Errorf("after one was received the topics %q wait", got)
	}
}

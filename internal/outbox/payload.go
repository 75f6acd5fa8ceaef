package outbox

import (
	"bytes"
	"encoding/json"
	"sort"
	"strings"
	"time"

	"folje/internal/push"
)

// longestTTL is what push services take.
const longestTTL = 28 * 24 * time.Hour

// declarative is the payload as browsers with declarative push read it
// themselves, and the worker of others. It is mutable: where there is a worker,
// it is asked first.
type declarative struct {
	WebPush      int          `json:"web_push"`
	Mutable      bool         `json:"mutable"`
	Notification notification `json:"notification"`
}

type notification struct {
	Title    string `json:"title"`
	Body     string `json:"body"`
	Navigate string `json:"navigate"`
	Lang     string `json:"lang"`
	Dir      string `json:"dir"`
	Tag      string `json:"tag"`
	Silent   bool   `json:"silent,omitempty"`
	Data     data   `json:"data"`
}

type data struct {
	ID string `json:"id"` // the delivery's, by which a phone knows a repeat
}

// template is a note for all phones of one kind of reader: what differs between
// their messages is the delivery's id, and the topic.
type template struct {
	before, after string // the id, in the payload
	tag           string
	topic         func(subscription, tag string) string
	ttl           time.Duration
	urgent        bool
}

// someID is as long as each delivery's.
const someID = "000000000000000"

func (c Config) template(row Row, note Note, locale string, now time.Time) template {
	n := notification{
		Title: note.Title, Body: note.Body, Navigate: c.Origin + note.Navigate, Lang: locale, Dir: "auto",
		Tag: note.Tag, Silent: note.Quiet, Data: data{ID: someID},
	}
	if info, ok := c.Locales.Find(locale); ok {
		n.Dir = info.Dir
	}
	payload := string(fit(n, push.MaxPayload))
	at := strings.LastIndex(payload, someID) // the id comes last
	return template{
		before: payload[:at], after: payload[at+len(someID):], tag: note.Tag, topic: c.Topic,
		ttl: min(row.Until.Sub(now), longestTTL), urgent: !note.Quiet,
	}
}

// message is the delivery's.
func (t template) message(c delivery) push.Message {
	return push.Message{
		ID: c.ID, Payload: []byte(t.before + c.ID + t.after), TTL: t.ttl, Topic: t.topic(c.Subscription, t.tag), Urgent: t.urgent,
	}
}

// fit encodes the notification in at most most bytes: what is too much goes off
// the end of its body, then of its title, by whole characters.
func fit(n notification, most int) []byte {
	for _, part := range []*string{&n.Body, &n.Title} {
		if len(encode(n)) <= most {
			break
		}
		whole := []rune(*part)
		cut := func(keep int) string { return string(whole[:keep]) + "…" }
		tooMany := sort.Search(len(whole), func(keep int) bool {
			*part = cut(keep)
			return len(encode(n)) > most
		})
		if *part = ""; tooMany > 1 {
			*part = cut(tooMany - 1)
		}
	}
	return encode(n)
}

func encode(n notification) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(declarative{WebPush: 8030, Mutable: true, Notification: n}) // strings only: it can't fail
	return bytes.TrimRight(out.Bytes(), "\n")
}

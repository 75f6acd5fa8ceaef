package outbox

import (
	"bytes"
	"encoding/json"
	"sort"
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

// compose makes the delivery's message of the note.
func (d *Dispatcher) compose(c delivery, row Row, note Note, locale string, now time.Time) push.Message {
	n := notification{
		Title: note.Title, Body: note.Body, Navigate: d.cfg.Origin + note.Navigate, Lang: locale, Dir: "auto",
		Tag: note.Tag, Silent: note.Quiet, Data: data{ID: c.ID},
	}
	if info, ok := d.cfg.Locales.Find(locale); ok {
		n.Dir = info.Dir
	}
	return push.Message{
		Payload: fit(n, push.MaxPayload), TTL: min(row.Until.Sub(now), longestTTL),
		Topic: d.cfg.Topic(c.Subscription, note.Tag), Urgent: !note.Quiet,
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

package outbox

import (
	"bytes"
	"encoding/json"
	"time"
	"unicode/utf8"

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
		for len(encode(n)) > most && *part != "" {
			*part = shorten(*part, len(encode(n))-most)
		}
	}
	return encode(n)
}

// shorten takes about so many bytes off the end, and says so with an ellipsis.
func shorten(text string, excess int) string {
	const mark = "…"
	had := len(text)
	if trimmed := len(text) - len(mark); trimmed > 0 && text[trimmed:] == mark {
		text = text[:trimmed]
	}
	keep := min(len(text), max(had-max(excess, 1)-len(mark), 0))
	for keep > 0 && keep < len(text) && !utf8.RuneStart(text[keep]) {
		keep--
	}
	if keep == 0 {
		return ""
	}
	return text[:keep] + mark
}

func encode(n notification) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(declarative{WebPush: 8030, Mutable: true, Notification: n}) // strings only: it can't fail
	return bytes.TrimRight(out.Bytes(), "\n")
}

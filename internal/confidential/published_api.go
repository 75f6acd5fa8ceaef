package confidential

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/pocketbase/pocketbase/core"
)

// published is the answer to GET request-keys, made when somebody asks for it
// first and again after what it is made of changed.
type published struct {
	mu   sync.Mutex
	body []byte
	tag  string
}

// publicChannel is what phones know of a channel. Only one that has a key is
// told, and a key has a recovery key.
type publicChannel struct {
	Channel   string          `json:"channel"`
	Key       string          `json:"key"`
	Recipient string          `json:"recipient"`
	Open      bool            `json:"open"`
	Answers   answers         `json:"answers"`
	Away      json.RawMessage `json:"away"`
	Hours     string          `json:"hours"`
}

type answers struct {
	Days int `json:"days"`
}

// bind has the answer made anew after its rows changed.
func (p *published) bind(app core.App) {
	forget := func(e *core.RecordEvent) error {
		p.mu.Lock()
		p.body = nil
		p.mu.Unlock()
		return e.Next()
	}
	app.OnRecordAfterCreateSuccess(channels, keys).BindFunc(forget)
	app.OnRecordAfterUpdateSuccess(channels, keys).BindFunc(forget)
	app.OnRecordAfterDeleteSuccess(channels, keys).BindFunc(forget)
}

// get holds the lock while it reads, so that a change that was committed
// meanwhile forgets what it made.
func (p *published) get(app core.App) (body []byte, tag string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.body != nil {
		return p.body, p.tag, nil
	}
	if body, err = publish(app); err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(body)
	p.body, p.tag = body, `"`+base64.RawURLEncoding.EncodeToString(sum[:12])+`"`
	return p.body, p.tag, nil
}

func publish(app core.App) ([]byte, error) {
	all, err := app.FindRecordsByFilter(channels, "", "name", 0, 0)
	if err != nil {
		return nil, fmt.Errorf("list the channels: %w", err)
	}
	told := []publicChannel{}
	for _, c := range all {
		key, err := currentKey(app, c.Id)
		if err != nil {
			return nil, err
		}
		if key == nil {
			continue
		}
		told = append(told, publicChannel{
			Channel: c.GetString("name"), Key: key.Id, Recipient: key.GetString("recipient"), Open: c.GetBool("open"),
			Answers: answers{c.GetInt("answersDays")}, Away: list(c, "away"), Hours: c.GetString("hours"),
		})
	}
	return json.Marshal(map[string]any{"size": Size, "channels": told})
}

// list is a JSON field that holds one; [] where nobody wrote it yet.
func list(r *core.Record, field string) json.RawMessage {
	raw := r.GetString(field)
	if !strings.HasPrefix(raw, "[") {
		return json.RawMessage("[]")
	}
	return json.RawMessage(raw)
}

// listKeys answers GET request-keys → {size, channels: [{channel, key,
// recipient, open, answers: {days}, away: [{from, to}], hours}]}, the same to
// everybody.
func (f *feature) listKeys(e *core.RequestEvent) error {
	body, tag, err := f.published.get(e.App)
	if err != nil {
		return err
	}
	h := e.Response.Header()
	h.Set("Cache-Control", "public, no-cache")
	h.Set("ETag", tag)
	for known := range strings.SplitSeq(e.Request.Header.Get("If-None-Match"), ",") {
		if strings.TrimPrefix(strings.TrimSpace(known), "W/") == tag {
			return e.NoContent(http.StatusNotModified)
		}
	}
	return e.Blob(http.StatusOK, "application/json", body)
}

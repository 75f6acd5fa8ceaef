package sync

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/pocketbase/pocketbase/core"
)

// told is what an edge says hello with, but for what it knows itself: the time
// and its build.
func (h *hello) told(app core.App) ([]byte, error) {
	t, err := h.municipality(app)
	if err != nil {
		return nil, err
	}
	says := maps.Clone(h.fixed)
	says["municipality"], says["guide"], says["locales"] = t.says, t.guide, h.Locales.Locales()
	body, err := json.Marshal(says)
	if err != nil {
		return nil, fmt.Errorf("encode hello: %w", err)
	}
	return body, nil
}

// Greeting answers hello on an edge from what a publisher told of it. A new one
// is made for each that was told.
type Greeting struct {
	says map[string]any
	hello
}

// NewGreeting reads what was told. Build and Now are the edge's own.
func NewGreeting(told []byte, cfg Config) (*Greeting, error) {
	g := &Greeting{}
	if err := json.Unmarshal(told, &g.says); err != nil || g.says["epoch"] == nil {
		return nil, fmt.Errorf("read hello: not what a writer says: %w", err)
	}
	g.Config = cfg
	return g, nil
}

// Reply is hello in a form that the caller takes.
func (g *Greeting) Reply(acceptEncoding string) (*Reply, error) {
	now, build := g.Now().UTC(), g.build()
	last := g.last.Load()
	if last == nil || last.second != now.Unix() || last.build != build {
		says := maps.Clone(g.says)
		var err error
		if last, err = greetingOf(says, nil, build, now); err != nil {
			return nil, err
		}
		g.last.Store(last)
	}
	if accepts(acceptEncoding, "gzip") {
		return last.gzip, nil
	}
	return last.plain, nil
}

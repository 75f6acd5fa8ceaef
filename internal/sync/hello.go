package sync

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// hello is what a phone needs to know before anything else. It is encoded once
// a second while phones ask, since it says what time it is, and the
// municipality's settings are read again only after they changed.
type hello struct {
	Config
	fixed   map[string]any
	changes atomic.Int64 // of the settings, raised once they are committed
	town    atomic.Pointer[town]
	last    atomic.Pointer[greeting]
}

// town is what the municipality says of itself, and of its guide, as it was
// after so many changes, or later.
type town struct {
	changes     int64
	says, guide map[string]any
}

// greeting is the answer of one second.
type greeting struct {
	second      int64
	town        *town
	build       string
	plain, gzip *Reply
}

func newHello(epoch string, cfg Config) *hello {
	fixed := map[string]any{"epoch": epoch, "minimum": cfg.Minimum, "vapidKey": cfg.VapidKey, "version": cfg.Version}
	if cfg.Tickets {
		fixed["tickets"] = true
	}
	return &hello{Config: cfg, fixed: fixed}
}

func (h *hello) reply(app core.App, acceptEncoding string) (*Reply, error) {
	now, build := h.Now().UTC(), h.build()
	t, err := h.municipality(app)
	if err != nil {
		return nil, err
	}
	g := h.last.Load()
	if g == nil || g.second != now.Unix() || g.town != t || g.build != build {
		if g, err = h.greet(t, build, now); err != nil {
			return nil, err
		}
		h.last.Store(g)
	}
	if accepts(acceptEncoding, "gzip") {
		return g.gzip, nil
	}
	return g.plain, nil
}

func (h *hello) municipality(app core.App) (*town, error) {
	changes := h.changes.Load() // before it is read
	if t := h.town.Load(); t != nil && t.changes == changes {
		return t, nil
	}
	says, err := setting[map[string]any](app, "municipality")
	if err != nil {
		return nil, err
	}
	guide, err := setting[map[string]any](app, "guide")
	if err != nil {
		return nil, err
	}
	if err := addLogo(app, says); err != nil {
		return nil, err
	}
	t := &town{changes, says, guide}
	h.town.Store(t)
	return t, nil
}

// addLogo adds what the logo is called and how large it is, in pixels, where
// there is one.
func addLogo(app core.App, says map[string]any) error {
	all, err := app.FindAllRecords("logos")
	if err != nil {
		return fmt.Errorf("find the logo: %w", err)
	}
	if len(all) > 0 && says != nil {
		says["logo"] = map[string]any{"id": all[0].GetString("sum"), "width": all[0].GetInt("width"), "height": all[0].GetInt("height")}
	}
	return nil
}

func (h *hello) build() string {
	if h.Build == nil {
		return ""
	}
	return h.Build()
}

func (h *hello) greet(t *town, build string, now time.Time) (*greeting, error) {
	says := maps.Clone(h.fixed)
	says["municipality"], says["guide"] = t.says, t.guide
	says["locales"] = h.Locales.Locales() // whose review may be done meanwhile
	return greetingOf(says, t, build, now)
}

// greetingOf adds to what is said what time it is, and which build this is.
func greetingOf(says map[string]any, t *town, build string, now time.Time) (*greeting, error) {
	says["now"], says["build"] = now.Format(time.RFC3339), build
	body, err := json.Marshal(says)
	if err != nil {
		return nil, fmt.Errorf("encode hello: %w", err)
	}
	return &greeting{now.Unix(), t, build, helloReply("", body), helloReply("gzip", squeeze(body, newGzip))}, nil
}

func helloReply(encoding string, body []byte) *Reply {
	h := http.Header{
		"Content-Type": {"application/json"}, "Content-Length": {strconv.Itoa(len(body))},
		"Cache-Control": {"no-store"}, "Vary": {"Accept-Encoding"},
	}
	if encoding != "" {
		h["Content-Encoding"] = []string{encoding}
	}
	return &Reply{Status: http.StatusOK, Header: h, Body: body}
}

func (s *Service) answerHello(e *core.RequestEvent) error {
	reply, err := s.serving.Load().hello.reply(s.app, e.Request.Header.Get("Accept-Encoding"))
	if err != nil {
		return err
	}
	return send(e, reply)
}

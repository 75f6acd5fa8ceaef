package sync

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// Config is what the phones' feeds need from outside.
type Config struct {
	Locales *locale.Bundle
	Sources map[string]Source // by collection; groups are added here
	Texts   TextSource
	// Authorize says whether the request may read the scope; its error is
	// what the phone is told.
	Authorize func(r *http.Request, scope string) error
	// Sent is told up to which change of a group's log the request's phone is
	// being sent the records; nil for nobody. It is on the way of every answer.
	Sent func(r *http.Request, scope string, seq int)
	// Build names the files that phones run, which may become others while the
	// program does; nil is for none.
	Build func() string
	// Minimum is the oldest build that still works.
	Minimum string
	// Version is what the program calls itself, for who asks for help with it.
	Version string
	// VapidKey is what phones subscribe to notifications with; "" where there
	// are none.
	VapidKey string
	// Tickets has phones ask for one, to show to whoever answers in this
	// program's stead.
	Tickets bool
	// Changed is told after each transaction that may have changed what the
	// scope's feeds say; nil for nobody.
	Changed func(scope string)
	Now     func() time.Time
}

// Service answers the feeds and hello.
type Service struct {
	Config
	app     core.App
	log     *log
	serving atomic.Pointer[serving] // nil until the app is served

	publisher *Publisher // nil where nobody else answers feeds
}

type serving struct {
	shelf *shelf
	hello *hello
}

// Register binds the routes GET hello and GET feeds/… and the log of the
// groups' own changes. The service answers from the moment the app is served.
func Register(app core.App, cfg Config) *Service {
	cfg.Sources[groups] = groupSource
	s := &Service{Config: cfg, app: app, log: newLog()}
	s.log.changed = s.changed
	app.Store().Set(logKey, s.log)
	bindGroups(app)
	s.bindSettings(app)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := s.open(e.App); err != nil {
			return err
		}
		g := e.Router.Group("/api/folje/v1")
		g.Bind(apis.SkipSuccessActivityLog())
		g.GET("/hello", problem.Handle(cfg.Locales, s.answerHello))
		g.GET("/feeds/{scope}", problem.Handle(cfg.Locales, s.answerFeed))
		g.GET("/feeds/{scope}/texts/{locale}", problem.Handle(cfg.Locales, s.answerFeed))
		return e.Next()
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		if now := s.serving.Load(); now != nil {
			now.shelf.work.end()
		}
		return e.Next()
	})
	app.Cron().MustAdd("foljeFeedsDay", "0 0 * * *", func() {
		if now := s.serving.Load(); now != nil {
			now.shelf.allChanged(app)
			s.publisher.allChanged()
		}
	})
	return s
}

// open begins to answer.
func (s *Service) open(app core.App) error {
	epoch, err := setting[string](app, "epoch")
	if err != nil {
		return err
	}
	feeds := &Feeds{Epoch: epoch, Sources: s.Sources, Texts: s.Texts}
	s.serving.Store(&serving{newShelf(feeds, s.log, s.Now), newHello(epoch, s.Config)})
	return nil
}

// Epoch names this history of changes; "" before the program serves.
func (s *Service) Epoch() string {
	if now := s.serving.Load(); now != nil {
		return now.shelf.feeds.Epoch
	}
	return ""
}

// changed is told of what a transaction may have changed.
func (s *Service) changed(scope string, streams []string) {
	if now := s.serving.Load(); now != nil {
		now.shelf.changed(s.app, scope, streams)
		s.publisher.add(scope, streams...)
	}
	if s.Config.Changed != nil {
		s.Config.Changed(scope)
	}
}

func (s *Service) answerFeed(e *core.RequestEvent) error {
	stream := e.Request.PathValue("locale")
	if stream == "" {
		stream = Records
	} else if !s.speaks(stream) {
		return problem.NotFound()
	}
	q := question{streamKey{e.Request.PathValue("scope"), stream}, e.Request.URL.Query().Get("after")}
	reply, err := s.feed(e.Request, q)
	if err != nil {
		return err
	}
	return send(e, reply)
}

// speaks reports whether the locale is one that phones can ask for.
func (s *Service) speaks(tag string) bool {
	_, ok := s.Locales.Find(tag)
	return ok
}

func send(e *core.RequestEvent, r *Reply) error {
	for name, values := range r.Header {
		e.Response.Header()[name] = values
	}
	e.Response.WriteHeader(r.Status)
	if e.Request.Method == http.MethodHead || len(r.Body) == 0 {
		return nil
	}
	_, err := e.Response.Write(r.Body)
	return err
}

// question is what a phone asks: a stream, since a cursor.
type question struct {
	streamKey
	after string
}

// feed answers what changed since the cursor, or 304 to a phone that has it
// all. Neither that nor an answer that is kept costs any SQL.
func (s *Service) feed(r *http.Request, q question) (*Reply, error) {
	if err := s.Authorize(r, q.scope); err != nil {
		return nil, err
	}
	at, err := s.log.of(s.app, q.scope, q.stream)
	if err != nil {
		return nil, err
	}
	shelf := s.serving.Load().shelf
	after := min(shelf.feeds.parse(q.after, at.scope), at.stream)
	a, err := shelf.get(s.app, q.streamKey, after, at)
	if err != nil {
		return nil, err
	}
	if s.Sent != nil && q.stream == Records && q.scope != Public {
		s.Sent(r, q.scope, at.stream)
	}
	return a.replyTo(r.Header, q.after, after, at)
}

// setting reads one of the municipality's settings.
func setting[T any](app core.App, name string) (value T, err error) {
	r, err := app.FindFirstRecordByFilter("settings", "name = {:name}", dbx.Params{"name": name})
	if err != nil {
		return value, fmt.Errorf("find setting %s: %w", name, err)
	}
	if err := json.Unmarshal([]byte(r.GetString("value")), &value); err != nil {
		return value, fmt.Errorf("read setting %s: %w", name, err)
	}
	return value, nil
}

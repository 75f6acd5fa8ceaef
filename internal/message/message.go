// Package message lets translators edit the interface's messages on the server:
// what they write wins over the locale files at once in what the server says,
// and a little later in the web app, which becomes a new build.
//
// A message is translated form by form: each plural form that its locale needs is
// a place of the translators' desk, like a sentence of a letter. Only texts that
// were edited are stored; the others are the files'.
package message

import (
	"fmt"
	"time"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Collection is the name of the tasks in translators' queue and of the routes
// below staff/. The rows are in locale_messages.
const Collection = "messages"

const stored = "locale_messages"

// Config is what messages need from outside.
type Config struct {
	// Locales are laid over with what was edited. Required.
	Locales *locale.Bundle
	// Settle is how long nothing must have been edited before Changed is called;
	// zero calls it at once.
	Settle time.Duration
	// Changed is told that browsers are to get other texts: when some edits were
	// there at the start, and later once edits have settled. It is called by one
	// goroutine at a time. Required.
	Changed func()
	// Pace bounds how fast one account writes; nil is one of its own.
	Pace *translation.Pace
	Now  func() time.Time // nil is the system's clock
}

// Service are the messages that can be edited.
type Service struct {
	Config
	settling *settling
}

// Register lays what was edited before over the locales, follows what is edited
// from now on, and binds the translators' routes.
func Register(app core.App, cfg Config) (*Service, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Pace == nil {
		cfg.Pace = translation.NewPace()
	}
	s := &Service{Config: cfg, settling: newSettling(cfg.Settle, cfg.Changed)}
	edits, err := allEdits(app)
	if err != nil {
		return nil, err
	}
	if cfg.Locales.EditAll(edits) {
		cfg.Changed()
	}
	s.follow(app)
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		s.settling.end()
		return e.Next()
	})
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeMessages", Func: func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1/staff/" + Collection + "/{audience}")
		g.Bind(apis.Gzip())
		g.GET("/places/{locale}", problem.Handle(cfg.Locales, s.places))
		g.PUT("/places/{locale}/{key}", s.paced(s.translate))
		g.POST("/places/{locale}/{key}/confirm", s.paced(s.confirm))
		g.POST("/claims/{locale}", s.paced(s.claim))
		g.DELETE("/claims/{locale}", s.paced(s.unclaim))
		return e.Next()
	}})
	return s, nil
}

// paced takes what the handler writes from the allowance of who asks.
func (s *Service) paced(h func(*core.RequestEvent) error) func(*core.RequestEvent) error {
	return problem.Handle(s.Locales, func(e *core.RequestEvent) error {
		if !access.IsStaff(e.Auth) {
			return problem.SignIn()
		}
		if err := s.Pace.Take(e.Auth, s.Now()); err != nil {
			return err
		}
		return h(e)
	})
}

// follow keeps the overlay true while the app runs. The hooks are the After
// ones, which run once the transaction is committed.
func (s *Service) follow(app core.App) {
	for _, h := range []*hook.TaggedHook[*core.RecordEvent]{
		app.OnRecordAfterCreateSuccess(stored),
		app.OnRecordAfterUpdateSuccess(stored),
		app.OnRecordAfterDeleteSuccess(stored),
	} {
		h.Bind(&hook.Handler[*core.RecordEvent]{Id: "foljeMessages", Func: func(e *core.RecordEvent) error {
			if err := s.refresh(e.App, e.Record.GetString("locale"), e.Record.GetString("key")); err != nil {
				e.App.Logger().Error("lay an edited message over the locales", "cause", err.Error())
			}
			return e.Next()
		}})
	}
}

// refresh reads one message's edits anew. What is read and laid over is one
// step: of two edits at once the later one stays.
func (s *Service) refresh(app core.App, tag, id string) error {
	s.settling.reading.Lock()
	found, err := rowsOf(app, tag, id)
	changed := err == nil && s.Locales.Edit(tag, id, editsOf(found))
	s.settling.reading.Unlock()
	if err != nil {
		return fmt.Errorf("read an edited message: %w", err)
	}
	if changed {
		s.settling.edited()
	}
	return nil
}

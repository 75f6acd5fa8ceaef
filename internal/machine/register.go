package machine

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Config is what drafting needs of the program around it.
type Config struct {
	// Engine translates; nil has nothing drafted.
	Engine Engine
	// Works are the kinds of records whose texts are drafted.
	Works   []Work
	Locales *locale.Bundle
	Now     func() time.Time // nil is the system's clock
	// Random spreads what is tried again, in [0, 1); nil is math/rand/v2.
	Random func() float64
}

// Work is a kind of record whose texts are drafted. Withheld reports whether a
// record's text must not be handed to an engine, whatever else is so; nil
// withholds none.
type Work struct {
	translation.Work
	Withheld func(app core.App, r *core.Record) (bool, error)
}

// Machine drafts texts while the app is served. One goroutine does it.
type Machine struct {
	app   core.App
	cfg   Config
	woken chan struct{}

	life  sync.Mutex
	stop  context.CancelFunc
	ended chan struct{}

	turn    sync.Mutex // held for a round
	seq     int64      // the last change of the desk that was looked at
	whole   time.Time  // when all records were looked at
	targets string     // what they were looked at for
	waiting map[name]time.Time
	pause   pause

	talk  sync.Mutex // guards what is below, which routes read
	known known
}

// Register binds the route that says who translates into which locale, and the
// worker, which begins when the app is served and is woken by what staff save.
// What is known of failed sentences, and of sentences that only a machine ever
// saw, is cleared up at night.
func Register(app core.App, cfg Config) *Machine {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Random == nil {
		cfg.Random = rand.Float64
	}
	m := &Machine{app: app, cfg: cfg, woken: make(chan struct{}, 1), waiting: map[name]time.Time{}}
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeMachine", Func: func(e *core.ServeEvent) error {
		e.Router.GET("/api/folje/v1/staff/engines", problem.Handle(cfg.Locales, m.engines))
		if err := e.Next(); err != nil {
			return err
		}
		m.start()
		return nil
	}})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		m.end()
		return e.Next()
	})
	m.wakeOnSaves()
	app.Cron().MustAdd("foljeMachineSweep", "52 2 * * *", func() {
		if err := Sweep(app); err != nil {
			app.Logger().Error("run scheduled job", "job", "foljeMachineSweep", "cause", err.Error())
		}
	})
	return m
}

// Sweep forgets failures that no longer matter, and sentences that only a
// machine ever saw.
func Sweep(app core.App) error {
	if err := prune(app); err != nil {
		return err
	}
	return translation.SweepMachine(app)
}

func (m *Machine) wakeOnSaves() {
	wake := func(e *core.RecordEvent) error {
		m.Wake()
		return e.Next()
	}
	for _, w := range m.cfg.Works {
		m.app.OnRecordAfterCreateSuccess(w.Collection).BindFunc(wake)
		m.app.OnRecordAfterUpdateSuccess(w.Collection).BindFunc(wake)
	}
}

// Wake has the worker look at once. It never waits.
func (m *Machine) Wake() {
	select {
	case m.woken <- struct{}{}:
	default: // somebody else did
	}
}

func (m *Machine) start() {
	m.life.Lock()
	defer m.life.Unlock()
	if m.stop != nil || m.cfg.Engine == nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	m.stop, m.ended = stop, make(chan struct{})
	go func() {
		defer close(m.ended)
		m.loop(ctx)
	}()
}

// end calls off what is being asked, and waits for that.
func (m *Machine) end() {
	m.life.Lock()
	defer m.life.Unlock()
	if m.stop == nil {
		return
	}
	m.stop()
	<-m.ended
	m.stop = nil
}

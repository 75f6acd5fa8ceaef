package sync

import (
	"context"
	"log/slog"
	"math/big"
	"slices"
	"sync"
	"time"

	"folje/internal/cluster"

	"github.com/pocketbase/pocketbase/core"
)

// Bus is where a publisher's words go, such as a [NATSBus].
type Bus interface {
	// Told gives the stamps of what was told last, by subject, without what
	// somebody who is no longer the writer told.
	Told(ctx context.Context) (map[string]string, error)
	// Tell tells something and returns once it is kept.
	Tell(ctx context.Context, subject, stamp string, body []byte) error
}

// PublisherConfig is what a publisher needs beside the service.
type PublisherConfig struct {
	Bus Bus
	// Barrier, where set, returns once everything that is committed may be told:
	// what others read must not be ahead of the copy that a new writer starts
	// from.
	Barrier func(context.Context) error
	// Site gives what the edges' web app is to say and look like; nil for
	// nothing.
	Site func() ([]byte, error)
	// Published, where set, is told of everything that was kept.
	Published func()
}

// Bounds of a publisher's work.
const (
	soonest = time.Second // after a fault; twice as long after each that follows
	latest  = 30 * time.Second
	// recheck is how often it is asked anew what was told: a stream that was made
	// anew has nothing of it.
	recheck = 5 * time.Minute
)

// Publisher tells the edges what they answer from: the page of each stream that
// changed, hello, and how the web app looks. It tells of what is committed only,
// of a scope's records before its texts, and of the last state where several
// came since. What waits is bounded by the number of streams.
type Publisher struct {
	PublisherConfig
	service *Service
	app     core.App

	mu      sync.Mutex
	order   []string                   // scopes that wait; the oldest first
	waiting map[string]map[string]bool // their streams
	aside   map[string][]string        // those that failed, until they are tried again
	wake    chan struct{}

	// Of the goroutine alone.
	told   map[string]string // stamps by subject
	scopes map[string]*toldScope
	kept   kept

	failing bool
}

// toldScope is what the next page of a scope is made with.
type toldScope struct {
	at     newest
	memory *memory
}

func (t *toldScope) used() *big.Int { return &t.memory.used }

// about is the pseudo scope of what belongs to no scope.
const (
	about     = ""
	ofHello   = "hello"
	ofSite    = "site"
	allScopes = "*" // everything that may have changed is to be looked for
)

// Publish has the service's feeds told from the moment the app is served until
// it ends. To be called before that, once.
func (s *Service) Publish(cfg PublisherConfig) *Publisher {
	p := &Publisher{PublisherConfig: cfg, service: s, app: s.app, waiting: map[string]map[string]bool{},
		wake: make(chan struct{}, 1), scopes: map[string]*toldScope{}}
	s.publisher = p
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	s.app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		running.Go(func() { p.run(ctx) })
		return nil
	})
	s.app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		cancel()
		running.Wait()
		return e.Next()
	})
	return p
}

// SiteChanged is to be called when what Site gives may have changed.
func (p *Publisher) SiteChanged() {
	p.add(about, ofSite)
	p.add(about, ofHello)
}

// Waiting is how many streams have changed and are not told of yet.
func (p *Publisher) Waiting() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, streams := range p.waiting {
		n += len(streams)
	}
	for _, streams := range p.aside {
		n += len(streams)
	}
	return n
}

// add notes what may have changed.
func (p *Publisher) add(scope string, streams ...string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	for _, stream := range streams {
		if stream == numbers { // their records or texts changed, too
			continue
		}
		if p.waiting[scope] == nil {
			p.waiting[scope] = map[string]bool{}
			p.order = append(p.order, scope)
		}
		p.waiting[scope][stream] = true
	}
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// next takes the scope that waits the longest; ok is false for none.
func (p *Publisher) next() (scope string, streams []string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.order) == 0 {
		return "", nil, false
	}
	scope, p.order = p.order[0], p.order[1:]
	for stream := range p.waiting[scope] {
		streams = append(streams, stream)
	}
	delete(p.waiting, scope)
	slices.Sort(streams)
	return scope, streams, true
}

func (p *Publisher) run(ctx context.Context) {
	check := time.NewTicker(recheck)
	defer check.Stop()
	p.add(allScopes, Records)
	var retry <-chan time.Time
	for pause := soonest; ctx.Err() == nil; {
		if scope, streams, ok := p.next(); ok {
			err := p.publish(ctx, scope, streams)
			p.report(ctx, err)
			if err == nil {
				pause = soonest
				continue
			}
			p.setAside(scope, streams)
			if retry == nil {
				retry = time.After(pause)
				pause = min(2*pause, latest)
			}
			continue
		}
		select {
		case <-ctx.Done():
		case <-p.wake:
		case <-check.C:
			p.add(allScopes, Records)
		case <-retry:
			retry = nil
			p.takeUp()
		}
	}
}

// setAside keeps what could not be told until it is tried again, so that it is
// in nobody's way.
func (p *Publisher) setAside(scope string, streams []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.aside == nil {
		p.aside = map[string][]string{}
	}
	p.aside[scope] = slices.Compact(slices.Sorted(slices.Values(append(p.aside[scope], streams...))))
}

// takeUp has what was set aside tried again.
func (p *Publisher) takeUp() {
	p.mu.Lock()
	aside := p.aside
	p.aside = nil
	p.mu.Unlock()
	for scope, streams := range aside {
		p.add(scope, streams...)
	}
}

// report tells the operator when it begins to fail, and when it is over.
func (p *Publisher) report(ctx context.Context, err error) {
	if ctx.Err() != nil || (err != nil) == p.failing {
		return
	}
	if p.failing = err != nil; p.failing {
		p.app.Logger().Warn("can't tell the edges what changed", slog.String("cause", err.Error()))
		return
	}
	p.app.Logger().Info("tell the edges again what changed")
}

// publish tells of one scope. A panic in a feature's code is an error like
// others: it keeps back this scope, and no other for long.
func (p *Publisher) publish(ctx context.Context, scope string, streams []string) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = errPanicked(cause)
		}
	}()
	switch scope {
	case allScopes:
		return p.compare(ctx)
	case about:
		return p.tellAbout(ctx, streams)
	}
	return p.tellScope(ctx, scope, streams)
}

// compare asks what was told, and has everything else told.
func (p *Publisher) compare(ctx context.Context) error {
	told, err := p.Bus.Told(ctx)
	if err != nil {
		return err
	}
	p.told = told
	p.SiteChanged()
	logged, err := streamsByScope(p.app)
	if err != nil {
		return err
	}
	p.add(Public, append(logged[Public], Records)...) // what everybody asks for goes first
	for subject := range told {                       // scopes that another history had
		if scope, stream, ok := cluster.PageOf(subject); ok && !slices.Contains(logged[scope], stream) {
			p.add(scope, stream)
		}
	}
	for scope, streams := range logged {
		p.add(scope, streams...)
		p.add(scope, Records)
	}
	return nil
}

// allChanged has every scope's records looked at: the day is another one.
func (p *Publisher) allChanged() {
	if p != nil {
		p.add(allScopes, Records)
	}
}

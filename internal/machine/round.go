package machine

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"
)

const (
	// longest is how long the worker waits at most before it looks again.
	longest = time.Minute
	// afterFault is the pause after a round that the database failed.
	afterFault = 5 * time.Second
	// firstPause and lastPause bound for how long an engine that failed is left
	// alone.
	firstPause = 10 * time.Second
	lastPause  = time.Hour
)

// pause is for how long the engine is left alone, after how many failures in a
// row.
type pause struct {
	until time.Time
	times int
}

func (m *Machine) loop(ctx context.Context) {
	for ctx.Err() == nil {
		next, err := m.Round(ctx)
		wait := longest
		if !next.IsZero() {
			wait = min(max(next.Sub(m.cfg.Now()), 0), longest)
		}
		if err != nil && ctx.Err() == nil {
			m.app.Logger().Error("draft texts", "cause", err.Error())
			wait = afterFault
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-m.woken:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Round drafts all that is lacking now, and says when there is more to do: the
// zero time where nobody knows. An engine that fails ends it. The running worker
// does nothing else; tests call it where they don't serve.
func (m *Machine) Round(ctx context.Context) (next time.Time, err error) {
	m.turn.Lock()
	defer m.turn.Unlock()
	now := m.cfg.Now()
	if m.cfg.Engine == nil || now.Before(m.pause.until) {
		return m.pause.until, nil
	}
	err = m.draftAll(ctx, now)
	var fault *Fault
	if errors.As(err, &fault) {
		if ctx.Err() == nil {
			m.rest(fault, now)
		}
		return m.pause.until, nil
	}
	return m.nextLook(), err
}

func (m *Machine) draftAll(ctx context.Context, now time.Time) error {
	if err := m.ask(ctx, now); err != nil {
		return err
	}
	locales, err := m.wanted()
	if err != nil || len(locales) == 0 {
		return err
	}
	if err := m.look(locales, now); err != nil {
		return err
	}
	due, err := m.due(now)
	if err != nil {
		return err
	}
	for _, item := range due {
		again, err := m.draft(ctx, item, locales)
		if err != nil {
			return err // it goes on waiting
		}
		if again.IsZero() {
			delete(m.waiting, item.name)
		} else {
			m.waiting[item.name] = again
		}
	}
	return nil
}

// rest leaves the engine alone for a while, as long as it says, or twice as long
// as the last time.
func (m *Machine) rest(fault *Fault, now time.Time) {
	wait := fault.Wait
	if wait == 0 {
		wait = min(firstPause<<min(m.pause.times, 10), lastPause)
		wait += time.Duration(m.cfg.Random() * float64(wait) / 4)
	}
	m.pause = pause{now.Add(wait), m.pause.times + 1}
	m.talk.Lock()
	m.known.fault = fault.Code
	m.talk.Unlock()
	if m.pause.times == 1 {
		m.app.Logger().Warn("engine gives no drafts", "engine", m.cfg.Engine.Name(), "fault", fault.Code, "cause", fault.Cause.Error())
	}
}

// answered notes that the engine works.
func (m *Machine) answered() {
	if m.pause.times == 0 {
		return
	}
	m.pause = pause{}
	m.talk.Lock()
	m.known.fault = ""
	m.talk.Unlock()
	m.app.Logger().Info("engine gives drafts again", "engine", m.cfg.Engine.Name())
}

// nextLook is when the first of what waits is due.
func (m *Machine) nextLook() time.Time {
	next := time.Time{}
	for _, at := range m.waiting {
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}

// due gives the records that are to be looked at now and that translators may
// have work in, the most urgent first, and forgets those that they haven't.
func (m *Machine) due(now time.Time) ([]item, error) {
	if len(m.waiting) == 0 {
		return nil, nil
	}
	all, err := m.queued(now)
	if err != nil {
		return nil, err
	}
	var due []item
	for n, at := range m.waiting {
		i, ok := all[n]
		switch {
		case !ok:
			delete(m.waiting, n)
		case !at.After(now):
			due = append(due, i)
		}
	}
	slices.SortFunc(due, func(a, b item) int {
		if a.needed.IsZero() != b.needed.IsZero() {
			if a.needed.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(a.needed.Compare(b.needed), cmp.Compare(a.id, b.id))
	})
	return due, nil
}

package metrics

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// patience is how long one look at all checks may take.
const patience = 2 * time.Second

// check is one thing that must be so, or should.
type check struct {
	name  string
	needs bool
	ask   func(context.Context) error
}

// Check adds a condition of readiness: while ask gives an error, the role can't
// do its job. The error's text is shown on the administrators' listener only,
// and must name no person, phone or secret. A second check of the same name
// takes the place of the first.
func (s *Set) Check(name string, ask func(context.Context) error) { s.add(check{name, true, ask}) }

// Watch adds something that should be so: while ask gives an error, that is
// told, but the role goes on.
func (s *Set) Watch(name string, ask func(context.Context) error) { s.add(check{name, false, ask}) }

func (s *Set) add(c check) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.checks {
		if s.checks[i].name == c.name {
			s.checks[i] = c
			return
		}
	}
	s.checks = append(s.checks, c)
}

// State is what the checks found.
type State struct {
	// Ready is whether every check that is needed passed.
	Ready bool   `json:"ready"`
	Role  string `json:"role,omitempty"`
	// Causes are what keeps the role from its job, by check.
	Causes map[string]string `json:"causes,omitempty"`
	// Troubles are what is wrong beside that, by check.
	Troubles map[string]string `json:"troubles,omitempty"`
	passed   []string
}

// State asks all checks, within two seconds in all: one that has not answered
// by then has failed. A nil set is ready.
func (s *Set) State(ctx context.Context) State {
	if s == nil {
		return State{Ready: true}
	}
	s.mu.Lock()
	checks := slices.Clone(s.checks)
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	state := State{Ready: true, Role: s.role, Causes: map[string]string{}, Troubles: map[string]string{}}
	for i, err := range askAll(ctx, checks) {
		c := checks[i]
		switch {
		case err == nil:
			state.passed = append(state.passed, c.name)
		case c.needs:
			state.Ready, state.Causes[c.name] = false, err.Error()
		default:
			state.Troubles[c.name] = err.Error()
		}
	}
	return state
}

// askAll asks the checks at once, and waits for none longer than ctx lasts.
func askAll(ctx context.Context, checks []check) []error {
	type found struct {
		at  int
		err error
	}
	answers := make(chan found, len(checks))
	for i, c := range checks {
		go func() { answers <- found{i, c.ask(ctx)} }()
	}
	errs := make([]error, len(checks))
	for i := range errs {
		errs[i] = errSilent
	}
	for range checks {
		select {
		case f := <-answers:
			errs[f.at] = f.err
		case <-ctx.Done():
			return errs
		}
	}
	return errs
}

var errSilent = errors.New("gave no answer in time")

// Err is nil while the role can do its job; else it names the checks that say
// otherwise, without their causes.
func (s State) Err() error {
	if s.Ready {
		return nil
	}
	names := make([]string, 0, len(s.Causes))
	for name := range s.Causes {
		names = append(names, name)
	}
	slices.Sort(names)
	return errors.New("not ready: " + strings.Join(names, ", "))
}

func (s State) collect(to chan<- prometheus.Metric) {
	ready := 0.0
	if s.Ready {
		ready = 1
	}
	to <- constant(Ready, prometheus.GaugeValue, ready)
	for _, name := range s.passed {
		to <- constant(Failing, prometheus.GaugeValue, 0, name)
	}
	for _, failed := range []map[string]string{s.Causes, s.Troubles} {
		for name := range failed {
			to <- constant(Failing, prometheus.GaugeValue, 1, name)
		}
	}
}

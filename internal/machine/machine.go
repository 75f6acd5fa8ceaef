// Package machine has an engine draft the texts that nobody has translated yet.
// Its texts are marked as a machine's until a person has reviewed them, it never
// touches what a person wrote, and nothing waits for it: an engine that is down,
// slow or talks nonsense leaves texts missing, and that is all it does.
package machine

import (
	"context"
	"fmt"
	"time"
)

// Engine is a program that translates. Its codes of languages are its own.
// Texts are HTML fragments: escaped, and what must stay as it is stands in
// <span translate="no" id="k0">…</span>, which the results have again, once
// each. The results are as many as the texts, in their order. An error that it
// gives is a [*Fault]. It may be used from several goroutines.
type Engine interface {
	Name() string
	Pairs(ctx context.Context) ([]Pair, error)
	Translate(ctx context.Context, from, to string, texts []string) ([]string, error)
}

// Pair is a direction that an engine translates in, in its codes.
type Pair struct{ From, To string }

// Why a sentence has no draft: what staff are told.
const (
	Down    = "down"    // nobody answers at the address
	Busy    = "busy"    // the engine says that it has too much to do
	Denied  = "denied"  // it doesn't know our key, or wants one
	Slow    = "slow"    // no answer in time
	Failed  = "failed"  // it broke over it
	Refused = "refused" // it doesn't want these sentences
	Garbage = "garbage" // its answer is none
	Check   = "check"   // the text would mislead: a number is gone, or a name
)

// Fault says why an engine gave no text. Cause is for the log and holds nothing
// of what was to be translated. Wait is how long the engine wants to be left
// alone, 0 where it says nothing.
type Fault struct {
	Code  string
	Wait  time.Duration
	Cause error
}

func (f *Fault) Error() string { return fmt.Sprintf("engine: %s: %v", f.Code, f.Cause) }

func (f *Fault) Unwrap() error { return f.Cause }

// counts reports whether the sentences may be what is wrong, and not the engine
// alone.
func (f *Fault) counts() bool { return f.Code != Down && f.Code != Busy && f.Code != Denied }

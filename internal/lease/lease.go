// Package lease lets one of several nodes be the writer, and no two at a time.
//
// The lease is one key in NATS's key-value store. It is taken and renewed by
// compare-and-set, so that of two nodes one fails. Its time is in its value:
// whoever waits for it counts that time from the moment in which it saw the
// value for the first time, which is after its holder sent it; the holder
// counts from before it sent it. So the holder's time is over first, however
// slow the network is and whatever the machines' clocks say.
//
// The value also says where the writer's truth lies ([Note]), so that nobody
// can say so who doesn't hold the lease.
package lease

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// The times of a lease that is used as it is meant to be.
const (
	Lasts  = 10 * time.Second // from the renewal
	Renew  = 2 * time.Second  // between two renewals
	Margin = 2 * time.Second  // for which the holder stops before its end
)

// version is that of the value.
const version = 1

// key is the lease's in its bucket.
const key = "writer"

var (
	// ErrOver says that the lease's time is over or near its end: another node
	// may be the writer.
	ErrOver = errors.New("the lease is over")
	// ErrTaken says that another node took the lease.
	ErrTaken = errors.New("another node has the lease")
	// ErrForgotten says that NATS has lost the lease: its holder may not know yet.
	ErrForgotten = errors.New("NATS has forgotten the lease")
	// ErrNewer says that a newer program wrote the lease.
	ErrNewer = errors.New("the lease is a newer program's")
)

// Note is what the holder says of its copy of the truth.
type Note struct {
	// Replica is the term in whose replica everything is; 0 for none yet.
	Replica uint64 `json:"replica,omitempty"`
	// Position is the newest transaction of it that is known to be there.
	Position uint64 `json:"position,omitempty"`
	// Durable says that nothing was acknowledged before it was in the replica.
	Durable bool `json:"durable,omitempty"`
	// Clean says that the replica's writer ended, and that all is in it.
	Clean bool `json:"clean,omitempty"`
	// Keys is the fingerprint of the files of keys, by name.
	Keys map[string]string `json:"keys,omitempty"`
	// Old are the terms whose replicas are still to be deleted.
	Old []uint64 `json:"old,omitempty"`
}

// Value is what the key holds.
type Value struct {
	V        int    `json:"v"`
	Term     uint64 `json:"term"`     // rises with each holder
	Holder   string `json:"holder"`   // the node's name
	Instance string `json:"instance"` // its process
	Beat     uint64 `json:"beat"`     // rises with each renewal
	Millis   int64  `json:"millis"`   // for how long it lasts
	Free     bool   `json:"free"`     // its holder gave it up
	Note     Note   `json:"note"`
}

// Clock gives two readings of the time: one that never jumps, and one that goes
// on while the machine sleeps.
type Clock func() (steady time.Duration, wall time.Time)

// SystemClock is the machine's.
func SystemClock() Clock {
	start := time.Now()
	return func() (time.Duration, time.Time) { return time.Since(start), time.Now().Round(0) }
}

// Config says how a node takes part.
type Config struct {
	Bucket   jetstream.KeyValue
	Name     string // the node's
	Instance string // of this process, random
	// Lasts and Renew are times of the lease; zero is the constants of that name.
	Lasts, Renew time.Duration
	Clock        Clock // nil is the system's
	// Declare makes the bucket again where NATS has lost it; nil leaves it so.
	Declare func(context.Context) error
	// Report is told what keeps the node from taking or renewing the lease, and
	// nil once nothing does. It may be called at each attempt.
	Report func(error)
}

func (c Config) withDefaults() Config {
	if c.Lasts == 0 {
		c.Lasts = Lasts
	}
	if c.Renew == 0 {
		c.Renew = Renew
	}
	if c.Clock == nil {
		c.Clock = SystemClock()
	}
	if c.Report == nil {
		c.Report = func(error) {}
	}
	return c
}

// read is the function of that name. Where NATS has lost the bucket it also has
// it made again: the next look finds that nobody has the lease.
func (c Config) read(ctx context.Context) (*Value, uint64, error) {
	v, revision, err := read(ctx, c.Bucket)
	if errors.Is(err, jetstream.ErrStreamNotFound) && c.Declare != nil {
		ctx, cancel := context.WithTimeout(ctx, c.Lasts)
		defer cancel()
		err = errors.Join(err, c.Declare(ctx))
	}
	return v, revision, err
}

// read gives the lease's value as it is now, and its revision; nil where nobody
// has ever had it.
func read(ctx context.Context, bucket jetstream.KeyValue) (*Value, uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	entry, err := bucket.Get(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read the lease: %w", err)
	}
	v := new(Value)
	if err := json.Unmarshal(entry.Value(), v); err != nil {
		return nil, 0, fmt.Errorf("read the lease: %w", err)
	}
	if v.V > version {
		return nil, 0, ErrNewer
	}
	return v, entry.Revision(), nil
}

// write puts the value in the place of the revision; 0 is none.
func write(ctx context.Context, bucket jetstream.KeyValue, v Value, revision uint64) (uint64, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return 0, err
	}
	if revision == 0 {
		return bucket.Create(ctx, key, raw)
	}
	return bucket.Update(ctx, key, raw, revision)
}

// patience is for how long one question to NATS may take.
const patience = 2 * time.Second

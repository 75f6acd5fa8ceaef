// Package node makes one of several machines the writer: it waits for the lease,
// takes over what the last writer acknowledged, lets the program serve, and
// steps back. See docs/scale.md for what each failure does.
package node

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"folje/internal/cluster"
	"folje/internal/database"
	"folje/internal/folder"
	"folje/internal/lease"
	"folje/internal/replica"
)

// Config says what a node is.
type Config struct {
	Name    string // the node's, told with the lease
	Dir     string // the data folder
	Replica string // URL, see package replica
	// Durable acknowledges only what is in the replica.
	Durable bool
	// Adopt takes the data folder here for the truth, whatever the replica says.
	Adopt bool
	// Within bounds how long taking over may take.
	Within time.Duration
	Conn   *cluster.Conn
	// HTTP is where the standby answers; it is free again when Serve listens.
	HTTP    string
	Standby http.Handler
	// Serve serves until ctx ends. It calls [Writer.Opened] once the database is
	// open, and closes that before it returns.
	Serve func(ctx context.Context, w *Writer) error
	Log   *slog.Logger
	// Say tells the operator in a sentence what happens.
	Say func(string)

	lasts, renew time.Duration // of the lease; for tests
}

// Within is for how long taking over is tried.
const Within = 10 * time.Minute

// Run takes part until ctx ends, and fails with lease.ErrTaken where another
// node took over meanwhile: start it again then, as a standby.
func Run(ctx context.Context, c Config) (err error) {
	if c.Within == 0 {
		c.Within = Within
	}
	standby, err := wait(c.HTTP, c.Standby)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, standby.close()) }()
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	w, err := c.elected(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	w.standby = standby
	return w.run(ctx)
}

// elected waits for the lease.
func (c Config) elected(ctx context.Context) (*Writer, error) {
	if err := c.Conn.Declare(ctx); err != nil {
		return nil, err
	}
	bucket, err := c.Conn.LeaseBucket(ctx)
	if err != nil {
		return nil, err
	}
	a, err := newCandidate(ctx, c)
	if err != nil {
		return nil, err
	}
	c.Say("Standing by.")
	l, err := lease.Wait(ctx, lease.Config{
		Bucket: bucket, Name: c.Name, Instance: rand.Text(), Lasts: c.lasts, Renew: c.renew,
		Report: reporter(c.Log), Declare: c.Conn.Declare,
	}, a.floor, a.may)
	if err != nil {
		return nil, err
	}
	c.Say(fmt.Sprintf("Took the lease, term %d.", l.Term()))
	return &Writer{Config: a.Config, lease: l, from: a.known, copied: a.copied}, nil
}

// reporter logs what is in the way of the lease, each thing once.
func reporter(log *slog.Logger) func(error) {
	last := ""
	return func(err error) {
		now := ""
		if err != nil {
			now = err.Error()
		}
		if now != last && err != nil && !errors.Is(err, lease.ErrTaken) {
			log.Warn("have no lease", "cause", now)
		}
		last = now
	}
}

// run takes over and serves, for as long as nobody else has the lease.
func (w *Writer) run(ctx context.Context) error {
	outer := ctx
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	renewing, done := context.WithCancel(context.WithoutCancel(ctx))
	defer done()
	go w.lease.Keep(renewing, w.note)
	go func() {
		select {
		case <-w.lease.Lost():
			stop(lease.ErrTaken)
		case <-renewing.Done():
		}
	}()
	err := w.take(ctx)
	if err == nil {
		err = w.Serve(ctx, w)
	}
	if errors.Is(context.Cause(ctx), lease.ErrTaken) {
		return errors.Join(lease.ErrTaken, w.abandon())
	}
	return errors.Join(err, w.stepBack(context.WithoutCancel(outer)))
}

// path is the database's.
func (c Config) path() string { return filepath.Join(c.Dir, database.Main) }

// held claims the data folder while something is done to its files.
func (c Config) held(do func() error) error {
	if _, err := folder.Finish(c.Dir); err != nil {
		return err
	}
	hold, err := folder.Serve(c.Dir)
	if err != nil {
		return err
	}
	return errors.Join(do(), hold.Release())
}

// stepBack copies what is left, and gives the lease up with where that ends.
func (w *Writer) stepBack(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*lease.Lasts)
	defer cancel()
	if w.copy == nil { // the copy of this term was never begun: all is as it was before
		return w.lease.Release(ctx, nil)
	}
	position, err := w.copy.Close(ctx)
	if err == nil && w.lease.Note().Replica == w.Term() { // otherwise this term was never declared
		err = w.mark(mark{Term: w.Term(), Position: position, Clean: true, Adopt: w.adopted})
	}
	clean := err == nil
	released := w.lease.Release(ctx, func(n lease.Note) lease.Note {
		if n.Replica == w.Term() {
			n.Position, n.Clean = position, clean
		}
		return n
	})
	if clean && released == nil {
		w.Say("Gave the lease back; everything is in the replica.")
	}
	return errors.Join(err, released)
}

// abandon ends without another word to the replica: it is the successor's turn.
func (w *Writer) abandon() error {
	if w.copy == nil {
		return nil
	}
	return w.copy.Abandon()
}

// Check fails for what can't work, before anything is done.
func (c Config) Check() error {
	if c.Name == "" {
		return errors.New("--name: a node has a name")
	}
	return replica.Check(c.Replica)
}

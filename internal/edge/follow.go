package edge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"folje/internal/cluster"
	"folje/internal/locale"
	"folje/internal/metrics"
	feeds "folje/internal/sync"
	"folje/internal/ticket"

	"github.com/nats-io/nats.go/jetstream"
)

// The times of following: how often the streams are asked how far they are, how
// long that may take, and how soon a stream that can't be read is tried again.
const (
	every  = 3 * time.Second
	within = 2 * time.Second
	again  = time.Second
)

// current is a stream that is being read.
type current struct {
	name    string
	read    atomic.Uint64 // the newest message that was taken in
	created time.Time     // of the stream: one made anew begins at 1 again
	consume jetstream.ConsumeContext
	highest atomic.Uint64 // term
	stands  int           // how often it was waited for in vain
}

// patient is how often a stream is waited for that nothing comes from, before it
// is read from its beginning.
const patient = 2

// follow reads both streams from their beginning, and notes whenever all of them
// is known.
func (e *Edge) follow(ctx context.Context) {
	all := []*current{{name: cluster.Revoked}, {name: cluster.Feeds}}
	defer func() {
		for _, c := range all {
			c.end()
		}
	}()
	for ctx.Err() == nil {
		pause := every
		asked := e.heard.moment()
		err := e.catchUp(ctx, all)
		switch {
		case err == nil:
			e.heard.since(asked)
			e.caughtUp.Store(true)
			e.revoked.prune()
		case ctx.Err() == nil:
			e.Log.Debug("follow the streams", slog.String("cause", err.Error()))
			pause = again
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// catchUp asks the streams how far they are, and returns once that is known
// here. It fails where it can't ask, and where it waits for too long.
func (e *Edge) catchUp(ctx context.Context, all []*current) error {
	ctx, cancel := context.WithTimeout(ctx, every)
	defer cancel()
	for _, c := range all {
		before := c.read.Load()
		stream, err := e.Conn.JS.Stream(ctx, c.name)
		if err != nil {
			return fmt.Errorf("ask how far %s is: %w", c.name, err)
		}
		info := stream.CachedInfo()
		if c.consume == nil || !info.Created.Equal(c.created) || info.State.LastSeq < before {
			if err := e.begin(ctx, c, info); err != nil {
				return err
			}
		}
		if err := c.reach(ctx, info.State); err != nil {
			if c.stands++; c.read.Load() > before {
				c.stands = 0
			}
			if c.stands > patient { // reading ended, and nothing says so
				c.end()
			}
			return err
		}
		c.stands = 0
	}
	return nil
}

// reach returns once everything of the state is known.
func (c *current) reach(ctx context.Context, state jetstream.StreamState) error {
	if state.Msgs == 0 {
		return nil
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for c.read.Load() < state.LastSeq {
		select {
		case <-ctx.Done():
			return fmt.Errorf("read %s: %w", c.name, ctx.Err())
		case <-tick.C:
		}
	}
	return nil
}

// begin reads the stream from its beginning.
func (e *Edge) begin(ctx context.Context, c *current, info *jetstream.StreamInfo) error {
	c.end()
	if anew := !c.created.IsZero() && !info.Created.Equal(c.created); anew && c.name == cluster.Feeds {
		e.caughtUp.Store(false) // what the lost stream said holds no more
		e.pages.Clear()
	}
	reader, err := e.Conn.JS.OrderedConsumer(ctx, c.name, jetstream.OrderedConsumerConfig{})
	if err != nil {
		return fmt.Errorf("read %s: %w", c.name, err)
	}
	c.read.Store(0)
	c.highest.Store(0)
	c.consume, err = reader.Consume(func(m jetstream.Msg) { e.take(c, m) }, jetstream.PullHeartbeat(5*time.Second),
		jetstream.ConsumeErrHandler(func(_ jetstream.ConsumeContext, err error) {
			e.Log.Debug("read a stream", slog.String("stream", c.name), slog.String("cause", err.Error()))
		}))
	if err != nil {
		c.consume = nil
		return fmt.Errorf("read %s: %w", c.name, err)
	}
	c.created = info.Created
	return nil
}

func (c *current) end() {
	if c.consume != nil {
		c.consume.Stop()
		c.consume = nil
	}
}

// take takes a message in. What can't be understood is kept back from phones:
// they are answered by the writer.
func (e *Edge) take(c *current, m jetstream.Msg) {
	at, err := m.Metadata()
	if err != nil {
		return
	}
	defer c.read.Store(at.Sequence.Stream)
	term, err := cluster.Open(m.Headers())
	switch {
	case err == nil && term < c.highest.Load(): // an old writer that woke up, and has overwritten a newer word
		e.keepBack(m.Subject(), at.Timestamp)
		return
	case err == nil:
		c.highest.Store(term)
		err = e.understand(m.Subject(), m.Data())
	}
	if err != nil {
		e.keepBack(m.Subject(), at.Timestamp)
		if errors.Is(err, cluster.ErrNewer) {
			e.outdo(m.Subject())
			return
		}
		e.Log.Warn("ask the writer instead of a message", slog.String("stream", c.name), slog.String("cause", err.Error()))
	}
	if e.caughtUp.Load() && c.name == cluster.Feeds {
		e.Metrics.Observe(metrics.EdgeLag, max(time.Since(at.Timestamp), 0).Seconds())
	}
}

// keepBack has the writer answer what a message is about that can't be taken in.
// Of a device it can only be said that it needs a new ticket.
func (e *Edge) keepBack(subject string, at time.Time) {
	if scope, stream, ok := cluster.PageOf(subject); ok {
		e.pages.Newer(scope, stream)
	} else if device, ok := deviceIn(subject); ok {
		e.revoked.doubt(device, at)
	}
}

// outdo forgets what a newer program has told in another way: the writer answers
// it, and the edge is ready all the same.
func (e *Edge) outdo(subject string) {
	switch subject {
	case cluster.Hello:
		e.outdone.Store(true)
		e.greeting.Store(nil)
	case cluster.Tickets:
		e.outdone.Store(true)
		e.keys.Set(nil)
	}
}

// understand does what the message says.
func (e *Edge) understand(subject string, body []byte) error {
	if scope, stream, ok := cluster.PageOf(subject); ok {
		return e.takePage(scope, stream, body)
	}
	if device, ok := deviceIn(subject); ok {
		return e.revoked.take(device, body)
	}
	switch subject {
	case cluster.Hello:
		g, err := feeds.NewGreeting(body, feeds.Config{Build: e.Site.Build, Now: e.Now})
		if err != nil {
			return err
		}
		e.greeting.Store(g)
	case cluster.Tickets:
		var keys ticket.Keys
		if err := json.Unmarshal(body, &keys); err != nil {
			return fmt.Errorf("read the keys of tickets: %w", err)
		}
		e.keys.Set(keys)
	case cluster.Site:
		return e.takeSite(body)
	}
	return nil
}

// deviceIn gives the device that a revocation is about.
func deviceIn(subject string) (device string, ok bool) {
	token, ok := strings.CutPrefix(subject, strings.TrimSuffix(cluster.EveryRevoked, "*"))
	if !ok {
		return "", false
	}
	device, err := cluster.Word(token)
	return device, err == nil
}

func (e *Edge) takePage(scope, stream string, body []byte) error {
	page, err := feeds.ReadPage(body)
	if errors.Is(err, feeds.ErrNewerPage) {
		e.pages.Newer(scope, stream)
		return nil
	}
	if err != nil {
		return err
	}
	if page.Scope != scope || page.Stream != stream {
		return fmt.Errorf("%w: it is another one's", feeds.ErrPage)
	}
	e.pages.Put(page)
	return nil
}

func (e *Edge) takeSite(body []byte) error {
	var says locale.Site
	if err := json.Unmarshal(body, &says); err != nil {
		return fmt.Errorf("read how the web app looks: %w", err)
	}
	e.Locales.ReplaceEdits(says.Edits)
	if e.Look != nil {
		e.Look(says.Colour)
	}
	return nil
}

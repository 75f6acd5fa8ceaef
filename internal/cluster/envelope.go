package cluster

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Version is the newest version of messages that this program understands, and
// the one that it writes.
const Version = 1

// The headers of every message.
const (
	versionHeader = "Folje-V"
	termHeader    = "Folje-Term"
)

var (
	// ErrNewer says that a newer program wrote the message. It has to wait for
	// a reader that understands it; it is nobody's failure.
	ErrNewer = errors.New("the message is a newer program's")
	// ErrForeign says that the message is none of ours.
	ErrForeign = errors.New("the message isn't Följe's")
	// ErrAway says that NATS didn't acknowledge: it isn't reached, or the stream
	// has no quorum.
	ErrAway = errors.New("NATS doesn't acknowledge")
)

// NewMsg is a message in its envelope. Term is the writer's lease term, 0 for a
// writer without a lease. A stream takes a message of the same id only once
// within its window; id may be "".
func NewMsg(subject string, term uint64, id string, body []byte) *nats.Msg {
	m := nats.NewMsg(subject)
	m.Data = body
	m.Header.Set(versionHeader, strconv.Itoa(Version))
	m.Header.Set(termHeader, strconv.FormatUint(term, 10))
	if id != "" {
		m.Header.Set(nats.MsgIdHdr, id)
	}
	return m
}

// Open reads the envelope: the term of the writer who sent the message. It
// fails with [ErrNewer] and [ErrForeign].
func Open(h nats.Header) (term uint64, err error) {
	version, err := strconv.ParseUint(h.Get(versionHeader), 10, 31)
	switch {
	case err != nil || version == 0:
		return 0, ErrForeign
	case version > Version:
		return 0, ErrNewer
	}
	if term, err = strconv.ParseUint(h.Get(termHeader), 10, 64); err != nil {
		return 0, ErrForeign
	}
	return term, nil
}

// Patience is for how long a message waits for its acknowledgement: once, and
// in all.
const (
	attempt  = 2 * time.Second
	patience = 5 * time.Second
)

// Publish sends the message and waits until its stream has it on a majority of
// its servers, at most 5 seconds. It fails with [ErrAway] where no
// acknowledgement came: the message may be in the stream all the same, so send
// it again with the same id. A message without an id is not repeated where it
// may have arrived. Any other error is the stream's refusal.
func (c *Conn) Publish(ctx context.Context, m *nats.Msg) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := c.publishOnce(ctx, m)
		if err == nil || !errors.Is(err, ErrAway) || !repeatable(m, err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

func (c *Conn) publishOnce(ctx context.Context, m *nats.Msg) error {
	ctx, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	_, err := c.JS.PublishMsg(ctx, m, jetstream.WithRetryAttempts(0))
	var refused *jetstream.APIError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused) && refused.Code != 503 && refused.ErrorCode != underWay:
		return fmt.Errorf("publish to NATS: %w", err)
	case errors.Is(err, nats.ErrMaxPayload), errors.Is(err, nats.ErrBadSubject), errors.Is(err, nats.ErrConnectionClosed):
		return fmt.Errorf("publish to NATS: %w", err)
	}
	return fmt.Errorf("%w: %w", ErrAway, err)
}

// underWay is JetStream's code for a message whose id it has seen, and not yet
// on a majority of its servers.
const underWay jetstream.ErrorCode = 10158

// repeatable reports whether the message can't come twice if it is sent again.
func repeatable(m *nats.Msg, err error) bool {
	return m.Header.Get(nats.MsgIdHdr) != "" || errors.Is(err, jetstream.ErrNoStreamResponse) ||
		errors.Is(err, nats.ErrReconnectBufExceeded) || errors.Is(err, nats.ErrNoResponders)
}

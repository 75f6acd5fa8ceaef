// Package cluster is what the roles of a cluster share: the connection to NATS,
// the streams of JetStream, and the envelope of every message. It knows nothing
// of what the messages say.
package cluster

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/spf13/pflag"
)

// Embedded is the URL that asks for a server inside the process; whoever makes
// that completes the Config before Dial ([folje/internal/natsd]).
const Embedded = "embedded"

// Config says how NATS is reached.
type Config struct {
	URL           string // one address or several with commas: tls://a:4222,tls://b:4222
	Seed          string // file with the nkey seed of the role's user; "" for a server without users
	CA, Cert, Key string // files: whose certificates are believed, and the client's own where the server asks for one
	Name          string // how the connection is called in the server's lists
	Replicas      int    // copies of every stream, 1, 3 or 5; used by Declare, 0 stands for 1
	Logger        *slog.Logger

	// InProcess is a server in this process, reached without a port; nil for none.
	InProcess nats.InProcessConnProvider
	// Options are added last, such as an nkey that has no file.
	Options []nats.Option
}

// Bind gives c's fields their flags, but for Replicas: see BindCopies.
func (c *Config) Bind(f *pflag.FlagSet) {
	f.StringVar(&c.URL, "nats", c.URL, "the NATS servers, with commas: tls://a:4222,tls://b:4222,tls://c:4222")
	f.StringVar(&c.Seed, "nats-seed", "", "the file with the seed of this role's NATS user")
	f.StringVar(&c.CA, "nats-ca", "", "the file with the certificate of the authority that the NATS servers are believed by")
	f.StringVar(&c.Cert, "nats-cert", "", "the file with a certificate of this program's own, for NATS servers that ask for one")
	f.StringVar(&c.Key, "nats-key", "", "the file with that certificate's key")
}

// BindCopies gives c's Replicas their flag, for roles that declare the streams.
func (c *Config) BindCopies(f *pflag.FlagSet) {
	f.IntVar(&c.Replicas, "nats-replicas", 3, "how many NATS servers keep each stream: 1, 3 or 5")
}

// On reports whether there is a cluster at all.
func (c *Config) On() bool { return c.URL != "" || c.InProcess != nil }

// Conn is a connection to NATS that comes back by itself, for ever.
type Conn struct {
	NATS *nats.Conn
	JS   jetstream.JetStream

	replicas int
	faults   *faults
}

// The times of a connection: how long an attempt takes, how soon the next
// follows, and how soon a silent server counts as gone (two beats).
const (
	dialing   = 2 * time.Second
	pause     = 250 * time.Millisecond
	jitter    = 250 * time.Millisecond
	beat      = 5 * time.Second
	pending   = 1024 // messages of PublishMsgAsync that wait for their acknowledgement
	drainTime = 5 * time.Second
)

// Dial connects. Where no server answers, the connection comes later: see
// [Conn.Up]. What is published while there is none fails at once, it isn't kept
// back. Dial fails with what is wrong in c, and where ctx has ended.
func Dial(ctx context.Context, c Config) (*Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !slices.Contains([]int{0, 1, 3, 5}, c.Replicas) {
		return nil, fmt.Errorf("--nats-replicas is 1, 3 or 5, not %d", c.Replicas)
	}
	if err := c.secret(); err != nil {
		return nil, err
	}
	faults := newFaults(c.Logger)
	options, err := c.options(faults)
	if err != nil {
		return nil, err
	}
	nc, err := nats.Connect(c.URL, options...)
	if err != nil {
		return nil, fmt.Errorf("connect to NATS: %w", err)
	}
	js, err := jetstream.New(nc, jetstream.WithPublishAsyncMaxPending(pending), jetstream.WithPublishAsyncTimeout(patience))
	if err != nil {
		nc.Close()
		return nil, fmt.Errorf("use JetStream: %w", err)
	}
	return &Conn{NATS: nc, JS: js, replicas: max(c.Replicas, 1), faults: faults}, nil
}

// secret fails where the servers' addresses have one.
func (c *Config) secret() error {
	for address := range strings.SplitSeq(c.URL, ",") {
		if strings.Contains(address, "@") {
			return errSecret
		}
	}
	return nil
}

var errSecret = errors.New("--nats: no user and no password belong into an address, which everybody on this machine can read: who this is, is in --nats-seed")

// Up reports whether a server is connected now. It says nothing of the streams:
// they may have no quorum.
func (c *Conn) Up() bool { return c.NATS.IsConnected() }

// Close ends the connection. What was published and not acknowledged may have
// arrived or not.
func (c *Conn) Close() { c.NATS.Close() }

func (c *Config) options(faults *faults) ([]nats.Option, error) {
	if c.URL == Embedded && c.InProcess == nil {
		return nil, errors.New("--nats embedded: only the writer has a server of its own")
	}
	options := []nats.Option{
		nats.Name(c.Name), nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1),
		nats.ReconnectWait(pause), nats.ReconnectJitter(jitter, jitter), nats.Timeout(dialing),
		nats.PingInterval(beat), nats.MaxPingsOutstanding(2), nats.DrainTimeout(drainTime),
		nats.IgnoreAuthErrorAbort(), // a user who is unknown now may be known when the servers' list is mended
		nats.ReconnectBufSize(-1),   // a message that was given up must not be sent later
	}
	if c.InProcess != nil {
		options = append(options, nats.InProcessServer(c.InProcess))
	}
	secure, err := c.secure()
	if err != nil {
		return nil, err
	}
	seed, err := c.seed()
	if err != nil {
		return nil, err
	}
	options = append(append(options, secure...), seed...)
	return append(append(options, reports(faults)...), c.Options...), nil
}

// secure says whose certificates are believed, and shows the client's own.
func (c *Config) secure() (options []nats.Option, err error) {
	if (c.Cert == "") != (c.Key == "") {
		return nil, errors.New("--nats-cert and --nats-key belong together")
	}
	if c.CA != "" || c.Cert != "" {
		options = append(options, nats.Secure(&tls.Config{MinVersion: tls.VersionTLS12}))
	}
	if c.CA != "" {
		options = append(options, nats.RootCAs(c.CA))
	}
	if c.Cert != "" {
		options = append(options, nats.ClientCert(c.Cert, c.Key))
	}
	return options, nil
}

// seed signs in with the user's key. Answers come to subjects that only this
// user may read: users who can't read a stream can't read it over somebody's
// shoulder either.
func (c *Config) seed() ([]nats.Option, error) {
	if c.Seed == "" {
		return nil, nil
	}
	pair, err := readSeed(c.Seed)
	if err != nil {
		return nil, fmt.Errorf("--nats-seed: %w", err)
	}
	return SignIn(pair)
}

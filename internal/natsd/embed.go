package natsd

import (
	"fmt"
	"log/slog"
	"path/filepath"

	"folje/internal/cluster"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"
	"github.com/spf13/pflag"
)

// Inside is a NATS server inside the writer: `serve --nats embedded`. It needs
// no port, no file and no configuration.
type Inside struct {
	Listen               string // host:port for edges and workers; "" for no port
	CA, Cert, Key, Users string // needed with Listen; see Init
	Logger               *slog.Logger
}

// Bind gives i's fields their flags.
func (i *Inside) Bind(f *pflag.FlagSet) {
	f.StringVar(&i.Listen, "nats-listen", "", "with --nats embedded: an address for edges and workers, with TLS and users only")
	bindSecurity(f, &i.CA, &i.Cert, &i.Key, &i.Users, "nats-listen-")
}

// insider is the user that the program itself is; its key is nowhere but here.
type insider struct {
	pair nkeys.KeyPair
	key  string
}

// Embed starts the server with its streams in the data folder's nats, and has c
// reach it. Close the connection before the server. It fails with [ErrOpen]
// where an address has no TLS or no users.
func Embed(i Inside, dir string, c *cluster.Config) (*Server, error) {
	if i.Listen != "" && (i.Cert == "" || i.Users == "") {
		return nil, fmt.Errorf("--nats-listen %s: %w", i.Listen, ErrOpen)
	}
	me, err := newInsider()
	if err != nil {
		return nil, err
	}
	options, err := i.options(filepath.Join(dir, "nats"), me)
	if err != nil {
		return nil, err
	}
	signIn, err := cluster.SignIn(me.pair)
	if err != nil {
		return nil, err
	}
	s, err := start(options, &words{log: i.Logger, faultsOnly: true})
	if err != nil {
		return nil, err
	}
	c.InProcess, c.Replicas, c.Seed = s.Server, 1, ""
	c.Options = append(c.Options, signIn...)
	return s, nil
}

func newInsider() (me insider, err error) {
	if me.pair, err = nkeys.CreateUser(); err != nil {
		return me, fmt.Errorf("make a NATS user: %w", err)
	}
	me.key, err = me.pair.PublicKey()
	return me, err
}

func (i *Inside) options(dir string, me insider) (*server.Options, error) {
	users := []User{{Writer, me.key}}
	c := Config{Name: "embedded", Dir: dir, Listen: "127.0.0.1:0"}
	if i.Listen != "" {
		others, err := ReadUsers(i.Users)
		if err != nil {
			return nil, fmt.Errorf("--nats-listen-users: %w", err)
		}
		users = append(users, others...)
		c.Listen, c.CA, c.Cert, c.Key = i.Listen, i.CA, i.Cert, i.Key
	}
	options, err := c.with(users)
	if err != nil {
		return nil, err
	}
	options.DontListen = i.Listen == ""
	return options, nil
}

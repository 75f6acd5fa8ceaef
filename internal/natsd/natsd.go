// Package natsd is a NATS server with JetStream inside the program, for those
// who have no cluster of their own: one of three, or one inside the writer.
//
// It is stricter than NATS is by itself: every message is on the disk before it
// is acknowledged (the default loses acknowledged messages when machines lose
// power), beyond this machine there is TLS and nobody without a key, and each
// role may do what it needs and no more ([Permissions]).
package natsd

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/spf13/pflag"
)

// Config is a server of a cluster, or one alone.
type Config struct {
	Name          string   // its name, another for each server
	Dir           string   // where it keeps its streams
	Listen        string   // host:port for clients; port 0 is any
	ClusterListen string   // host:port for the other servers; "" for a server alone
	Routes        []string // host:port of the others' ClusterListen; its own does no harm
	CA, Cert, Key string   // files: see Init
	Users         string   // file: who may do what; see Init
	Logger        *slog.Logger
}

// Bind gives c's fields their flags, but for the data folder.
func (c *Config) Bind(f *pflag.FlagSet) {
	f.StringVar(&c.Name, "name", "", "the server's name, another for each (default the machine's)")
	f.StringVar(&c.Listen, "listen", "127.0.0.1:4222", "the address for writers, edges and workers")
	f.StringVar(&c.ClusterListen, "cluster-listen", "", "the address for the other servers; none for a server alone")
	f.StringSliceVar(&c.Routes, "route", nil, "the other servers' --cluster-listen, such as b.example:6222")
	bindSecurity(f, &c.CA, &c.Cert, &c.Key, &c.Users, "")
}

func bindSecurity(f *pflag.FlagSet, ca, cert, key, users *string, prefix string) {
	f.StringVar(ca, prefix+"ca", "", "the file with the certificate of the cluster's own authority")
	f.StringVar(cert, prefix+"cert", "", "the file with the server's certificate")
	f.StringVar(key, prefix+"key", "", "the file with that certificate's key")
	f.StringVar(users, prefix+"users", "", "the file with the users' roles and public keys")
}

// Server is a running NATS server.
type Server struct {
	*server.Server
	failed <-chan string
}

// ErrOpen says that an address beyond this machine has no TLS, or no users.
var ErrOpen = errors.New("a NATS server that others can reach needs TLS and users (folje natsd init makes them)")

// patience is how long a server may take until clients can connect: it reads
// its streams first.
const patience = 2 * time.Minute

// Start starts the server, and returns when clients can connect. Streams may
// have to wait for the other servers yet: see [Server.State]. It fails with
// [ErrOpen], and with what is wrong in c.
func Start(c Config) (*Server, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	options, err := c.options()
	if err != nil {
		return nil, err
	}
	return start(options, &words{log: c.Logger})
}

func start(options *server.Options, w *words) (*Server, error) {
	s, err := server.NewServer(options)
	if err != nil {
		return nil, fmt.Errorf("make the NATS server: %w", err)
	}
	failed := make(chan string, 1)
	w.failed = failed
	s.SetLoggerV2(w, false, false, false)
	go s.Start()
	ready := make(chan bool, 1)
	go func() { ready <- s.ReadyForConnections(patience) }()
	select {
	case why := <-failed:
		return nil, errors.Join(fmt.Errorf("start the NATS server: %s", why), end(s))
	case ok := <-ready:
		if !ok {
			return nil, errors.Join(errors.New("the NATS server isn't ready"), end(s))
		}
	}
	return &Server{s, failed}, nil
}

func end(s *server.Server) error {
	s.Shutdown()
	s.WaitForShutdown()
	return nil
}

// Close hands the server's streams to the others, and ends it.
func (s *Server) Close() { _ = end(s.Server) }

// Failed gets why the server can't go on, such as a disk that is full at the
// wrong moment; whoever runs it has to end it then.
func (s *Server) Failed() <-chan string { return s.failed }

// State says why the server can't do its work now: its streams aren't whole, or
// it doesn't see a majority of the servers. It gives nil where it can.
func (s *Server) State() error {
	health := s.Healthz(&server.HealthzOptions{})
	if health.Status == "ok" {
		return nil
	}
	if health.Error != "" {
		return errors.New(health.Error)
	}
	return fmt.Errorf("the NATS server says %s", health.Status)
}

func (c *Config) check() error {
	switch {
	case c.Dir == "":
		return errors.New("the NATS server needs a folder")
	case c.Name == "":
		return errors.New("the NATS server needs a name")
	case (c.Cert == "") != (c.Key == ""):
		return errors.New("--cert and --key belong together")
	case c.ClusterListen == "" && len(c.Routes) > 0:
		return errors.New("--route needs --cluster-listen")
	case c.ClusterListen != "" && c.Cert != "" && c.CA == "":
		return errors.New("servers that show each other certificates need --ca")
	}
	here, err := loopback(c.Listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	if !here && (c.Cert == "" || c.Users == "") {
		return fmt.Errorf("--listen %s: %w", c.Listen, ErrOpen)
	}
	if c.ClusterListen == "" {
		return nil
	}
	if here, err = loopback(c.ClusterListen); err != nil {
		return fmt.Errorf("--cluster-listen: %w", err)
	}
	if !here && (c.CA == "" || c.Cert == "") {
		return fmt.Errorf("--cluster-listen %s: %w", c.ClusterListen, ErrOpen)
	}
	return nil
}

// loopback reports whether only this machine reaches the address.
func loopback(address string) (bool, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false, err
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback(), nil
}

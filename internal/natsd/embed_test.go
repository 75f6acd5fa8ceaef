package natsd_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/cluster"
	"folje/internal/natsd"

	"github.com/nats-io/nats.go"
)

func embed(t *testing.T, i natsd.Inside, dir string) (*natsd.Server, *cluster.Conn) {
	t.Helper()
	how := cluster.Config{URL: cluster.Embedded, Replicas: 3}
	s, err := natsd.Embed(i, dir, &how)
	if err != nil {
		t.Fatal(err)
	}
	c, err := cluster.Dial(t.Context(), how)
	if err != nil {
		s.Close()
		t.Fatal(err)
	}
	if err := c.Declare(untilDone(t)); err != nil {
		t.Error(err)
	}
	return s, c
}

func TestAServerInsideTheWriterNeedsNoPort(t *testing.T) {
	dir := t.TempDir()
	s, c := embed(t, natsd.Inside{}, dir)
	if s.Addr() != nil {
		t.Errorf("it listens on %v", s.Addr())
	}
	if err := c.Publish(untilDone(t), cluster.NewMsg(cluster.PushTo("push.example"), 0, "s1", []byte("shard"))); err != nil {
		t.Error(err)
	}
	c.Close()
	s.Close()
	if _, err := os.Stat(filepath.Join(dir, "nats")); err != nil {
		t.Error(err)
	}
	s, c = embed(t, natsd.Inside{}, dir)
	defer s.Close()
	defer c.Close()
	if n := shards(untilDone(t), t, c); n != 1 {
		t.Errorf("%d messages after a restart", n)
	}
}

func TestAServerInsideListensWithTLSAndUsersOnly(t *testing.T) {
	k := keys(t)
	full := secured(k, "a", "")
	inside := natsd.Inside{Listen: "127.0.0.1:0", CA: full.CA, Cert: full.Cert, Key: full.Key, Users: full.Users}
	for name, change := range map[string]func(*natsd.Inside){
		"no TLS": func(i *natsd.Inside) { i.Cert, i.Key = "", "" }, "no users": func(i *natsd.Inside) { i.Users = "" },
	} {
		i := inside
		change(&i)
		if _, err := natsd.Embed(i, t.TempDir(), &cluster.Config{}); !errors.Is(err, natsd.ErrOpen) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, c := embed(t, inside, t.TempDir())
	defer s.Close()
	defer c.Close()
	url := "tls://" + s.Addr().String()
	if nc, err := nats.Connect(url, nats.RootCAs(filepath.Join(k, "clients", "ca.crt"))); err == nil {
		nc.Close()
		t.Error("a client without a key got in")
	}
	edge := dial(t, k, natsd.Edge, url, 1)
	ctx := untilDone(t)
	if err := c.Publish(ctx, cluster.NewMsg(cluster.Hello, 0, "", []byte("hello"))); err != nil {
		t.Fatal(err)
	}
	feeds, err := edge.JS.Stream(ctx, cluster.Feeds)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := feeds.GetLastMsgForSubject(ctx, cluster.Hello); err != nil || string(m.Data) != "hello" {
		t.Errorf("the edge read %v, %v", m, err)
	}
	if err := edge.Publish(ctx, cluster.NewMsg(cluster.Hello, 0, "", nil)); err == nil {
		t.Error("the edge wrote a feed")
	} else if strings.Contains(err.Error(), k) {
		t.Error("the error names a path")
	}
}

package natsd_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/natsd"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// roles is one server with everybody signed in, and what each saw refused.
type roles struct {
	t     testing.TB
	conns map[string]*cluster.Conn
}

func signInAll(t *testing.T) *roles {
	t.Helper()
	k := keys(t)
	s := start(t, secured(k, "a", t.TempDir()))
	r := &roles{t, map[string]*cluster.Conn{}}
	for _, role := range []string{natsd.Writer, natsd.Worker, natsd.Edge, natsd.Admin, natsd.System} {
		r.conns[role] = dial(t, k, role, "tls://"+s.Addr().String(), 1)
	}
	if err := r.conns[natsd.Writer].Declare(untilDone(t)); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestEachRoleDoesItsWork goes the ways that the roles go.
func TestEachRoleDoesItsWork(t *testing.T) {
	r := signInAll(t)
	ctx := untilDone(t)
	writer, worker, edge := r.conns[natsd.Writer], r.conns[natsd.Worker], r.conns[natsd.Edge]
	for _, m := range []*nats.Msg{
		cluster.NewMsg(cluster.Hello, 1, "", []byte("hello")), cluster.NewMsg(cluster.Page("public", "sv"), 1, "", []byte("page")),
		cluster.NewMsg(cluster.RevokedOf("device"), 1, "", nil), cluster.NewMsg(cluster.PushTo("push.example"), 1, "s1", []byte("shard")),
		cluster.NewMsg(cluster.ErasedOf("mark"), 1, "", nil),
	} {
		if err := writer.Publish(ctx, m); err != nil {
			t.Errorf("writer, %s: %v", m.Subject, err)
		}
	}
	for stream, want := range map[string]int{cluster.Feeds: 2, cluster.Revoked: 1} {
		r.ordered(ctx, natsd.Edge, edge, stream, want)
	}
	feeds, err := edge.JS.Stream(ctx, cluster.Feeds)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := feeds.GetLastMsgForSubject(ctx, cluster.Hello); err != nil || string(m.Data) != "hello" {
		t.Errorf("edge: the last hello is %v, %v", m, err)
	}
	for _, stream := range []string{cluster.Pushes, cluster.Answers} {
		if _, err := writer.Consumer(ctx, stream, jetstream.ConsumerConfig{Durable: "d", AckPolicy: jetstream.AckExplicitPolicy}); err != nil {
			t.Fatal(err)
		}
	}
	r.take(ctx, natsd.Worker, worker, cluster.Pushes, "shard")
	if err := worker.Publish(ctx, cluster.NewMsg(cluster.AnswerTo("writer"), 1, "a1", []byte("answer"))); err != nil {
		t.Errorf("worker: %v", err)
	}
	r.take(ctx, natsd.Writer, writer, cluster.Answers, "answer")
	r.ordered(ctx, natsd.Writer, writer, cluster.Erased, 1)
	r.ordered(ctx, natsd.Writer, writer, cluster.Feeds, 2)
	r.lease(ctx, writer)
	if _, err := r.conns[natsd.Admin].JS.AccountInfo(ctx); err != nil {
		t.Errorf("admin: %v", err)
	}
	if _, err := r.conns[natsd.System].NATS.RequestWithContext(ctx, "$SYS.REQ.SERVER.PING", nil); err != nil {
		t.Errorf("system: %v", err)
	}
}

func (r *roles) ordered(ctx context.Context, role string, c *cluster.Conn, stream string, want int) {
	r.t.Helper()
	reader, err := c.JS.OrderedConsumer(ctx, stream, jetstream.OrderedConsumerConfig{})
	if err != nil {
		r.t.Fatalf("%s reads %s: %v", role, stream, err)
	}
	batch, err := reader.Fetch(want, jetstream.FetchMaxWait(20*time.Second))
	if err != nil {
		r.t.Fatalf("%s reads %s: %v", role, stream, err)
	}
	got := 0
	for range batch.Messages() {
		got++
	}
	if got != want {
		r.t.Errorf("%s read %d messages of %s, %v", role, got, stream, batch.Error())
	}
}

func (r *roles) take(ctx context.Context, role string, c *cluster.Conn, stream, want string) {
	r.t.Helper()
	consumer, err := c.JS.Consumer(ctx, stream, "d")
	if err != nil {
		r.t.Fatalf("%s: %v", role, err)
	}
	m, err := consumer.Next(jetstream.FetchMaxWait(20 * time.Second))
	if err != nil || string(m.Data()) != want {
		r.t.Fatalf("%s took %v of %s, %v", role, m, stream, err)
	}
	if err := m.InProgress(); err != nil {
		r.t.Errorf("%s: %v", role, err)
	}
	if err := m.DoubleAck(ctx); err != nil {
		r.t.Errorf("%s acknowledges on %s: %v", role, stream, err)
	}
}

func (r *roles) lease(ctx context.Context, c *cluster.Conn) {
	r.t.Helper()
	bucket, err := c.LeaseBucket(ctx)
	if err != nil {
		r.t.Fatal(err)
	}
	first, err := bucket.Create(ctx, "writer", []byte("me"))
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := bucket.Update(ctx, "writer", []byte("still me"), first); err != nil {
		r.t.Error(err)
	}
	watch, err := bucket.Watch(ctx, "writer")
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = watch.Stop() }()
	select {
	case entry := <-watch.Updates():
		if string(entry.Value()) != "still me" {
			r.t.Errorf("the lease says %q", entry.Value())
		}
	case <-ctx.Done():
		r.t.Error("the lease's watcher saw nothing")
	}
}

// TestNoRoleDoesAnothersWork is the other half: what must not work.
func TestNoRoleDoesAnothersWork(t *testing.T) {
	r := signInAll(t)
	inbox := "_INBOX.x.y" // somebody else's
	for role, subjects := range map[string][]string{
		natsd.Worker: {
			cluster.Hello, cluster.Page("public", "sv"), cluster.Tickets, cluster.RevokedOf("d"), cluster.PushTo("s"), cluster.ErasedOf("m"),
			"$KV.FOLJE_LEASE.writer", "$JS.API.STREAM.INFO.FOLJE_FEEDS", "$JS.API.CONSUMER.CREATE.FOLJE_FEEDS.x",
			"$JS.API.CONSUMER.CREATE.FOLJE_REVOKED.x", "$JS.API.STREAM.MSG.GET.FOLJE_FEEDS", "$JS.API.DIRECT.GET.FOLJE_FEEDS",
			"$JS.API.CONSUMER.CREATE.FOLJE_PUSH.x", "$JS.API.CONSUMER.DURABLE.CREATE.FOLJE_PUSH.x", "$JS.API.CONSUMER.DELETE.FOLJE_PUSH.workers",
			"$JS.API.STREAM.MSG.GET.FOLJE_PUSH", "$JS.API.STREAM.PURGE.FOLJE_PUSH", "$JS.API.STREAM.DELETE.FOLJE_PUSH",
			"$JS.API.STREAM.CREATE.OTHER", "$JS.API.STREAM.UPDATE.FOLJE_PUSH", "$JS.API.CONSUMER.CREATE.FOLJE_ANSWERS.x", "$JS.API.INFO", "$SYS.REQ.SERVER.PING", inbox,
		},
		natsd.Edge: {
			cluster.Hello, cluster.Page("public", "sv"), cluster.Tickets, cluster.RevokedOf("d"), cluster.PushTo("s"), cluster.AnswerTo("w"), cluster.ErasedOf("m"),
			"$KV.FOLJE_LEASE.writer", "$JS.API.CONSUMER.CREATE.FOLJE_PUSH.x", "$JS.API.CONSUMER.MSG.NEXT.FOLJE_PUSH.workers",
			"$JS.API.STREAM.INFO.FOLJE_PUSH", "$JS.API.STREAM.MSG.GET.FOLJE_PUSH", "$JS.ACK.FOLJE_PUSH.workers.1.1.1.1.0",
			"$JS.API.STREAM.PURGE.FOLJE_FEEDS", "$JS.API.STREAM.DELETE.FOLJE_FEEDS", "$JS.API.STREAM.UPDATE.FOLJE_FEEDS",
			"$JS.API.STREAM.MSG.DELETE.FOLJE_FEEDS", "$JS.API.CONSUMER.DURABLE.CREATE.FOLJE_FEEDS.x", "$JS.API.STREAM.MSG.GET.KV_FOLJE_LEASE", "$JS.API.STREAM.MSG.GET.FOLJE_ERASED", "$JS.API.INFO", "$SYS.REQ.SERVER.PING",
		},
		natsd.Writer: {
			"$JS.API.STREAM.DELETE.FOLJE_FEEDS", "$JS.API.STREAM.CREATE.OTHER", "$JS.API.STREAM.DELETE.FOLJE_ERASED",
			"$JS.API.STREAM.MSG.DELETE.FOLJE_ERASED", "$JS.API.META.LEADER.STEPDOWN", "$SYS.REQ.SERVER.PING", "other.subject",
		},
	} {
		for _, subject := range subjects {
			r.refused(role, "publish to "+subject, func(nc *nats.Conn) error { return nc.Publish(subject, nil) })
		}
	}
	for _, role := range []string{natsd.Worker, natsd.Edge, natsd.Writer} {
		for _, subject := range []string{">", "folje.>", cluster.EveryPage, cluster.EveryPush, cluster.EveryRevoked, "_INBOX.>", "_INBOX.*.>", "$JS.>", "$KV.>", "$SYS.>"} {
			r.refused(role, "subscribe to "+subject, func(nc *nats.Conn) error {
				_, err := nc.SubscribeSync(subject)
				return err
			})
		}
	}
}

// refused has the role try, and the server say that it may not.
func (r *roles) refused(role, what string, try func(*nats.Conn) error) {
	r.t.Helper()
	nc := r.conns[role].NATS
	said := make(chan error, 16)
	nc.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { said <- err })
	if err := try(nc); err != nil {
		r.t.Fatalf("%s: %s: %v", role, what, err)
	}
	if err := nc.Flush(); err != nil {
		r.t.Fatal(err)
	}
	select {
	case err := <-said:
		if !errors.Is(err, nats.ErrPermissionViolation) {
			r.t.Errorf("%s: %s: %v", role, what, err)
		}
	case <-time.After(10 * time.Second):
		r.t.Errorf("%s may %s", role, what)
	}
}

// TestACapturedRoleCantHaveTheServerAct asks for what the role may ask for, with
// answers to where it may not write: NATS lets everybody name any subject for
// answers.
func TestACapturedRoleCantHaveTheServerAct(t *testing.T) {
	r := signInAll(t)
	ctx := untilDone(t)
	writer := r.conns[natsd.Writer]
	for _, m := range []*nats.Msg{
		cluster.NewMsg(cluster.Hello, 1, "", []byte("hello")), cluster.NewMsg(cluster.RevokedOf("d"), 1, "", nil),
		cluster.NewMsg(cluster.PushTo("push.example"), 1, "s1", []byte("shard")),
	} {
		if err := writer.Publish(ctx, m); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := writer.Consumer(ctx, cluster.Pushes, jetstream.ConsumerConfig{Durable: "d", AckPolicy: jetstream.AckExplicitPolicy}); err != nil {
		t.Fatal(err)
	}
	before := r.states(ctx)
	for role, stream := range map[string]string{natsd.Edge: cluster.Feeds, natsd.Worker: cluster.Pushes} {
		nc := r.conns[role].NATS
		if role == natsd.Edge {
			if _, err := r.conns[role].JS.CreateConsumer(ctx, stream, jetstream.ConsumerConfig{Name: "d", AckPolicy: jetstream.AckNonePolicy}); err != nil {
				t.Fatal(err)
			}
		}
		for _, to := range []string{
			cluster.PushTo("x"), cluster.AnswerTo("x"), cluster.ErasedOf("x"), cluster.Hello, cluster.RevokedOf("x"), "$KV.FOLJE_LEASE.writer",
			"$JS.API.STREAM.PURGE.FOLJE_FEEDS", "$JS.API.STREAM.DELETE.FOLJE_ERASED",
		} {
			for _, ask := range []string{"$JS.API.STREAM.INFO." + stream, "$JS.API.CONSUMER.INFO." + stream + ".d", "$JS.API.CONSUMER.MSG.NEXT." + stream + ".d", "$JS.API.DIRECT.GET." + stream + "." + cluster.Hello} {
				if err := nc.PublishRequest(ask, to, nil); err != nil {
					t.Fatal(err)
				}
			}
			if role == natsd.Edge {
				r.push(ctx, nc, stream, to)
			}
		}
		// The role's own question is answered after those before it.
		if _, err := r.conns[role].JS.Consumer(ctx, stream, "d"); err != nil {
			t.Fatal(err)
		}
	}
	r.pushed(ctx, cluster.Feeds)
	if after := r.states(ctx); !maps.Equal(before, after) {
		t.Errorf("the streams were %v, and are %v", before, after)
	}
}

// push asks for a consumer that sends all of the stream to a subject.
func (r *roles) push(ctx context.Context, nc *nats.Conn, stream, to string) {
	r.t.Helper()
	name := "push-" + cluster.Token(to)
	how := fmt.Sprintf(`{"stream_name":%q,"config":{"name":%q,"deliver_subject":%q,"deliver_policy":"all","ack_policy":"none","inactive_threshold":60000000000}}`, stream, name, to)
	if _, err := nc.RequestWithContext(ctx, "$JS.API.CONSUMER.CREATE."+stream+"."+name, []byte(how)); err != nil {
		r.t.Fatalf("%s: %v", to, err)
	}
}

// pushed waits until the server sends what such a consumer is to have, where
// somebody listens: what was asked for earlier it has sent then.
func (r *roles) pushed(ctx context.Context, stream string) {
	r.t.Helper()
	nc := r.conns[natsd.Writer].NATS
	inbox := nc.NewInbox()
	sub, err := nc.SubscribeSync(inbox)
	if err != nil {
		r.t.Fatal(err)
	}
	r.push(ctx, nc, stream, inbox)
	if _, err := sub.NextMsgWithContext(ctx); err != nil {
		r.t.Fatal(err)
	}
}

// states are how many messages each stream ever took, and has.
func (r *roles) states(ctx context.Context) map[string][2]uint64 {
	r.t.Helper()
	states := map[string][2]uint64{}
	for _, s := range cluster.Streams(1) {
		stream, err := r.conns[natsd.Writer].JS.Stream(ctx, s.Name)
		if err != nil {
			r.t.Fatalf("%s: %v", s.Name, err)
		}
		states[s.Name] = [2]uint64{stream.CachedInfo().State.LastSeq, stream.CachedInfo().State.Msgs}
	}
	return states
}

package announce_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"folje/internal/announce"
	"folje/internal/apptest"
	"folje/internal/cluster"
	"folje/internal/cluster/clustertest"
	"folje/internal/database"
	"folje/internal/ticket"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/pocketbase/dbx"
)

// A word that could not be sent is sent when NATS is back, and an edge that
// starts later hears it too.
func TestAWordReachesTheStreamThoughNATSWasAway(t *testing.T) {
	s := clustertest.Start(t, 1)
	conn := s.Dial(t)
	app := apptest.New(t)
	announce.Register(app, announce.Config{Conn: conn})
	apptest.Handler(t, app) // starts the relay
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	lastOf(ctx, t, conn, cluster.Feeds, cluster.Tickets)

	s.Kill(0)
	device, err := database.NewRecord(app, "devices")
	if err != nil {
		t.Fatal(err)
	}
	device.Load(map[string]any{"id": "aaaaaaaa-0000-4000-8000-000000000001", "secretHash": "x", "locale": "sv", "revoked": time.Now()})
	if err := app.Save(device); err != nil {
		t.Fatal(err)
	}
	s.Restart(0)
	m := lastOf(ctx, t, conn, cluster.Revoked, cluster.RevokedOf(device.Id))
	var word ticket.Word
	if err := json.Unmarshal(m.Data, &word); err != nil || word.At.IsZero() {
		t.Errorf("%s %v", m.Data, err)
	}
	for {
		if n, err := app.CountRecords("announcements", dbx.HashExp{"kind": "revoked"}); err != nil || n == 0 {
			break
		}
		if ctx.Err() != nil {
			t.Fatal("the row still waits")
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// lastOf waits for a message of the subject.
func lastOf(ctx context.Context, t *testing.T, conn *cluster.Conn, stream, subject string) *jetstream.RawStreamMsg {
	t.Helper()
	for {
		s, err := conn.JS.Stream(ctx, stream)
		if err == nil {
			m, err := s.GetLastMsgForSubject(ctx, subject)
			if err == nil {
				return m
			}
		}
		if ctx.Err() != nil {
			t.Fatalf("nothing on %s: %v", subject, err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

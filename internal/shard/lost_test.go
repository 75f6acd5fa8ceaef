package shard

import (
	"testing"

	"folje/internal/cluster"
	"folje/internal/cluster/clustertest"
)

// NATS that lost its disks tells nobody that a queue is gone.
func TestALostQueueIsNoticed(t *testing.T) {
	servers := clustertest.Start(t, 1)
	conn := servers.Dial(t)
	for stream, how := range consumers() {
		queue, err := conn.Consumer(t.Context(), stream, how)
		if err != nil {
			t.Fatal(err)
		}
		if err := lost(t.Context(), queue); err != nil {
			t.Errorf("%s: %v", stream, err)
		}
		if err := conn.JS.DeleteStream(t.Context(), stream); err != nil {
			t.Fatal(err)
		}
		if lost(t.Context(), queue) == nil {
			t.Errorf("%s is taken for one that is there", stream)
		}
	}
	queue, err := conn.Consumer(t.Context(), again(t, conn), consumers()[cluster.Answers])
	if err != nil {
		t.Fatal(err)
	}
	servers.Kill(0)
	if err := lost(t.Context(), queue); err != nil {
		t.Errorf("a server that is away has lost nothing: %v", err)
	}
}

// again declares the streams, and gives the name of the answers'.
func again(t *testing.T, conn *cluster.Conn) string {
	t.Helper()
	if err := conn.Declare(t.Context()); err != nil {
		t.Fatal(err)
	}
	return cluster.Answers
}

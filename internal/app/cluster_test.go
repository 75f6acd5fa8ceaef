package app

import (
	"testing"

	"folje/internal/cluster"
	"folje/internal/cluster/clustertest"
)

// A writer without a lease makes the streams again that NATS has lost.
func TestLostStreamsAreMadeAgain(t *testing.T) {
	c := &Cluster{Conn: clustertest.Start(t, 1).Dial(t)}
	for _, s := range cluster.Streams(1) {
		if err := c.Conn.JS.DeleteStream(t.Context(), s.Name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.left(t.Context(), cluster.Pushes); err == nil {
		t.Error("there were streams")
	}
	for _, s := range cluster.Streams(1) {
		if _, err := c.left(t.Context(), s.Name); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
}

package cluster_test

import (
	"testing"
	"time"

	"folje/internal/cluster"
)

// Deliveries that nobody took have phones' addresses in them, and are worth
// nothing after a minute.
func TestDeliveriesAreNotKeptForLong(t *testing.T) {
	for _, stream := range cluster.Streams(1) {
		if stream.Name == cluster.Pushes && (stream.MaxAge <= time.Minute || stream.MaxAge > 10*time.Minute || stream.Duplicates > stream.MaxAge) {
			t.Errorf("%v, %v", stream.MaxAge, stream.Duplicates)
		}
	}
}

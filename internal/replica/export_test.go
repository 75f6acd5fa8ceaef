package replica

import "time"

// Keeps is for how long a copy has at most what was deleted.
func (r *Replica) Keeps() time.Duration { return r.store.SnapshotInterval + r.store.SnapshotRetention }

package metrics

// Name is a metric's name, as Prometheus gets it.
type Name string

// The metrics of all roles. Each role exports those that it has something to
// say of. A name that isn't here can't be exported, so that this is the list
// that the dashboard is checked against.
const (
	// Every role.
	Build         Name = "folje_build_info"
	Ready         Name = "folje_ready"
	Failing       Name = "folje_check_failing"
	Requests      Name = "folje_requests_total"
	NATSConnected Name = "folje_nats_connected"

	// The writer.
	OutboxWaiting        Name = "folje_outbox_waiting"
	OutboxOldest         Name = "folje_outbox_oldest_seconds"
	Deliveries           Name = "folje_deliveries_total"
	AnnouncementsWaiting Name = "folje_announcements_waiting"
	PagesPublished       Name = "folje_pages_published_total"
	PagesWaiting         Name = "folje_pages_waiting"
	QueuePending         Name = "folje_queue_pending"
	LeaseHeld            Name = "folje_lease_held"
	LeaseTerm            Name = "folje_lease_term"
	LeaseLeft            Name = "folje_lease_seconds_left"
	ReplicaLag           Name = "folje_replica_lag_seconds"

	// An edge.
	EdgeLag       Name = "folje_edge_lag_seconds"
	EdgeHeard     Name = "folje_edge_heard_seconds"
	EdgeCaughtUp  Name = "folje_edge_caught_up"
	EdgeScopes    Name = "folje_edge_scopes"
	Bundles       Name = "folje_bundles"
	BundlesMemory Name = "folje_bundles_bytes"
	Tickets       Name = "folje_tickets_total"
	Forwarded     Name = "folje_forwarded_total"

	// A worker.
	Shards        Name = "folje_shards_total"
	ShardsAgain   Name = "folje_shards_redelivered_total"
	PushUnderWay  Name = "folje_push_under_way"
	PushDuration  Name = "folje_push_seconds"
	WorkerWaiting Name = "folje_worker_service_waits"

	// A NATS node of ours.
	NatsdConnections Name = "folje_natsd_connections"
	NatsdRoutes      Name = "folje_natsd_routes"
	NatsdStreams     Name = "folje_natsd_streams"
	NatsdStored      Name = "folje_natsd_stored_bytes"
	NatsdLeaderless  Name = "folje_natsd_leaderless_streams"
)

// kind says how a metric is told.
type kind int

const (
	gauge     kind = iota // a reading of now
	counter               // only grows
	histogram             // how often which size
)

// entry is what the catalogue says of one metric.
type entry struct {
	kind    kind
	help    string
	labels  []string
	buckets []float64
}

// seconds are the buckets of short times, from 1 ms to 30 s.
func seconds() []float64 {
	return []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}
}

// lookUp finds what is known of a metric.
func lookUp(name Name) (entry, bool) {
	for _, part := range []func(Name) (entry, bool){ofAll, ofWriter, ofEdge, ofWorker, ofNatsd} {
		if e, ok := part(name); ok {
			return e, true
		}
	}
	return entry{}, false
}

func ofAll(name Name) (entry, bool) {
	switch name {
	case Build:
		return entry{help: "1, with the role and the program's version", labels: []string{"role", "version", "go"}}, true
	case Ready:
		return entry{help: "1 while the process can do its job, as /readyz says"}, true
	case Failing:
		return entry{help: "1 for each check that fails now; see /readyz on this listener", labels: []string{"check"}}, true
	case Requests:
		return entry{kind: counter, help: "requests answered, by class of route and of status", labels: []string{"class", "status"}}, true
	case NATSConnected:
		return entry{help: "1 while NATS is connected"}, true
	}
	return entry{}, false
}

func ofWriter(name Name) (entry, bool) {
	switch name {
	case OutboxWaiting:
		return entry{help: "deliveries that are due and not sent yet"}, true
	case OutboxOldest:
		return entry{help: "how long the oldest of them has been due, in seconds"}, true
	case Deliveries:
		return entry{kind: counter, help: "deliveries tried, by what became of them", labels: []string{"result"}}, true
	case AnnouncementsWaiting:
		return entry{help: "words to the edges (revocations, erasures) that NATS has not acknowledged yet"}, true
	case PagesPublished:
		return entry{kind: counter, help: "pages of feeds that NATS acknowledged"}, true
	case PagesWaiting:
		return entry{help: "pages of feeds that changed and are not acknowledged yet"}, true
	case QueuePending:
		return entry{help: "messages in a work queue of JetStream", labels: []string{"stream"}}, true
	case LeaseHeld:
		return entry{help: "1 while this node is the writer"}, true
	case LeaseTerm:
		return entry{help: "the highest term of the lease that this node has seen"}, true
	case LeaseLeft:
		return entry{help: "seconds until the lease that is held ends unless it is renewed"}, true
	case ReplicaLag:
		return entry{help: "seconds since the replica had everything that is committed here"}, true
	}
	return entry{}, false
}

func ofEdge(name Name) (entry, bool) {
	switch name {
	case EdgeLag:
		return entry{kind: histogram, help: "seconds from a page's publication to its first possible answer here", buckets: seconds()}, true
	case EdgeHeard:
		return entry{help: "seconds since NATS was last heard of; beyond 40 no group feed is served"}, true
	case EdgeCaughtUp:
		return entry{help: "1 while everything of the stream has been read"}, true
	case EdgeScopes:
		return entry{help: "scopes that are kept here"}, true
	case Bundles:
		return entry{help: "answers kept ready"}, true
	case BundlesMemory:
		return entry{help: "memory of pages and of answers kept ready, in bytes", labels: []string{"of"}}, true
	case Tickets:
		return entry{kind: counter, help: "tickets shown, by what was found", labels: []string{"result"}}, true
	case Forwarded:
		return entry{kind: counter, help: "requests handed to the writer, by what became of them", labels: []string{"result"}}, true
	}
	return entry{}, false
}

func ofWorker(name Name) (entry, bool) {
	switch name {
	case Shards:
		return entry{kind: counter, help: "shards taken from the queue, by what became of them", labels: []string{"result"}}, true
	case ShardsAgain:
		return entry{kind: counter, help: "shards that had been given out before"}, true
	case PushUnderWay:
		return entry{help: "messages on their way to push services"}, true
	case PushDuration:
		return entry{kind: histogram, help: "seconds that a push service took to answer", buckets: seconds()}, true
	case WorkerWaiting:
		return entry{help: "push services that asked to be left alone for a while"}, true
	}
	return entry{}, false
}

func ofNatsd(name Name) (entry, bool) {
	switch name {
	case NatsdConnections:
		return entry{help: "clients connected to this node"}, true
	case NatsdRoutes:
		return entry{help: "other nodes that this one is connected to"}, true
	case NatsdStreams:
		return entry{help: "streams that this node keeps"}, true
	case NatsdStored:
		return entry{help: "bytes in this node's streams"}, true
	case NatsdLeaderless:
		return entry{help: "streams without a leader: nothing can be written to them"}, true
	}
	return entry{}, false
}

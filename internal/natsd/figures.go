package natsd

import "github.com/nats-io/nats-server/v2/server"

// Figures are what a server keeps.
type Figures struct {
	Streams    float64 // on this server
	Stored     float64 // bytes on its disk
	Leaderless float64 // streams of its that have no leader: nothing is acknowledged
}

// Figures counts. It gives zeros while JetStream isn't up.
func (s *Server) Figures() (f Figures) {
	state, err := s.Jsz(&server.JSzOptions{Accounts: true, Streams: true})
	if err != nil {
		return f
	}
	f.Streams, f.Stored = float64(state.Streams), float64(state.Store)
	for _, account := range state.AccountDetails {
		for _, stream := range account.Streams {
			if stream.Cluster != nil && stream.Cluster.Leader == "" {
				f.Leaderless++
			}
		}
	}
	return f
}

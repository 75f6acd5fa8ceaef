package sync

import "github.com/pocketbase/pocketbase/core"

// Records reads the scope's records feed straight from the database.
func (f *Feeds) Records(app core.App, scope, cursor string) (*Feed, error) {
	at, err := last(app, scope, Records)
	if err != nil {
		return nil, err
	}
	feed, _, err := f.records(app, scope, f.parse(cursor, at.scope), at.stream, nil)
	return feed, err
}

// Settle waits until what was to be made anew is.
func (s *Service) Settle() { s.serving.Load().shelf.work.running.Wait() }

// Limit bounds what the answers may take together.
func (s *Service) Limit(bytes int) { s.serving.Load().shelf.limit = bytes }

// Size is what the answers take.
func (s *Service) Size() int {
	shelf := s.serving.Load().shelf
	shelf.mu.Lock()
	defer shelf.mu.Unlock()
	return shelf.size
}

// The bounds of making answers to cursors.
const (
	Turns       = turns
	MostWaiting = mostWaiting
)

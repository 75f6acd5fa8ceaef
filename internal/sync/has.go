package sync

// Has gives the change of the scope's records that a cursor stands for: whoever
// has the cursor was sent the records up to there. It reports false for one that
// was not given out in this epoch.
func (s *Service) Has(scope, cursor string) (seq int, ok bool) {
	now := s.serving.Load()
	if now == nil || cursor == "" {
		return 0, false
	}
	at, err := s.log.of(s.app, scope, Records)
	if err != nil {
		return 0, false
	}
	seq = now.shelf.feeds.parse(cursor, at.scope)
	return min(seq, at.stream), seq != whole
}

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

// Pages makes the pages of a scope, as a publisher does.
func (s *Service) Pages(app core.App, scope string, locales []string, forget int) ([]*Page, error) {
	feeds := s.serving.Load().shelf.feeds
	ats := map[string]newest{}
	for _, locale := range append([]string{Records}, locales...) {
		at, err := s.log.of(app, scope, locale)
		if err != nil {
			return nil, err
		}
		ats[locale] = at
	}
	at := ats[Records]
	at.day = dayOf(s.Now())
	records, m, err := feeds.recordsPage(app, scope, at, forget, nil)
	if err != nil {
		return nil, err
	}
	pages := []*Page{records}
	for _, locale := range locales {
		page, err := feeds.textsPage(app, scope, locale, ats[locale], forget, &m.used)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

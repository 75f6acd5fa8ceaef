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

// Maker makes the pages of a scope one after another, as a publisher does.
type Maker struct {
	Service *Service
	App     core.App
	kept    kept
}

// Pages makes the pages of a scope.
func (m *Maker) Pages(scope string, locales []string, forget int) ([]*Page, error) {
	s, feeds := m.Service, m.Service.serving.Load().shelf.feeds
	ats := map[string]newest{}
	for _, locale := range append([]string{Records}, locales...) {
		at, err := s.log.of(m.App, scope, locale)
		if err != nil {
			return nil, err
		}
		ats[locale] = at
	}
	day, now := dayOf(s.Now()), s.Now()
	from := m.kept.get(streamKey{scope, Records}, day, now)
	content, floor, found, err := feeds.recordsPage(m.App, scope, forget, nil, from)
	if err != nil {
		return nil, err
	}
	m.kept.put(streamKey{scope, Records}, from.next(content, day, now))
	head := func(stream string, floor, day int) PageHead {
		return PageHead{V: PageVersion, Epoch: feeds.Epoch, Scope: scope, Stream: stream, At: ats[stream].stream, Newest: ats[stream].scope, Floor: floor, Day: day}
	}
	page, err := newPage(head(Records, floor, day), content)
	if err != nil {
		return nil, err
	}
	pages := []*Page{page}
	for _, locale := range locales {
		from := m.kept.get(streamKey{scope, locale}, 0, now)
		content, floor, err := feeds.textsPage(m.App, scope, locale, forget, &found.used, from)
		if err != nil {
			return nil, err
		}
		m.kept.put(streamKey{scope, locale}, from.next(content, 0, now))
		if page, err = newPage(head(locale, floor, 0), content); err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

package sync

import (
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

var (
	// ErrElsewhere says that the pages can't answer, and the writer has to.
	ErrElsewhere = errors.New("no page answers this")
	// errMoved says that another page came while one was asked.
	errMoved = errors.New("the page was replaced")
)

// Pages answers the feeds from what the writer told of them, the same as the
// writer would. It keeps every page compressed, as it came, and the answers that
// were made from them within a bound. Its methods may be used from several
// goroutines.
type Pages struct {
	shelf  *shelf
	opened opened

	mu    sync.RWMutex
	held  map[streamKey]*heldPage
	newer map[streamKey]bool // answered elsewhere: a newer program's page came, or none fits
	size  int
}

// heldPage is a page with what is known of its content once somebody asked.
type heldPage struct {
	*Page
	used atomic.Pointer[big.Int]
}

// NewPages holds nothing yet. Limit is what the answers may take, in bytes; 0
// stands for as much as the writer's.
func NewPages(limit int, now func() time.Time) *Pages {
	p := &Pages{held: map[streamKey]*heldPage{}, newer: map[streamKey]bool{}}
	p.shelf = newShelf(&Feeds{}, nil, now)
	p.shelf.page = p.make
	if limit > 0 {
		p.shelf.limit = limit
	}
	return p
}

// Put keeps the page in the place of the stream's one before.
func (p *Pages) Put(page *Page) {
	k := streamKey{page.Scope, page.Stream}
	p.mu.Lock()
	if before := p.held[k]; before != nil {
		p.size -= len(before.packed)
		p.opened.drop(before)
	}
	p.size += len(page.packed)
	p.held[k] = &heldPage{Page: page}
	delete(p.newer, k)
	if page.Large {
		p.newer[k] = true
	}
	p.mu.Unlock()
	if p.shelf.wanted(k) {
		p.shelf.work.add(k, func() { p.refresh(k) })
	}
}

// Newer says that a newer program told of the stream: the scope is answered
// elsewhere until it does so in a way that is understood.
func (p *Pages) Newer(scope, stream string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.newer[streamKey{scope, stream}] = true
}

// Clear forgets every page.
func (p *Pages) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.held)
	clear(p.newer)
	p.size = 0
}

// Close lets what is being made end.
func (p *Pages) Close() { p.shelf.work.end() }

// Sizes are what the pages and the answers made from them take, in bytes, and
// how many there are.
type Sizes struct{ PageBytes, AnswerBytes, Pages, Answers, Scopes int }

// Size is how much is kept now.
func (p *Pages) Size() (s Sizes) {
	p.mu.RLock()
	s.PageBytes, s.Pages = p.size, len(p.held)
	for k := range p.held {
		if k.stream == Records {
			s.Scopes++
		}
	}
	p.mu.RUnlock()
	p.shelf.mu.RLock()
	defer p.shelf.mu.RUnlock()
	s.AnswerBytes = p.shelf.size
	for _, d := range p.shelf.streams {
		s.Answers += len(d.deltas)
		if d.whole != nil {
			s.Answers++
		}
	}
	return s
}

// Answer answers what changed in the stream since the cursor; asked is the
// request's header. It fails with [ErrElsewhere] where there is no page, and for
// a cursor that is ahead of the pages: another server gave it out.
func (p *Pages) Answer(asked http.Header, scope, stream, cursor string) (*Reply, error) {
	k := streamKey{scope, stream}
	for range 4 {
		at, floor, err := p.at(k)
		if err != nil {
			return nil, err
		}
		feeds := &Feeds{Epoch: at.epoch}
		after := feeds.parse(cursor, 1<<62)
		if after > at.scope {
			return nil, ErrElsewhere
		}
		if after = min(after, at.stream); after < floor {
			after = whole
		}
		a, err := p.shelf.get(nil, k, after, at)
		if errors.Is(err, errMoved) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return a.replyTo(asked, cursor, after, at)
	}
	return nil, ErrElsewhere
}

// at is what a cursor is held against.
func (p *Pages) at(k streamKey) (at newest, floor int, err error) {
	page, records, err := p.find(k)
	if err != nil {
		return at, 0, err
	}
	at = newest{page.At, max(page.Newest, records.Newest), records.Epoch, records.Day}
	return at, page.Floor, nil
}

// find gives the stream's page, an empty one for a locale without texts, and its
// scope's page of records.
func (p *Pages) find(k streamKey) (page, records *heldPage, err error) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	records, page = p.held[streamKey{k.scope, Records}], p.held[k]
	if records == nil || p.newer[k] || p.newer[streamKey{k.scope, Records}] {
		return nil, nil, ErrElsewhere
	}
	if page != nil && page.Epoch == records.Epoch {
		return page, records, nil
	}
	if slices.Contains(records.Streams, k.stream) {
		return nil, nil, ErrElsewhere
	}
	return &heldPage{Page: &Page{PageHead: PageHead{Epoch: records.Epoch}}}, records, nil
}

// make makes the answer for the shelf.
func (p *Pages) make(k streamKey, after int, at newest) (any, error) {
	page, records, err := p.find(k)
	if err != nil {
		return nil, err
	}
	if page.At != at.stream || records.Epoch != at.epoch || records.Day != at.day {
		return nil, errMoved
	}
	feeds := &Feeds{Epoch: at.epoch}
	if after >= at.stream {
		return feeds.nothing(k.stream, at.stream), nil
	}
	content, err := p.opened.of(page)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrElsewhere, err)
	}
	if k.stream == Records {
		return content.feed(feeds, after, at.stream), nil
	}
	used := new(big.Int)
	if after == whole {
		if used, err = records.uses(); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrElsewhere, err)
		}
	}
	return content.textFeed(feeds, after, at.stream, used), nil
}

// uses are the numbers of what a whole feed has.
func (h *heldPage) uses() (*big.Int, error) {
	if known := h.used.Load(); known != nil {
		return known, nil
	}
	content, err := h.content()
	if err != nil {
		return nil, err
	}
	used := content.used()
	h.used.Store(used)
	return used, nil
}

// refresh makes a whole feed anew that somebody asks for, beside the requests.
// What goes wrong, a request will find too.
func (p *Pages) refresh(k streamKey) {
	defer func() { _ = recover() }() // requests make it, and tell whom it concerns
	asked := p.shelf.kept(k, whole)
	at, _, err := p.at(k)
	if err != nil {
		return
	}
	if a, err := p.shelf.get(nil, k, whole, at); err == nil && asked != nil {
		a.asked.Store(asked.asked.Load()) // this was no request
	}
}

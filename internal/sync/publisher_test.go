package sync_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	stdsync "sync"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/core"
)

// bus keeps what it is told, in order.
type bus struct {
	mu     stdsync.Mutex
	had    map[string]string // before
	stamps map[string]string
	order  []string
	faults int // so many fail
	asked  chan struct{}
}

func newBus() *bus {
	return &bus{had: map[string]string{}, stamps: map[string]string{}, asked: make(chan struct{})}
}

func (b *bus) Told(ctx context.Context) (map[string]string, error) {
	select {
	case <-b.asked: // closed once had is what it is to be
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.had), nil
}

func (b *bus) Tell(_ context.Context, subject, stamp string, _ []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.faults > 0 {
		b.faults--
		return errors.New("away")
	}
	b.stamps[subject] = stamp
	b.order = append(b.order, subject)
	return nil
}

func (b *bus) seen() (stamps map[string]string, order []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.stamps), slices.Clone(b.order)
}

// newPublishing is a world with a publisher.
func newPublishing(t *testing.T, b *bus, cfg sync.PublisherConfig) (w *world, p *sync.Publisher) {
	t.Helper()
	cfg.Bus = b
	w = newWorld(t, func(s *sync.Service) { p = s.Publish(cfg) })
	return w, p
}

func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not %s within a minute", what)
		}
	}
}

var pages = []string{cluster.Page(scope, sync.Records), cluster.Page(scope, "ar")}

func (b *bus) has(subjects ...string) bool {
	stamps, _ := b.seen()
	return !slices.ContainsFunc(subjects, func(s string) bool { return stamps[s] == "" })
}

// A publisher that starts tells what differs, and nothing else; of a scope its
// records first.
func TestAPublisherTellsWhatDiffers(t *testing.T) {
	first := newBus()
	w, _ := newPublishing(t, first, sync.PublisherConfig{})
	w.mustWrite("1", "hej")
	close(first.asked)
	eventually(t, "told", func() bool { return first.has(append(pages, cluster.Hello)...) })
	stamps, order := first.seen()
	if records, texts := slices.Index(order, pages[0]), slices.Index(order, pages[1]); records > texts {
		t.Errorf("texts before records: %q", order)
	}
	again := newBus()
	other, publisher := newPublishing(t, again, sync.PublisherConfig{})
	other.mustWrite("1", "hej")
	again.had = maps.Clone(stamps)
	for subject, stamp := range again.had { // that world's epoch is another
		again.had[subject] = strings.Replace(stamp, w.service.Epoch(), other.service.Epoch(), 1)
	}
	again.had[cluster.Page("goneforgood0000", sync.Records)] = "e.9"
	close(again.asked)
	eventually(t, "told of what is gone", func() bool { return again.has(cluster.Page("goneforgood0000", sync.Records)) })
	eventually(t, "done", func() bool { return publisher.Waiting() == 0 })
	if _, order := again.seen(); slices.Contains(order, pages[0]) {
		t.Errorf("told again without need: %q", order)
	}
	other.mustWrite("2", "då")
	eventually(t, "told of what is new", func() bool { return again.has(pages...) })
}

// Nothing is told before the barrier lets it, nor what was rolled back, and what
// fails comes again.
func TestAPublisherWaitsForTheBarrier(t *testing.T) {
	b := newBus()
	close(b.asked)
	open := make(chan struct{})
	w, _ := newPublishing(t, b, sync.PublisherConfig{Barrier: func(ctx context.Context) error {
		select {
		case <-open:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}})
	w.mustWrite("1", "hej")
	if _, order := b.seen(); len(order) != 0 {
		t.Errorf("told before it may be: %q", order)
	}
	b.mu.Lock()
	b.faults = 1
	b.mu.Unlock()
	close(open)
	eventually(t, "told", func() bool { return b.has(pages...) })
	before, _ := b.seen()
	err := w.app.RunInTransaction(func(tx core.App) error {
		if err := sync.Touch(tx, scope, sync.Records, sync.Item("notes", "1")); err != nil {
			return err
		}
		return errors.New("roll back")
	})
	if err == nil {
		t.Fatal("not rolled back")
	}
	w.mustWrite("2", "då")
	eventually(t, "told of the next", func() bool { now, _ := b.seen(); return now[pages[0]] != before[pages[0]] })
}

// A page that NATS doesn't take says that the writer answers.
func TestAPageThatIsTooLarge(t *testing.T) {
	page, err := sync.ReadPage([]byte(`{"v":1,"scope":"a","stream":"records","epoch":"e","at":3,"large":true}` + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	p := sync.NewPages(0, time.Now)
	p.Put(page)
	if _, err := p.Answer(nil, "a", sync.Records, ""); !errors.Is(err, sync.ErrElsewhere) {
		t.Errorf("%v", err)
	}
}

package sync_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	stdsync "sync"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// ledger is what writers have been told is stored.
type ledger struct {
	mu     stdsync.Mutex
	stored map[string]int // version by note
}

func (l *ledger) write(id string, version int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stored[id] = version
}

func (l *ledger) copy() map[string]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.stored)
}

// phone keeps what it read, as phones do.
type phone struct {
	*world
	cursor, etag string
	has          map[string]int
}

func (p *phone) sync() {
	a := p.ask(feed+p.cursor, p.etag)
	if a.status == http.StatusNotModified {
		return
	}
	texts := a.JSON["texts"].(map[string]any)
	for _, record := range a.JSON["records"].([]any) {
		r := record.(map[string]any)
		text, ok := texts[fmt.Sprint(r["title"].([]any)[0])].(string)
		var version int
		if _, err := fmt.Sscanf(text, "version %d", &version); !ok || err != nil {
			p.Errorf("a record without its text: %s", a.Body)
		}
		id := r["id"].(string)
		p.has[id] = max(p.has[id], version)
	}
	p.cursor, p.etag = a.cursor(), a.etag
}

// Whatever was acknowledged before a phone asked is on the phone afterwards,
// while others write, roll back, and ask for everything.
func TestAPhoneNeverMissesWhatWasAcknowledged(t *testing.T) {
	w := newWorld(t)
	l := &ledger{stored: map[string]int{}}
	done := make(chan struct{})
	var writers, readers stdsync.WaitGroup
	for n := range 3 {
		writers.Go(func() { w.writeOn(n, l) })
	}
	for n := range 4 {
		readers.Go(func() { w.readOn(n == 0, l, done) })
	}
	writers.Wait()
	close(done)
	readers.Wait()
	p := phone{world: w, has: map[string]int{}}
	p.sync()
	if want := l.copy(); !maps.Equal(p.has, want) {
		t.Errorf("in the end %v, stored %v", p.has, want)
	}
}

// writeOn saves notes of its own, now and then in vain.
func (w *world) writeOn(n int, l *ledger) {
	dice := rand.New(rand.NewPCG(uint64(n), 1))
	for version := 1; version <= 25; version++ {
		id, fails := fmt.Sprintf("note-%d-%d", n, dice.IntN(8)), dice.IntN(4) == 0
		err := w.app.RunInTransaction(func(tx core.App) error {
			if fails {
				if err := w.write(tx, scope, "of nobody", "version 0"); err != nil {
					return err
				}
				return errors.New("roll back")
			}
			return w.write(tx, scope, id, fmt.Sprintf("version %d of %s", version, id))
		})
		if fails != (err != nil) {
			w.Errorf("write: %v", err)
		}
		if err == nil {
			l.write(id, version)
		}
	}
}

func (w *world) readOn(always bool, l *ledger, done <-chan struct{}) {
	p := phone{world: w, has: map[string]int{}}
	for {
		select {
		case <-done:
			return
		default:
		}
		if always { // everything, as new phones do
			p.cursor, p.etag = "", ""
		}
		acknowledged := l.copy()
		p.sync()
		for id, version := range acknowledged {
			if p.has[id] < version {
				w.Errorf("%s: version %d was stored, the phone has %d", id, version, p.has[id])
			}
		}
	}
}

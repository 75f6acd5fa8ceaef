package lease

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// bucket is a key-value store with one key, whose answers can get lost.
type bucket struct {
	jetstream.KeyValue
	mu       sync.Mutex
	value    []byte
	revision uint64
	deaf     bool // what is asked is done, and the answer lost
	gone     bool // nothing is done
	lost     bool // there is no bucket
}

type entry struct {
	jetstream.KeyValueEntry
	value    []byte
	revision uint64
}

func (e entry) Value() []byte    { return e.value }
func (e entry) Revision() uint64 { return e.revision }

var errLost = errors.New("no answer")

func (b *bucket) Get(context.Context, string) (jetstream.KeyValueEntry, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.gone:
		return nil, errLost
	case b.lost:
		return nil, jetstream.ErrStreamNotFound
	case b.revision == 0:
		return nil, jetstream.ErrKeyNotFound
	}
	return entry{value: b.value, revision: b.revision}, nil
}

func (b *bucket) Create(ctx context.Context, key string, value []byte, _ ...jetstream.KVCreateOpt) (uint64, error) {
	return b.Update(ctx, key, value, 0)
}

func (b *bucket) Update(_ context.Context, _ string, value []byte, revision uint64) (uint64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.gone {
		return 0, errLost
	}
	if b.lost {
		return 0, jetstream.ErrNoStreamResponse
	}
	if revision != b.revision {
		return 0, jetstream.ErrKeyExists
	}
	b.value, b.revision = value, b.revision+1
	if b.deaf {
		return 0, errLost
	}
	return b.revision, nil
}

func (b *bucket) set(gone, deaf bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.gone, b.deaf = gone, deaf
}

func (b *bucket) now(t *testing.T) (v Value) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := json.Unmarshal(b.value, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func take(t *testing.T, b *bucket, name string) *Lease {
	t.Helper()
	l, err := Wait(t.Context(), Config{Bucket: b, Name: name, Instance: name}, known(0), anybody)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func known(term uint64) func(context.Context) (uint64, error) {
	return func(context.Context) (uint64, error) { return term, nil }
}

func anybody(*Value) error { return nil }

// keep renews until the test is over or stop is called.
func keep(t *testing.T, l *Lease) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { l.Keep(ctx, nil) })
	stop = func() { cancel(); done.Wait() }
	t.Cleanup(stop)
	return stop
}

func TestOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := new(bucket)
		first := take(t, b, "a")
		stop := keep(t, first)
		time.Sleep(time.Minute)
		if first.Holds() != nil || first.Term() != 1 || first.Before() != nil {
			t.Fatalf("%v, term %d", first.Holds(), first.Term())
		}
		stop() // it is killed
		killed := time.Now()
		second := take(t, b, "b")
		if gap := time.Since(killed); gap < Lasts-Renew || gap > Lasts+2*time.Second {
			t.Errorf("the successor waited %v", gap)
		}
		if second.Term() != 2 || second.Before().Holder != "a" {
			t.Errorf("term %d after %+v", second.Term(), second.Before())
		}
		if first.Holds() == nil {
			t.Error("two nodes hold the lease")
		}
		keep(t, first) // it was only frozen
		<-first.Lost()
	})
}

func TestTheHolderStopsBeforeAnybodyFollows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := new(bucket)
		first := take(t, b, "a")
		stop := keep(t, first)
		time.Sleep(7 * time.Second)
		b.set(true, false) // NATS is away for the holder and for all
		for first.Holds() == nil {
			time.Sleep(10 * time.Millisecond)
		}
		over := time.Now()
		stop() // for the holder NATS stays away
		b.set(false, false)
		take(t, b, "b")
		if d := time.Since(over); d < Margin {
			t.Errorf("the successor came %v after the holder stopped", d)
		}
	})
}

func TestALostAnswerIsReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := new(bucket)
		l := take(t, b, "a")
		keep(t, l)
		b.set(false, true)
		time.Sleep(time.Minute)
		if err := l.Holds(); err != nil {
			t.Error(err)
		}
	})
}

func TestAQuorumThatComesBackFindsTheSameHolder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := new(bucket)
		l := take(t, b, "a")
		keep(t, l)
		b.set(true, false)
		time.Sleep(time.Minute)
		if !errors.Is(l.Holds(), ErrOver) {
			t.Error("it goes on without NATS")
		}
		b.set(false, false)
		time.Sleep(2 * Renew)
		if err := l.Holds(); err != nil {
			t.Error(err)
		}
	})
}

func TestAStandbyLeavesTheHolderTimeWhenNATSIsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := new(bucket)
		l := take(t, b, "a")
		stop := keep(t, l)
		var all sync.WaitGroup
		all.Go(func() { take(t, b, "b") })
		time.Sleep(5 * time.Second)
		b.set(true, false)
		time.Sleep(time.Minute + 100*time.Millisecond)
		b.set(false, false)
		time.Sleep(time.Minute)
		if v := b.now(t); v.Holder != "a" || l.Holds() != nil {
			t.Errorf("%s took over from a holder that was only cut off", v.Holder)
		}
		stop()
		all.Wait()
	})
}

func TestASleepingMachineCounts(t *testing.T) {
	b := new(bucket)
	steady, wall := time.Duration(0), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	l, err := Wait(t.Context(), Config{Bucket: b, Name: "a", Clock: func() (time.Duration, time.Time) { return steady, wall }}, known(0), anybody)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		steady, wall time.Duration
		holds        bool
	}{{7 * time.Second, 7 * time.Second, true}, {0, 9 * time.Second, false}, {9 * time.Second, 0, false}, {9 * time.Second, -time.Hour, false}} {
		begun, at := steady, wall
		steady, wall = steady+c.steady, wall.Add(c.wall)
		if (l.Holds() == nil) != c.holds {
			t.Errorf("after %v, %v by the wall's clock: %v", c.steady, c.wall, l.Holds())
		}
		steady, wall = begun, at
	}
}

func TestReleaseHandsOverAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := new(bucket)
		first := take(t, b, "a")
		err := first.Release(t.Context(), func(n Note) Note { return Note{Replica: 1, Position: 9, Clean: true} })
		if err != nil || first.Holds() == nil {
			t.Fatal(err, first.Holds())
		}
		begun := time.Now()
		second := take(t, b, "b")
		if n := second.Before().Note; time.Since(begun) > time.Second || !n.Clean || n.Position != 9 {
			t.Errorf("%v %+v", time.Since(begun), n)
		}
		if v := b.now(t); v.Term != 2 || v.Free || !v.Note.Clean {
			t.Errorf("%+v", v)
		}
		if err := first.Update(t.Context(), nil); !errors.Is(err, ErrTaken) {
			t.Errorf("it renews what it gave up: %v", err)
		}
	})
}

func TestANewerProgramsLeaseIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bucket{value: []byte(`{"v":2,"term":4}`), revision: 3}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		var said error
		_, err := Wait(ctx, Config{Bucket: b, Report: func(err error) { said = err }}, known(0), anybody)
		if err == nil || !errors.Is(said, ErrNewer) {
			t.Error(err, said)
		}
	})
}

func TestWhatNATSForgotIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		l, err := Wait(t.Context(), Config{Bucket: new(bucket)}, known(5), anybody)
		if err != nil || l.Term() != 6 || time.Since(begun) < Lasts {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
	})
}

func TestABucketThatIsLostIsMadeAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := new(bucket)
		made := 0
		declare := func(context.Context) error {
			b.mu.Lock()
			defer b.mu.Unlock()
			made, b.lost = made+1, false
			return nil
		}
		wait := func(name string, may func(*Value) error) *Lease {
			l, err := Wait(t.Context(), Config{Bucket: b, Name: name, Instance: name, Declare: declare}, known(0), may)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		lose := func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.lost, b.value, b.revision = true, nil, 0
		}
		first := wait("a", anybody)
		keep(t, first)
		lose()
		<-first.Lost() // by who holds it
		if made != 1 {
			t.Errorf("made %d times", made)
		}
		lose()
		if second := wait("b", anybody); made != 2 || second.Holds() != nil { // by who waits for it
			t.Errorf("made %d times, %v", made, second.Holds())
		}
	})
}

//go:build unix

// Package kill_test kills the program under load, again and again, as the
// kernel does when memory runs out, and looks that nothing was lost:
//
//	go test ./test/chaos/kill -v -count 1 -kills 25
package kill_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"folje/internal/app"
	"folje/test/protocol"

	"github.com/pocketbase/pocketbase/core"
)

var kills = flag.Int("kills", 3, "how often the program is killed")

// phones write at the same time; between two kills they send so many requests.
const (
	phones       = 8
	fewest, most = 30, 150
)

func TestNothingAcknowledgedIsLost(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	town, err := protocol.Found(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	l := &load{town: town, meeting: invite(t, dir, town), address: protocol.FreeAddress(t)}
	l.start(t, dir)
	all := l.write()
	for range *kills {
		l.killIn(fewest + rand.IntN(most-fewest))
		l.start(t, dir)
	}
	l.done.Store(true)
	all.Wait()
	l.program.End(syscall.SIGKILL)
	l.check(t, dir)
}

// load is phones that write without pause to a program that comes and goes.
type load struct {
	town    protocol.Town
	meeting string
	address string
	done    atomic.Bool
	phones  []*phone

	mu      sync.Mutex
	program *protocol.Program
	up      chan struct{} // closed when the program serves
	target  int           // requests until the program is killed
	hit     chan struct{} // closed then
}

// start starts the program, and lets the phones go on.
func (l *load) start(t *testing.T, dir string) {
	t.Helper()
	p := protocol.Run(t, dir, l.address)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.program = p
	if l.up == nil {
		l.up = make(chan struct{})
	}
	close(l.up)
}

// killIn kills the program in the middle of the n-th request from now.
func (l *load) killIn(n int) {
	l.mu.Lock()
	l.target, l.hit = n, make(chan struct{})
	hit, program := l.hit, l.program
	l.mu.Unlock()
	<-hit
	l.mu.Lock()
	l.up = make(chan struct{})
	l.mu.Unlock()
	program.End(syscall.SIGKILL)
}

// request waits until the program serves, and counts one more request.
func (l *load) request() *protocol.Program {
	l.mu.Lock()
	up := l.up
	l.mu.Unlock()
	<-up
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.target--; l.target == 0 {
		close(l.hit)
	}
	return l.program
}

// write lets the phones write until done.
func (l *load) write() *sync.WaitGroup {
	var all sync.WaitGroup
	for i := range phones {
		p := newPhone(l, fmt.Sprintf("phone %d", i))
		l.phones = append(l.phones, p)
		all.Go(p.live)
	}
	return &all
}

// check opens what the last kill left, and compares.
func (l *load) check(t *testing.T, dir string) {
	t.Helper()
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.ResetBootstrapState(); err != nil {
			t.Error(err)
		}
	}()
	stored := count(t, a, "wishes", "text")
	var made, acknowledged, repeated, cut, lost, doubled, stuck int
	for _, p := range l.phones {
		made, acknowledged, repeated, cut, stuck = made+p.made, acknowledged+len(p.acknowledged), repeated+p.repeated, cut+p.cut, stuck+len(p.outbox)
		for _, text := range p.acknowledged {
			switch n := stored[text]; {
			case n == 0:
				lost++
			case n > 1:
				doubled++
			}
		}
		if p.fault != "" {
			t.Errorf("%s", p.fault)
		}
		for device, seq := range p.answered {
			row, err := a.FindFirstRecordByData("rsvps", "device", device)
			if err != nil || row.GetInt("seq") != seq {
				t.Errorf("the answer with seq %d is not there: %v", seq, err)
			}
		}
	}
	t.Logf("%d kills, %d phones: %d wishes written, %d acknowledged, %d of them by a second request after the answer to the first was lost; "+
		"%d requests cut off; %d acknowledged lost, %d doubled, %d left behind; %d rows", *kills, phones, made, acknowledged, repeated, cut, lost, doubled, stuck, len(stored))
	if lost+doubled+stuck > 0 || acknowledged != made || len(stored) != made {
		t.Error("not every wish is there exactly once")
	}
	if cut == 0 {
		t.Error("no request was cut off: the kills came at no bad moment")
	}
	var said string
	if err := a.DB().NewQuery("PRAGMA integrity_check").Row(&said); err != nil || said != "ok" {
		t.Errorf("integrity check: %v %s", err, said)
	}
}

func count(t *testing.T, a core.App, collection, field string) map[string]int {
	t.Helper()
	all, err := a.FindAllRecords(collection)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, r := range all {
		found[r.GetString(field)]++
	}
	return found
}

//go:build unix

// Package failover_test kills the machine that writes, with its disk, again and
// again while phones write, and freezes it:
//
//	go test ./test/chaos/failover -v -count 1 -timeout 30m -failovers 10 -freezes 20
//	go test ./test/chaos/failover -v -count 1 -run Killed -failovers 10 -durable=false
//
// With copies in a bucket, where test/gateway serves one (its doc.go), and its
// credentials are in the environment:
//
//	go test ./test/chaos/failover -v -count 1 -copies 's3://folje/copies?endpoint=http://127.0.0.1:7070&region=us-east-1'
package failover_test

import (
	"errors"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"folje/internal/app"
	"folje/internal/cluster/clustertest"
	"folje/test/protocol"
)

var (
	failovers = flag.Int("failovers", 1, "how often the writer is killed and its disk wiped")
	freezes   = flag.Int("freezes", 1, "how often the writer is frozen")
	durable   = flag.Bool("durable", true, "acknowledge only what is in the replica")
	servers   = flag.Int("nats", 1, "how many NATS servers there are: 1 or 3")
	program   = flag.String("program", "", "a program that was built before")
	copies    = flag.String("copies", "", "where the database is copied, instead of a folder: such as a bucket of test/gateway's")
	busy      = flag.Int("busy", 50, "how many wishes a writer acknowledges before something happens to it")
	phones    = flag.Int("phones", 4, "how many phones write at the same time")
)

// rig is two machines, NATS, and where the copies lie.
type rig struct {
	town            protocol.Town
	nats            *clustertest.Servers
	replicas        string
	copies, program string
	keys            string
	machines        []*machine
	writer, other   *machine
	kills           []time.Time
}

// before is how long before the next kill a moment was.
func (r *rig) before(at time.Time) time.Duration {
	for _, killed := range r.kills {
		if killed.After(at) {
			return killed.Sub(at)
		}
	}
	return 0
}

func found(t *testing.T) *rig {
	t.Helper()
	dir := t.TempDir()
	first := filepath.Join(dir, "a")
	town, err := protocol.Found(first, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{town: town, nats: clustertest.Start(t, *servers), replicas: strconv.Itoa(*servers), copies: "file://" + filepath.Join(dir, "copies"), program: *program}
	if *copies != "" {
		r.copies = *copies
	}
	if r.program == "" {
		if r.program, err = protocol.Built(); err != nil {
			t.Fatal(err)
		}
	}
	a, b := newMachine(t, "a", first), newMachine(t, "b", filepath.Join(dir, "b"))
	r.machines, r.writer, r.other = []*machine{a, b}, a, b
	t.Cleanup(func() {
		for _, m := range r.machines {
			m.end(syscall.SIGKILL)
			if t.Failed() {
				t.Logf("%s said:\n%s", m.name, m.log())
			}
		}
	})
	a.start(t, r)
	r.serves(t, a)
	r.keys = filepath.Join(dir, "keys")
	(&machine{dir: dir}).equip(t, filepath.Join(first, "keys")) // the operator's copy
	b.equip(t, r.keys)
	b.start(t, r)
	r.says(t, b, "Standing by")
	return r
}

func (r *rig) serves(t *testing.T, m *machine) { t.Helper(); r.says(t, m, "serves") }

func (r *rig) says(t *testing.T, m *machine, text string) {
	t.Helper()
	if !m.says(text) {
		t.Fatalf("%s ended before it said %q:\n%s", m.name, text, m.log())
	}
}

func (r *rig) swap() { r.writer, r.other = r.other, r.writer }

func TestNothingAcknowledgedIsLostWhenTheWriterIsKilled(t *testing.T) {
	r := found(t)
	l := begin(r, *phones)
	var gaps []time.Duration
	for range *failovers {
		if !l.busy(r.writer, time.Now(), *busy) {
			break
		}
		r.writer.end(syscall.SIGKILL)
		killed := time.Now()
		r.kills = append(r.kills, killed)
		r.writer.wipe(t, r.keys)
		if _, ok := l.next(r.other, killed); !ok {
			break
		}
		gaps = append(gaps, l.first(killed).Sub(l.last(killed)))
		r.writer.start(t, r)
		r.says(t, r.writer, "Standing by")
		r.swap()
	}
	r.check(t, l, gaps)
}

func TestAFrozenWriterNeverWritesBesideItsSuccessor(t *testing.T) {
	r := found(t)
	l := begin(r, *phones)
	var gaps []time.Duration
	beside := 0
	for range *freezes {
		if !l.busy(r.writer, time.Now(), *busy) {
			break
		}
		r.writer.signal(syscall.SIGSTOP)
		frozen := time.Now()
		first, ok := l.next(r.other, frozen)
		if !ok {
			break
		}
		gaps = append(gaps, first.at.Sub(frozen))
		thawed := time.Now()
		r.writer.signal(syscall.SIGCONT)
		beside += r.tempt(r.writer)
		<-r.writer.ended
		beside += l.writtenBy(r.writer, thawed)
		r.writer.start(t, r)
		r.says(t, r.writer, "Standing by")
		r.swap()
	}
	if beside > 0 {
		t.Errorf("%d requests were answered 200 by a writer that had a successor", beside)
	}
	r.check(t, l, gaps)
}

// What a writer needs goes away and comes back: nobody is told that something
// was done meanwhile, and the same machine goes on.
func TestTheWriterOutlastsWhatItNeeds(t *testing.T) {
	r := found(t)
	l := begin(r, *phones)
	for what, away := range map[string]func() (back func()){
		"the replica": func() func() { return r.loseCopies(t) },
		"NATS":        func() func() { r.nats.Kill(0); return func() { r.nats.Restart(0) } },
	} {
		if what == "the replica" && (!*durable || *copies != "") || what == "NATS" && *servers > 1 {
			continue
		}
		if !l.busy(r.writer, time.Now(), 10) {
			break
		}
		begun := time.Now()
		back := away()
		if !l.refused(begun) {
			break
		}
		gone := time.Now()
		back()
		returned := time.Now()
		if !l.busy(r.writer, returned, 10) {
			break
		}
		t.Logf("without %s: refused after %v, and done again %v after it was back", what, gone.Sub(begun), l.first(returned).Sub(returned))
	}
	r.check(t, l, nil)
}

// loseCopies takes away the folder of copies until back is called.
func (r *rig) loseCopies(t *testing.T) (back func()) {
	t.Helper()
	path := strings.TrimPrefix(r.copies, "file://")
	aside := path + ".away"
	if err := errors.Join(os.Rename(path, aside), os.WriteFile(path, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := errors.Join(os.Remove(path), os.Rename(aside, path)); err != nil {
			t.Error(err)
		}
	}
}

// tempt has the thawed machine do things until it ends, and counts what it did.
func (r *rig) tempt(m *machine) (done int) {
	client := &http.Client{Timeout: time.Second}
	defer client.CloseIdleConnections()
	for {
		select {
		case <-m.ended:
			return done
		default:
		}
		id := protocol.NewIdentity()
		body := map[string]any{"secret": id.Secret, "locale": "sv", "code": r.town.Codes[0]}
		if status, _, err := ask(client, m, "", http.MethodPut, "devices/"+id.ID, body); err == nil && status == http.StatusOK {
			done++
		}
	}
}

// writtenBy counts what m acknowledged of what it was asked after a moment.
func (l *load) writtenBy(m *machine, after time.Time) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range l.acks {
		if a.by == m && a.begun.After(after) {
			n++
		}
	}
	return n
}

// check ends everything and compares what was acknowledged with what is there.
func (r *rig) check(t *testing.T, l *load, gaps []time.Duration) {
	t.Helper()
	l.done.Store(true)
	l.all.Wait()
	r.other.end(syscall.SIGTERM)
	r.writer.end(syscall.SIGTERM)
	if fault := l.broken(); fault != "" {
		t.Fatal(fault)
	}
	a, err := app.Open(r.writer.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.ResetBootstrapState() }()
	rows, err := a.FindAllRecords("wishes")
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]int{}
	for _, row := range rows {
		stored[row.GetString("text")]++
	}
	lost, doubled, window := 0, 0, time.Duration(0)
	for _, a := range l.acks {
		switch n := stored[a.text]; {
		case n == 0:
			lost++
			window = max(window, r.before(a.at))
		case n > 1:
			doubled++
		}
	}
	var said string
	if err := a.DB().NewQuery("PRAGMA integrity_check").Row(&said); err != nil || said != "ok" {
		t.Errorf("integrity check: %v %s", err, said)
	}
	slices.Sort(gaps)
	t.Logf("%d takeovers, durable %v: %d wishes written, %d acknowledged, %d acknowledged lost (the first %v before a kill), %d doubled; other answers %v; without answer %v",
		len(gaps), *durable, l.made, len(l.acks), lost, window, doubled, l.others, gaps)
	if doubled > 0 || *durable && lost > 0 {
		t.Error("not every acknowledged wish is there exactly once")
	}
}

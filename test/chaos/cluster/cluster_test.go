//go:build unix

// Package cluster_test starts everything that a cluster has on one machine,
// kills a worker, a NATS server and the writer with -9, one after another while
// letters are published, and looks that nothing was lost:
//
//	go test ./test/chaos/cluster -v -count 1 -timeout 30m -phones 20000
package cluster_test

import (
	"context"
	"flag"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"folje/internal/app"
	"folje/test/protocol"
)

var phones = flag.Int("phones", 300, "how many phones are subscribed")

// patience ends the test where something waits for good.
const patience = 20 * time.Minute

func TestACrashOfEachRoleLosesNothing(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	dir := filepath.Join(t.TempDir(), "data")
	town, err := protocol.Found(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	keys := subscribe(t, dir, town.Groups[0], *phones)
	sink := startSink(t, keys)
	r := newRig(ctx, t, dir, town, sink)
	r.startAll()
	load := r.begin(4)

	began := time.Now()
	for n, c := range r.crashes() {
		published := r.publish(n)
		r.wait(sink.after(*phones/3), "the moment to kill "+c.name)
		r.crash(c)
		r.wait(published, "publishing")
		r.wait(sink.all((n+1)*(*phones)), "every phone's letter "+c.name)
	}
	r.wait(r.publish(len(r.crashes())), "publishing")
	letters := len(r.crashes()) + 1
	r.wait(sink.all(letters*(*phones)), "every phone's last letter")
	took := time.Since(began)
	made, acknowledged := load.end()
	r.edgesHave(letters)
	r.settle()
	r.end(syscall.SIGTERM)
	report(t, dir, sink, letters, took)
	checkWishes(t, dir, made, acknowledged)
}

// report compares what the database says with what phones got.
func report(t *testing.T, dir string, s *sink, letters int, took time.Duration) {
	t.Helper()
	count := counter(t, dir)
	s.mu.Lock()
	defer s.mu.Unlock()
	lost := letters*len(s.phones) - s.distinct
	t.Logf("%d phones, %d letters in %v: %d messages, %d letters on phones, %d lost; deliveries: %d sent, %d not; "+
		"%d messages came again, of which %d replaced what the phone showed and %d rang twice",
		len(s.phones), letters, took.Round(100*time.Millisecond), s.messages, s.distinct, lost, count("deliveries", "state = 'sent'"), count("deliveries", "state <> 'sent'"),
		s.repeats, s.collapsed, s.repeats-s.collapsed)
	if out := count("letters", "number = 1"); out != letters {
		t.Errorf("%d of %d letters are published", out, letters)
	}
	if lost != 0 || count("deliveries", "state = 'sent'") != letters*len(s.phones) || count("deliveries", "state <> 'sent'") != 0 {
		t.Error("not every delivery is there and sent")
	}
	if s.repeats != s.collapsed {
		t.Errorf("%d letters rang twice on a phone", s.repeats-s.collapsed)
	}
	if undone := count("outbox", "done = ''"); undone != 0 {
		t.Errorf("%d rows of the outbox are not done", undone)
	}
	for _, fault := range s.faults {
		t.Error(fault)
	}
}

// checkWishes looks that each acknowledged operation is there, and none twice.
func checkWishes(t *testing.T, dir string, made int, acknowledged []string) {
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
	var texts []string
	if err := a.DB().NewQuery("SELECT text FROM wishes").Column(&texts); err != nil {
		t.Fatal(err)
	}
	stored := map[string]int{}
	for _, text := range texts {
		stored[text]++
	}
	lost, twice := 0, 0
	for _, text := range acknowledged {
		if stored[text] == 0 {
			lost++
		}
		if stored[text] > 1 {
			twice++
		}
	}
	t.Logf("%d operations made through the edges, %d acknowledged, %d lost, %d applied twice", made, len(acknowledged), lost, twice)
	if lost != 0 || twice != 0 || len(acknowledged) == 0 {
		t.Error("not every operation was applied exactly once")
	}
}

// counter counts rows of a database that nobody has open.
func counter(t *testing.T, dir string) func(from, where string) int {
	return func(from, where string) (n int) {
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
		if err := a.DB().NewQuery("SELECT count(*) FROM " + from + " WHERE " + where).Row(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
}

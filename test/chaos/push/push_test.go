//go:build unix

// Package push_test kills the program while it rings phones, again and again,
// as the kernel does when memory runs out, and looks that every letter reached
// every phone and rang on it once:
//
//	go test ./test/chaos/push -v -count 1 -kills 25
package push_test

import (
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"folje/internal/app"
	"folje/test/protocol"

	"github.com/pocketbase/dbx"
)

var (
	kills = flag.Int("kills", 3, "how often the program is killed")
	many  = flag.Int("phones", 0, "how many phones there are; 0 is 200 for few kills, 2,000 for many")
)

// mostRepeats is how many messages are sent again after a kill: those that were
// on their way when it came.
const mostRepeats = 32

// patience ends the test where a phone waits for good.
const patience = 5 * time.Minute

func TestNoLetterAndNoDeliveryIsLost(t *testing.T) { survive(t, mostRepeats) }

// With a queue between, the kill takes the writer, the worker and NATS at once.
// A server of NATS that is alone gives shards out again whose acknowledgement
// was not on its disk yet, so there is no bound but the minute for which a shard
// is good.
func TestNoDeliveryIsLostFromAQueue(t *testing.T) {
	survive(t, math.MaxInt, "--nats", "embedded")
}

// survive kills the program that is told the flags.
func survive(t *testing.T, mostRepeats int, flags ...string) {
	if *many == 0 {
		*many = map[bool]int{true: 200, false: 2000}[*kills < 10]
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	dir := filepath.Join(t.TempDir(), "data")
	town, err := protocol.Found(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	phones := subscribe(t, dir, town.Groups[0], *many)
	sink := startSink(t, phones)
	r := &rig{T: t, ctx: ctx, dir: dir, town: town, address: protocol.FreeAddress(t), environment: sink.environment(t), flags: flags}
	r.start()
	for n := range *kills + 1 {
		r.draft(n)
	}
	for n := range *kills {
		published := r.publish(n)
		if n%5 == 4 {
			<-r.asked // the program is killed in the middle of publishing
		} else {
			wait(ctx, t, sink.after(1+rand.IntN(*many*3/4)), "the next kill")
		}
		sink.kill(func() { r.kill() })
		r.start()
		wait(ctx, t, published, "publishing")
	}
	wait(ctx, t, r.publish(*kills), "publishing")
	wait(ctx, t, sink.all(*many*(*kills+1)), "every phone's letters")
	r.settle()
	r.stop()
	report(t, dir, sink, mostRepeats)
}

func wait(ctx context.Context, t *testing.T, done <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-done:
	case <-ctx.Done():
		t.Fatalf("waited in vain for %s", what)
	}
}

// report opens what the last process left, and compares it with what phones got.
func report(t *testing.T, dir string, s *sink, mostRepeats int) {
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
	letters := *kills + 1
	count := func(from, where string) (n int) {
		if err := a.DB().NewQuery("SELECT count(*) FROM " + from + " WHERE " + where).Row(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	var worst, repeats int
	for _, n := range s.repeats {
		worst, repeats = max(worst, n), repeats+n
	}
	sent, others := count("deliveries", "state = 'sent'"), count("deliveries", "state <> 'sent'")
	lost := letters*len(s.phones) - s.distinct
	t.Logf("%d kills, %d phones, %d letters: %d messages, %d letters on phones, %d lost; %d deliveries sent, %d not; "+
		"%d repeats in all, %d after the worst kill; %d doubles visible", *kills, len(s.phones), letters, s.messages, s.distinct, lost,
		sent, others, repeats, worst, s.doubles)
	if out := count("letters", "number = 1"); out != letters {
		t.Errorf("%d of %d letters are published", out, letters)
	}
	if lost != 0 || sent != letters*len(s.phones) || others != 0 {
		t.Error("not every delivery is there and sent")
	}
	if worst > mostRepeats {
		t.Errorf("%d messages came again after one kill, more than %d", worst, mostRepeats)
	}
	if s.doubles != 0 {
		t.Errorf("%d letters rang twice on a phone", s.doubles)
	}
	if undone := count("outbox", "done = ''"); undone != 0 {
		t.Errorf("%d rows of the outbox are not done", undone)
	}
	var said string
	if err := a.DB().NewQuery("PRAGMA integrity_check").Bind(dbx.Params{}).Row(&said); err != nil || said != "ok" {
		t.Errorf("integrity check: %v %s", err, said)
	}
	for _, fault := range s.faults {
		t.Error(fault)
	}
	if len(s.repeats) > *kills {
		t.Error(fmt.Errorf("%d kills were counted", len(s.repeats)))
	}
}

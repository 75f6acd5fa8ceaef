package outbox

import (
	"context"
	"database/sql"
	"errors"
	"reflect"
	"testing"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A process that died left leases and a half-expanded row; the next goes on.
func TestTheNextProcessTakesOver(t *testing.T) {
	w := newWorld(t)
	w.phones(chunk+20, service)
	row := w.add(w.letter("abc"))
	if err := w.look(); err != nil {
		t.Fatal(err)
	}
	if reached, all, err := w.expandChunk(row, noon); err != nil || all || len(reached) != chunk {
		t.Fatalf("expanded to %d, all %v: %v", len(reached), all, err)
	}
	w.findLanesOf(service)
	if _, _, err := w.markAndClaim(noon); err != nil {
		t.Fatal(err)
	}
	w.restart()
	w.round()
	w.want(row, map[string]int{"sent": chunk + 20})
	if n := w.sender.count(); n != chunk+20 {
		t.Errorf("%d messages", n)
	}
}

func (w *world) findLanesOf(service string) { w.lane(service).hungry = true }

// The running dispatcher is woken by a row, and its end gives back what is on
// its way.
func TestTheEndGivesLeasesBack(t *testing.T) {
	w := newWorld(t)
	w.phones(5, service)
	began, off := make(chan struct{}, 5), push.Answer{Outcome: push.Failed, Err: context.Canceled}
	w.sender.answer = func(ctx context.Context, _ sending) push.Answer {
		began <- struct{}{}
		<-ctx.Done()
		return off
	}
	w.start()
	row := w.add(w.letter("abc"))
	for range 5 {
		<-began
	}
	w.end()
	var leased, tried int
	if err := w.app.DB().NewQuery("SELECT count(*) FILTER (WHERE lease <> ''), sum(tries) FROM deliveries").Row(&leased, &tried); err != nil {
		t.Fatal(err)
	}
	if leased != 0 || tried != 0 {
		t.Errorf("%d are leased, %d tries count", leased, tried)
	}
	w.want(row, map[string]int{"waiting": 5})
}

func TestCountsAreInFives(t *testing.T) {
	w := newWorld(t)
	if _, err := CountsOf(w.app, "abc", []string{w.group}, noon); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("an item that never rang: %v", err)
	}
	ids := w.phones(12, service)
	if _, err := w.app.NonconcurrentDB().Update("push_subscriptions", dbx.Params{"ended": "2026-11-01"}, dbx.In("id", anys(ids[:3])...)).Execute(); err != nil {
		t.Fatal(err)
	}
	letter := w.letter("abc")
	letter.Due, letter.Hold = noon.Add(time.Minute), time.Date(2026, 11, 24, 20, 15, 0, 0, time.UTC)
	w.add(letter)
	private := w.letter("abc")
	private.Mark, private.Locale = "translation abc ar", "ar"
	w.add(private)
	want := Counts{Kind: "letter", Phones: 10, Reachable: 5}
	w.wantCounts(want, "2026-11-25T07:00:00+01:00")
	w.live(letter.Hold.Add(time.Minute)) // in quiet hours
	want.Released, want.Waiting = true, 5
	w.wantCounts(want, "2026-11-25T07:00:00+01:00")
	w.live(letter.Hold.Add(12 * time.Hour))
	want.Waiting, want.Rung, want.Done = 0, 5, true
	w.wantCounts(want, "2026-11-25T07:00:00+01:00")
	w.clock.set(w.clock.now().AddDate(0, 0, 31))
	if err := Prune(w.app, w.clock.now()); err != nil {
		t.Fatal(err)
	}
	w.wantCounts(want, "2026-11-25T07:00:00+01:00")
	if err := Prune(w.app, w.clock.now().AddDate(0, rowMonths, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := CountsOf(w.app, "abc", []string{w.group}, noon); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("the row is still there: %v", err)
	}
}

func (w *world) wantCounts(want Counts, rings string) {
	w.Helper()
	got, err := CountsOf(w.app, "abc", []string{w.group}, w.clock.now(), "letter")
	if err != nil {
		w.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, rings)
	if err != nil {
		w.Fatal(err)
	}
	if held := got.Hold != nil; !got.Rings.Equal(at) || held == want.Released {
		w.Errorf("it rings at %v, held until %v", got.Rings, got.Hold)
	}
	got.Due, got.Rings, got.Hold = time.Time{}, time.Time{}, nil
	if !reflect.DeepEqual(got, want) {
		w.Errorf("counts are %+v, want %+v", got, want)
	}
}

func TestPruneKeepsWhatIsNotDone(t *testing.T) {
	w := newWorld(t)
	w.phones(2, service)
	done := w.add(w.letter("done"))
	w.round()
	dead := true
	w.sender.answer = deadWhile(&dead)
	waiting := w.add(w.letter("waiting"))
	w.round()
	if err := Prune(w.app, noon.AddDate(0, 0, deliveryDays+1)); err != nil {
		t.Fatal(err)
	}
	w.want(done, map[string]int{})
	w.want(waiting, map[string]int{"waiting": 2})
	if got := w.row(done).GetString("counts"); got != `{"dropped":0,"ended":0,"expired":0,"failed":0,"sent":2}` {
		t.Errorf("the row's counts are %s", got)
	}
}

func TestARowIsAddedOnce(t *testing.T) {
	w := newWorld(t)
	letter := w.letter("abc")
	w.add(letter)
	if added, err := Add(w.app, letter); err != nil || added {
		t.Errorf("added again: %v %v", added, err)
	}
	err := w.app.RunInTransaction(func(tx core.App) error {
		there, err := Erase(tx, letter.Mark)
		if !there {
			t.Error("there was nothing to erase")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.add(letter)
}

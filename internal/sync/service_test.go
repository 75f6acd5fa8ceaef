package sync_test

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	stdsync "sync"
	"testing"

	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/core"
)

// What phones do all day: they ask with the cursor and the tag of the last
// answer they stored, whichever it was.
func TestAPhoneThatIsUpToDateGets304WithoutSQL(t *testing.T) {
	w := newWorld(t)
	w.mustWrite("1", "hej")
	for _, path := range []string{feed, arabic} {
		first := w.ask(path, "")
		if first.status != http.StatusOK || !first.full() {
			t.Fatalf("%s: %d %s", path, first.status, first.Body)
		}
		w.mustWrite("2", "då"+path)
		second := w.ask(path+first.cursor(), first.etag)
		if second.status != http.StatusOK || second.full() || second.cursor() == first.cursor() {
			t.Fatalf("%s: delta %d %s", path, second.status, second.Body)
		}
		w.ask(path+second.cursor(), second.etag)
		w.ask(path, "")
		before := w.asked.Load()
		for name, a := range map[string]got{
			"after a delta":          w.ask(path+second.cursor(), second.etag),
			"a whole feed once more": w.ask(path, w.ask(path, "").etag),
			"after a whole feed":     w.ask(path+second.cursor(), w.ask(path, "").etag),
			"among other tags":       w.ask(path+second.cursor(), `W/"x", `+second.etag),
			"by a proxy":             w.ask(path+second.cursor(), strings.Replace(strings.TrimPrefix(second.etag, "W/"), `"`, `"`, 1)),
		} {
			if a.status != http.StatusNotModified || a.sent != 0 || a.etag == "" {
				t.Errorf("%s %s: %d", path, name, a.status)
			}
		}
		if n := w.asked.Load() - before; n != 0 {
			t.Errorf("%s: %d statements", path, n)
		}
		if a := w.ask(path+second.cursor(), first.etag); a.status != http.StatusOK || a.full() {
			t.Errorf("%s with an older tag: %d", path, a.status)
		}
	}
}

// A change of the records says nothing new about the texts of a locale.
func TestAStreamIsUnchangedWhileOthersChange(t *testing.T) {
	w := newWorld(t)
	w.mustWrite("1", "hej")
	texts := w.ask(arabic, "")
	inTx(t, w.app, func(tx core.App) error { return sync.Touch(tx, scope, sync.Records, sync.Item("notes", "1")) })
	if a := w.ask(arabic+texts.cursor(), texts.etag); a.status != http.StatusNotModified {
		t.Errorf("texts: %d", a.status)
	}
}

func TestBadCursorsGetEverything(t *testing.T) {
	w := newWorld(t)
	w.mustWrite("1", "hej")
	own := w.ask(feed, "")
	epoch, _, _ := strings.Cut(own.cursor(), ".")
	for _, cursor := range []string{"then.2", epoch + ".99", epoch + ".-1", epoch + ".", epoch, "2", ".", epoch + ".2x", epoch + ".99999999999999999999"} {
		a := w.ask(feed+cursor, own.etag)
		if a.status != http.StatusOK || !a.full() || len(a.ids()) != 1 {
			t.Errorf("cursor %q: %d %s", cursor, a.status, a.Body)
		}
	}
	if a := w.ask(feed+epoch+".0", ""); a.full() || len(a.ids()) != 1 {
		t.Errorf("from the beginning: %s", a.Body)
	}
}

// What is read for a delta is what is in it.
func TestADeltaReadsOnlyWhatChanged(t *testing.T) {
	w := newWorld(t)
	for i := range 30 {
		w.mustWrite(fmt.Sprint(i), fmt.Sprint("text ", i))
	}
	cursor := w.ask(feed, "").cursor()
	w.clock.Add(25 * 60 * 60) // nobody wants the whole feed any more
	w.mustWrite("7", "changed")
	reads := w.reads.Load()
	a := w.ask(feed+cursor, "")
	if !slices.Equal(a.ids(), []string{"7"}) || len(a.JSON["texts"].(map[string]any)) != 1 {
		t.Errorf("%s", a.Body)
	}
	if n := w.reads.Load() - reads; n != 1 {
		t.Errorf("read %d records", n)
	}
	statements := w.asked.Load()
	if again := w.ask(feed+cursor, ""); !reflect.DeepEqual(again.Body, a.Body) || w.asked.Load() != statements {
		t.Errorf("the same delta again cost %d statements", w.asked.Load()-statements)
	}
}

func TestChangesShowOnceTheyAreCommittedAndNeverBefore(t *testing.T) {
	w := newWorld(t)
	w.mustWrite("1", "hej")
	before := w.ask(feed, "")
	err := w.app.RunInTransaction(func(tx core.App) error {
		if err := sync.Touch(tx, scope, sync.Records, sync.Item("notes", "1")); err != nil {
			return err
		}
		if a := w.ask(feed, before.etag); a.status != http.StatusNotModified {
			t.Errorf("inside the transaction: %d %s", a.status, a.Body)
		}
		return errors.New("roll back")
	})
	if err == nil {
		t.Fatal("not rolled back")
	}
	if a := w.ask(feed+before.cursor(), before.etag); a.status != http.StatusNotModified {
		t.Errorf("after a rollback: %d %s", a.status, a.Body)
	}
	func() {
		defer func() { _ = recover() }()
		_ = w.app.RunInTransaction(func(tx core.App) error {
			_ = sync.Touch(tx, scope, sync.Records, sync.Item("notes", "1"))
			panic("half way")
		})
	}()
	if a := w.ask(feed+before.cursor(), before.etag); a.status != http.StatusNotModified {
		t.Errorf("after a panic: %d %s", a.status, a.Body)
	}
	w.mustWrite("2", "nytt")
	if a := w.ask(feed+before.cursor(), before.etag); !slices.Equal(a.ids(), []string{"2"}) {
		t.Errorf("after the next one: %s", a.Body)
	}
	statements := w.asked.Load()
	if w.ask(feed, ""); w.asked.Load()-statements > 20 {
		t.Errorf("%d statements", w.asked.Load()-statements)
	}
	statements = w.asked.Load()
	if w.ask(feed, ""); w.asked.Load() != statements {
		t.Error("the transaction that panicked still costs every request a statement")
	}
	if err := sync.Touch(w.app, scope, sync.Records, sync.Item("notes", "1")); err != nil { // a statement alone
		t.Fatal(err)
	}
	if a := w.ask(feed+before.cursor(), before.etag); len(a.ids()) != 2 {
		t.Errorf("outside a transaction: %s", a.Body)
	}
}

func TestAWholeFeedIsMadeOnceForAllWhoAsk(t *testing.T) {
	w := newWorld(t)
	w.mustWrite("1", "hej")
	var all stdsync.WaitGroup
	for range 20 {
		all.Go(func() { w.ask(feed, "") })
	}
	all.Wait()
	if n := w.reads.Load(); n != 1 {
		t.Errorf("read %d times", n)
	}
}

// A whole feed that somebody asks for is made anew beside the requests.
func TestAWholeFeedIsReadyAgainAfterAChange(t *testing.T) {
	w := newWorld(t)
	w.mustWrite("1", "hej")
	w.ask(feed, "")
	w.ask(arabic, "")
	w.mustWrite("2", "då")
	w.service.Settle()
	statements := w.asked.Load()
	if a := w.ask(feed, ""); len(a.ids()) != 2 {
		t.Errorf("%s", a.Body)
	}
	if a := w.ask(arabic, ""); len(a.JSON["texts"].(map[string]any)) != 2 {
		t.Errorf("%s", a.Body)
	}
	if n := w.asked.Load() - statements; n != 0 {
		t.Errorf("asking cost %d statements", n)
	}
}

func TestWhatNobodyAsksForIsNotMade(t *testing.T) {
	w := newWorld(t)
	w.mustWrite("1", "hej")
	w.ask(feed, "")
	w.clock.Add(25 * 60 * 60)
	reads := w.reads.Load()
	w.mustWrite("2", "då")
	w.service.Settle()
	if w.reads.Load() != reads {
		t.Error("it was made a day after the last phone asked")
	}
	if a := w.ask(feed, ""); len(a.ids()) != 2 {
		t.Errorf("%s", a.Body)
	}
}

// With the day, records become too old for a whole feed; their texts go too.
func TestAWholeFeedChangesWithTheDay(t *testing.T) {
	w := newWorld(t)
	w.mustWrite("1", "hej")
	w.mustWrite("2", "då")
	today, texts := w.ask(feed, ""), w.ask(arabic, "")
	w.old["1"] = true
	if a := w.ask(feed, today.etag); a.status != http.StatusNotModified {
		t.Errorf("the same day: %d", a.status)
	}
	w.clock.Add(24 * 60 * 60)
	a := w.ask(feed, today.etag)
	if a.status != http.StatusOK || !slices.Equal(a.ids(), []string{"2"}) {
		t.Errorf("the next day: %d %s", a.status, a.Body)
	}
	if b := w.ask(arabic, texts.etag); b.status != http.StatusOK || len(b.JSON["texts"].(map[string]any)) != 1 {
		t.Errorf("the next day's texts: %d %s", b.status, b.Body)
	}
	if b := w.ask(feed+a.cursor(), today.etag); b.status != http.StatusNotModified {
		t.Errorf("a phone that was up to date yesterday: %d", b.status)
	}
	reads := w.reads.Load()
	w.mustWrite("3", "nytt")
	if w.ask(feed, ""); w.reads.Load()-reads != 2 {
		t.Errorf("read %d records, want the two that are not too old", w.reads.Load()-reads)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	w := newWorld(t)
	w.service.Limit(10_000)
	for i := range 40 {
		group := fmt.Sprintf("group%010d", i)
		inTx(t, w.app, func(tx core.App) error { return w.write(tx, group, fmt.Sprint(i), fmt.Sprint("text ", i)) })
		if a := w.ask("feeds/"+group+"?after=", ""); len(a.ids()) != 1 {
			t.Fatalf("%s", a.Body)
		}
		w.clock.Add(1)
		if size := w.service.Size(); size > 10_000 {
			t.Fatalf("%d bytes after %d groups", size, i)
		}
	}
	reads := w.reads.Load()
	w.ask(fmt.Sprintf("feeds/group%010d?after=", 39), "")
	if w.reads.Load() != reads {
		t.Error("the one asked for last was dropped")
	}
}

package sync_test

import (
	"net/http"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/core"
)

const scope = "abcdefghijklmno"

// note is a kind of record with one sentence, for tests of the feeds alone.
func note(text string, old bool) sync.Source {
	return func(core.App, string, string) (*sync.Record, error) {
		part := sync.Part{{Key: "segment-of-" + text, Text: text}}
		return &sync.Record{Parts: []sync.Part{part}, Old: old, Body: func(n func(sync.Part) []int) any { return n(part) }}, nil
	}
}

func inTx(t *testing.T, app core.App, do func(tx core.App) error) {
	t.Helper()
	if err := app.RunInTransaction(do); err != nil {
		t.Fatal(err)
	}
}

func TestNumbersAreStableAndNeverGivenTwice(t *testing.T) {
	app := apptest.New(t)
	var first, second map[string]int
	inTx(t, app, func(tx core.App) (err error) {
		first, err = sync.Numbers(tx, scope, []string{"a", "b"})
		return err
	})
	inTx(t, app, func(tx core.App) (err error) {
		if err = sync.Bury(tx, scope, "segments", "a"); err != nil {
			return err
		}
		second, err = sync.Numbers(tx, scope, []string{"b", "c"})
		return err
	})
	if first["b"] != second["b"] || second["c"] == first["a"] || second["c"] == first["b"] {
		t.Errorf("%v then %v", first, second)
	}
}

func TestCursorsOfAnotherHistoryGetEverything(t *testing.T) {
	app := apptest.New(t)
	feeds := &sync.Feeds{Epoch: "now", Sources: map[string]sync.Source{"notes": note("hej", false)}}
	inTx(t, app, func(tx core.App) error {
		if _, err := sync.Numbers(tx, scope, []string{"segment-of-hej"}); err != nil {
			return err
		}
		return sync.Touch(tx, scope, sync.Records, sync.Item("notes", "1"))
	})
	whole, err := feeds.Records(app, scope, "")
	if err != nil || !whole.Full || len(whole.Records) != 1 || len(whole.Texts) != 1 {
		t.Fatalf("%+v %v", whole, err)
	}
	same, err := feeds.Records(app, scope, whole.Cursor)
	if err != nil || same.Full || len(same.Records) != 0 {
		t.Errorf("own cursor: %+v %v", same, err)
	}
	for _, cursor := range []string{"then.2", "now.99", "now.-1", "now.", "now", "2", ".", "now.2x", "now.99999999999999999999"} {
		feed, err := feeds.Records(app, scope, cursor)
		if err != nil || !feed.Full || len(feed.Records) != 1 {
			t.Errorf("cursor %q: %+v %v", cursor, feed, err)
		}
	}
}

func TestBuriedIsToldAndComesBack(t *testing.T) {
	app := apptest.New(t)
	feeds := &sync.Feeds{Epoch: "now", Sources: map[string]sync.Source{"notes": note("hej", false)}}
	item := sync.Item("notes", "1")
	inTx(t, app, func(tx core.App) error { return sync.Bury(tx, scope, sync.Records, item) })
	if feed, _ := feeds.Records(app, scope, ""); len(feed.Gone) != 0 {
		t.Errorf("what was never there is gone: %v", feed.Gone)
	}
	for _, do := range []func(core.App, string, string, string) error{sync.Touch, sync.Bury} {
		inTx(t, app, func(tx core.App) error { return do(tx, scope, sync.Records, item) })
	}
	gone, err := feeds.Records(app, scope, "")
	if err != nil || len(gone.Gone) != 1 || gone.Gone[0] != "1" || len(gone.Records) != 0 {
		t.Errorf("%+v %v", gone, err)
	}
	inTx(t, app, func(tx core.App) error { return sync.Touch(tx, scope, sync.Records, item) })
	if back, _ := feeds.Records(app, scope, gone.Cursor); len(back.Records) != 1 || len(back.Gone) != 0 {
		t.Errorf("%+v", back)
	}
}

func TestOldRecordsStayOutOfWholeFeedsOnly(t *testing.T) {
	app := apptest.New(t)
	feeds := &sync.Feeds{Epoch: "now", Sources: map[string]sync.Source{"notes": note("hej", true)}}
	before, err := feeds.Records(app, scope, "")
	if err != nil {
		t.Fatal(err)
	}
	inTx(t, app, func(tx core.App) error { return sync.Touch(tx, scope, sync.Records, sync.Item("notes", "1")) })
	if whole, _ := feeds.Records(app, scope, ""); len(whole.Records) != 0 {
		t.Error("an old record is in the whole feed")
	}
	if delta, _ := feeds.Records(app, scope, before.Cursor); len(delta.Records) != 1 {
		t.Error("an old record that changed is not in the delta")
	}
}

func TestRolledBackChangeTakesNoNumber(t *testing.T) {
	app := apptest.New(t)
	feeds := &sync.Feeds{Epoch: "now", Sources: map[string]sync.Source{"notes": note("hej", false)}}
	err := app.RunInTransaction(func(tx core.App) error {
		if err := sync.Touch(tx, scope, sync.Records, sync.Item("notes", "1")); err != nil {
			return err
		}
		return http.ErrAbortHandler
	})
	if err == nil {
		t.Fatal("not rolled back")
	}
	if feed, _ := feeds.Records(app, scope, ""); len(feed.Records) != 0 || feed.Cursor != "now.0" {
		t.Errorf("%+v", feed)
	}
}

func TestUnchangedFeedIs304(t *testing.T) {
	app := apptest.New(t)
	unit := apptest.MustUnit(t, app, "Granen")
	sync.Register(app, sync.Config{
		Locales: apptest.Locales(t), Sources: map[string]sync.Source{}, Now: time.Now,
		Texts:     func(core.App, string, string, []string) (map[string]sync.Text, error) { return nil, nil },
		Authorize: func(*http.Request, string) error { return nil },
	})
	group := apptest.MustGroup(t, app, unit, "Tallen")
	h := apptest.Handler(t, app)
	path := "/api/folje/v1/feeds/" + group.Id
	first := apptest.Ask(t, h, "", http.MethodGet, path, nil)
	if first.Status != http.StatusOK || len(first.JSON["records"].([]any)) != 1 {
		t.Fatalf("%d %s", first.Status, first.Body)
	}
	etag := first.Header.Get("ETag")
	if again := apptest.AskWith(t, h, http.Header{"If-None-Match": {etag}}, http.MethodGet, path, nil); again.Status != http.StatusNotModified {
		t.Errorf("unchanged: %d", again.Status)
	}
	group.Set("name", "Granen")
	if err := app.Save(group); err != nil {
		t.Fatal(err)
	}
	if after := apptest.AskWith(t, h, http.Header{"If-None-Match": {etag}}, http.MethodGet, path, nil); after.Status != http.StatusOK {
		t.Errorf("renamed: %d", after.Status)
	}
	if a := apptest.Ask(t, h, "", http.MethodGet, path+"/texts/xx", nil); a.Status != http.StatusNotFound {
		t.Errorf("unknown locale: %d", a.Status)
	}
}

package message_test

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"folje/internal/locale"
	"folje/internal/message"

	"github.com/pocketbase/pocketbase/core"
)

func TestARestartKeepsWhatWasEdited(t *testing.T) {
	w := newWorld(t)
	status(t, w.save(w.amal, "a.right", "", "مضبوط"), 200, "")
	w.changed.Store(0)
	w.register()
	if got := w.locales.Text("ar", "a.right", nil); got != "مضبوط" || w.changed.Load() != 1 {
		t.Errorf("says %q, browsers are told %d times", got, w.changed.Load())
	}
}

func TestAServerWithoutEditsKeepsItsSite(t *testing.T) {
	if w := newWorld(t); w.changed.Load() != 0 {
		t.Error("browsers are to get other texts")
	}
}

// Of edits of one message at once one comes through, and the others hear of it.
func TestEditsAtOnce(t *testing.T) {
	w := newWorld(t)
	base := w.place(w.amal, "a.right", "")["version"]
	var all sync.WaitGroup
	var mu sync.Mutex
	said := map[int][]string{}
	for i := range 6 {
		all.Go(func() {
			text := fmt.Sprintf("صحيح %c", 'ا'+i)
			a := w.ask([]string{w.amal, w.ib}[i%2], http.MethodPut, at("a.right"), map[string]any{"text": text, "base": base})
			mu.Lock()
			defer mu.Unlock()
			said[a.Status] = append(said[a.Status], text)
		})
	}
	for _, form := range []string{"few", "many", "other"} {
		all.Go(func() { status(t, w.save(w.amal, "a.n", form, "{{.Count}} رسالة الآن"), 200, "") })
	}
	all.Wait()
	if len(said[200]) != 1 || len(said[409]) != 5 || w.locales.Text("ar", "a.right", nil) != said[200][0] {
		t.Errorf("%v, says %q", said, w.locales.Text("ar", "a.right", nil))
	}
	for want, got := range map[string]string{
		"3 رسالة الآن":   w.locales.TextCount("ar", "a.n", 3, nil),
		"11 رسالة الآن":  w.locales.TextCount("ar", "a.n", 11, nil),
		"100 رسالة الآن": w.locales.TextCount("ar", "a.n", 100, nil),
	} {
		if got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
}

// What is rolled back was never said.
func TestAnEditThatFailsIsNotSaid(t *testing.T) {
	w := newWorld(t)
	w.app.OnRecordCreate("translation_history").BindFunc(func(*core.RecordEvent) error { return fmt.Errorf("no room") })
	if a := w.save(w.amal, "a.right", "", "مضبوط"); a.Status < 500 {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if got := w.locales.Text("ar", "a.right", nil); got != "صحيح" || w.changed.Load() != 0 {
		t.Errorf("says %q", got)
	}
}

// A program that brings another source makes edits outdated; they are said until
// the file's own text is newer.
func TestAnOutdatedEdit(t *testing.T) {
	w := newWorld(t)
	status(t, w.save(w.amal, "a.right", "", "مضبوط"), 200, "")
	status(t, w.save(w.amal, "a.old", "", "كذا"), 200, "")
	for _, key := range []string{"a.right", "a.old"} {
		r, err := w.app.FindFirstRecordByFilter("locale_messages", "key = {:key}", map[string]any{"key": key})
		if err != nil {
			t.Fatal(err)
		}
		r.Set("source", "sha256-111111111111")
		if err := w.app.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	if p := w.place(w.amal, "a.right", ""); p["text"] != "صحيح" || p["outdated"] != false {
		t.Errorf("the file is newer: %v", p)
	}
	if p := w.place(w.amal, "a.old", ""); p["text"] != "كذا" || p["outdated"] != true || p["state"] != "reused" {
		t.Errorf("the file is as old: %v", p)
	}
	status(t, w.confirm(w.amal, "a.old"), 200, "")
	if p := w.place(w.amal, "a.old", ""); p["outdated"] != false || p["state"] != "reviewed" || w.locales.Text("ar", "a.old", nil) != "كذا" {
		t.Errorf("found right for the present source: %v", p)
	}
}

func TestBrowsersWaitUntilEditsSettle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int32
		s := message.NewSettling(30*time.Second, func() { calls.Add(1) })
		defer s.End()
		after := func(d time.Duration, want int32, why string) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			if got := calls.Load(); got != want {
				t.Errorf("%s: called %d times, want %d", why, got, want)
			}
		}
		s.Edited()
		after(29*time.Second, 0, "a second before it settles")
		s.Edited()
		after(29*time.Second, 0, "edited again")
		after(time.Second, 1, "settled")
		s.Edited()
		after(9*time.Minute, 1, "phones rest from the last build")
		after(time.Minute, 2, "rested")
		time.Sleep(time.Hour)
		for range 40 { // somebody goes on for 13 minutes
			s.Edited()
			time.Sleep(20 * time.Second)
		}
		after(0, 3, "who never stops doesn't hold them up for ever")
		after(time.Hour, 4, "and the rest comes too")
		s.Edited()
		s.End()
		after(time.Hour, 4, "the program ends")
	})
}

func TestMergedGivesBackWhatWasEdited(t *testing.T) {
	w := newWorld(t)
	status(t, w.save(w.amal, "a.right", "", "مضبوط"), 200, "")
	status(t, w.save(w.amal, "a.n", "few", "{{.Count}} رسائل الآن"), 200, "")
	catalogs := map[string]*locale.Catalog{}
	for _, tag := range []string{"sv", "ar", "uk"} {
		c, err := w.locales.Catalog(tag)
		if err != nil {
			t.Fatal(err)
		}
		catalogs[tag] = c
	}
	merged, err := message.Merged(w.app, catalogs)
	if err != nil {
		t.Fatal(err)
	}
	right, n := merged["ar"].Messages["a.right"], merged["ar"].Messages["a.n"]
	if right.Forms["other"] != "مضبوط" || right.State != locale.Reviewed || right.Hash != hash("Rätt") {
		t.Errorf("%+v", right)
	}
	if n.Forms["few"] != "{{.Count}} رسائل الآن" || n.Forms["two"] != "رسالتان" || n.State != locale.Machine {
		t.Errorf("%+v", n)
	}
	if catalogs["ar"].Messages["a.right"].Forms["other"] != "صحيح" {
		t.Error("the catalogue that was given changed")
	}
}

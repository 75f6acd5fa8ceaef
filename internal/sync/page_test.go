package sync_test

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/core"
	"pgregory.net/rapid"
)

// mirror is a world whose pages are told of by hand.
type mirror struct {
	*world
	pages *sync.Pages
	maker *sync.Maker
	floor int
}

func newMirror(tb testing.TB) *mirror {
	m := &mirror{world: newWorld(tb)}
	m.maker = &sync.Maker{Service: m.service, App: m.app}
	m.pages = sync.NewPages(0, func() time.Time { return time.Unix(m.clock.Load(), 0) })
	return m
}

// tell makes the pages anew; what isn't in whole feeds is forgotten up to a
// number.
func (m *mirror) tell(forget int) {
	m.Helper()
	pages, err := m.maker.Pages(scope, []string{"ar", "sv-simple"}, forget)
	if err != nil {
		m.Fatal(err)
	}
	m.floor = 0
	for _, page := range pages {
		raw, err := page.Bytes()
		if err != nil {
			m.Fatal(err)
		}
		read, err := sync.ReadPage(raw)
		if err != nil {
			m.Fatal(err)
		}
		m.floor = max(m.floor, read.Floor)
		m.pages.Put(read)
	}
}

// askPages is [world.ask] of the pages.
func (m *mirror) askPages(stream, cursor, etag, encodings string) (got, error) {
	header := http.Header{"Accept-Encoding": {encodings}}
	if etag != "" {
		header["If-None-Match"] = []string{etag}
	}
	reply, err := m.pages.Answer(header, scope, stream, cursor)
	if err != nil {
		return got{}, err
	}
	return got{status: reply.Status, etag: reply.Header.Get("ETag"), encoding: reply.Header.Get("Content-Encoding"), sent: len(reply.Body),
		Answer: read(m, reply.Status, reply.Header, reply.Body)}, nil
}

// same holds what pages answer against what the service does.
func (m *mirror) same(fail func(string, ...any), stream, cursor, etag string) {
	path := feed
	if stream != sync.Records {
		path = "feeds/" + scope + "/texts/" + stream + "?after="
	}
	want := m.askAs(path+cursor, etag, "br")
	have, err := m.askPages(stream, cursor, etag, "br")
	if err != nil {
		fail("%s after %q: %v", stream, cursor, err)
		return
	}
	if have.status != want.status || have.etag != want.etag || string(have.Body) != string(want.Body) ||
		have.Header.Get("Cache-Control") != want.Header.Get("Cache-Control") || have.Header.Get("Vary") != want.Header.Get("Vary") {
		fail("%s after %q:\nedge  %d %s %s\nserve %d %s %s", stream, cursor, have.status, have.etag, have.Body, want.status, want.etag, want.Body)
	}
}

// Whatever staff do, and whenever phones ask, the pages answer as the service
// does.
func TestPagesAnswerWhatTheServiceAnswers(t *testing.T) {
	m := newMirror(t)
	rapid.Check(t, func(t *rapid.T) {
		m.clock.Add(24 * 60 * 60) // the service makes whole feeds anew, too
		for range rapid.IntRange(1, 4).Draw(t, "pages before") {
			for range rapid.IntRange(1, 4).Draw(t, "changes") {
				m.draw(t)
			}
			m.tell(rapid.IntRange(0, m.newest()).Draw(t, "forgotten before"))
		}
		newestIn := m.newest()
		m.tell(rapid.IntRange(0, newestIn).Draw(t, "forgotten"))
		for _, stream := range []string{sync.Records, "ar", "sv-simple", "fi"} {
			for range 6 {
				seq := rapid.IntRange(m.floor, newestIn).Draw(t, "after")
				cursor := m.service.Epoch() + "." + strconv.Itoa(seq)
				m.same(t.Errorf, stream, cursor, "")
			}
			for _, cursor := range []string{"", "then.2", ".", "x", m.service.Epoch(), m.service.Epoch() + ".-1"} {
				m.same(t.Errorf, stream, cursor, "")
			}
			whole := m.ask(m.path(stream), "")
			m.same(t.Errorf, stream, "", whole.etag)
			m.same(t.Errorf, stream, whole.cursor(), whole.etag)
		}
	})
}

func (m *mirror) path(stream string) string {
	if stream == sync.Records {
		return feed
	}
	return "feeds/" + scope + "/texts/" + stream + "?after="
}

// draw changes something.
func (m *mirror) draw(t *rapid.T) {
	id := strconv.Itoa(rapid.IntRange(1, 6).Draw(t, "note"))
	text := fmt.Sprint("text ", rapid.IntRange(1, 9).Draw(t, "text"), strings.Repeat(" och så vidare", 20))
	what := rapid.IntRange(0, 5).Draw(t, "change")
	err := m.app.RunInTransaction(func(tx core.App) error {
		switch what {
		case 0:
			return sync.Bury(tx, scope, sync.Records, sync.Item("notes", id))
		case 1: // its source no longer gives it
			m.mu.Lock()
			delete(m.notes, id)
			m.mu.Unlock()
			return sync.Touch(tx, scope, sync.Records, sync.Item("notes", id))
		case 2:
			return sync.Bury(tx, scope, "ar", "segment-"+text)
		case 3:
			if _, err := sync.Numbers(tx, scope, []string{"segment-" + text}); err != nil {
				return err
			}
			return sync.Touch(tx, scope, "sv-simple", "segment-"+text)
		case 4:
			m.mu.Lock()
			m.old[id] = !m.old[id]
			m.mu.Unlock()
			return sync.Touch(tx, scope, sync.Records, sync.Item("notes", id))
		}
		return m.write(tx, scope, id, text)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (m *mirror) newest() (seq int) {
	m.Helper()
	if err := m.app.DB().NewQuery("SELECT COALESCE(MAX(seq), 0) FROM changes").Row(&seq); err != nil {
		m.Fatal(err)
	}
	return seq
}

// A cursor from before what a page remembers gets everything, and one that
// another server gave out is not answered from behind.
func TestPagesKnowWhatTheyCannotAnswer(t *testing.T) {
	m := newMirror(t)
	m.mustWrite("1", "hej")
	m.old["1"] = true
	m.mustWrite("1", "hej igen")
	m.mustWrite("2", "då")
	if _, err := m.askPages(sync.Records, "", "", ""); !errors.Is(err, sync.ErrElsewhere) {
		t.Errorf("nothing told: %v", err)
	}
	m.tell(m.newest())
	if m.floor == 0 {
		t.Fatal("nothing is forgotten")
	}
	a, err := m.askPages(sync.Records, m.service.Epoch()+".0", "", "")
	if err != nil || !a.full() || len(a.ids()) != 1 {
		t.Errorf("from before: %v %s", err, a.Body)
	}
	if _, err := m.askPages(sync.Records, m.service.Epoch()+"."+strconv.Itoa(m.newest()+1), "", ""); !errors.Is(err, sync.ErrElsewhere) {
		t.Errorf("ahead: %v", err)
	}
	m.pages.Newer(scope, "ar")
	if _, err := m.askPages("ar", "", "", ""); !errors.Is(err, sync.ErrElsewhere) {
		t.Errorf("newer: %v", err)
	}
	m.tell(0)
	if _, err := m.askPages("ar", "", "", ""); err != nil {
		t.Errorf("told again: %v", err)
	}
}

func TestWhatIsNoPage(t *testing.T) {
	for raw, want := range map[string]error{
		"": sync.ErrPage, "{}": sync.ErrPage, "{}\n": sync.ErrPage, "x\ny": sync.ErrPage,
		`{"v":1,"scope":"a","stream":"b"}` + "\n":   sync.ErrPage,
		`{"v":2,"at":"new"}` + "\n":                 sync.ErrPage,
		`{"v":99,"scope":"a","stream":"b"}` + "\n.": sync.ErrNewerPage,
	} {
		if _, err := sync.ReadPage([]byte(raw)); !errors.Is(err, want) {
			t.Errorf("%q: %v", raw, err)
		}
	}
	page, err := sync.ReadPage([]byte(`{"v":1,"scope":"a","stream":"records","epoch":"e","at":3}` + "\nnot packed"))
	if err != nil {
		t.Fatal(err)
	}
	p := sync.NewPages(0, time.Now)
	p.Put(page)
	if _, err := p.Answer(nil, "a", sync.Records, ""); !errors.Is(err, sync.ErrElsewhere) {
		t.Errorf("a broken page: %v", err)
	}
}

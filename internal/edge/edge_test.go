package edge_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/edge"
	"folje/internal/sync"
)

// serves asks the writer itself, quickly.
func (w *world) serves(path string) string {
	w.Helper()
	_, _, body, ok := w.service.Quick(httptest.NewRequest(http.MethodGet, path, nil))
	if !ok {
		w.Fatalf("serve has no answer to %s", path)
	}
	return string(body)
}

func TestAnEdgeAnswersWhatServeAnswers(t *testing.T) {
	w := newWorld(t)
	me := w.ticket("device-1", time.Now(), group)
	cursor := ""
	for n := range 12 {
		scope := []string{group, sync.Public}[n%2]
		id := fmt.Sprint(scope, n%5)
		w.write(scope, id, fmt.Sprint("mening ", n))
		if n%4 >= 2 {
			w.write(scope, id, "")
		}
		for _, path := range []string{feedOf + scope + "?after=", feedOf + scope + "/texts/ar?after=", feedOf + scope + "/texts/fi?after="} {
			want := w.serves(path)
			have := ""
			if !w.within(func() bool { _, have = w.ask(http.MethodGet, path, me, nil); return have == want }) {
				t.Fatalf("%s after %d changes:\nedge  %s\nserve %s", path, n+1, have, want)
			}
		}
		if scope == sync.Public {
			continue
		}
		if cursor != "" {
			path := feedOf + scope + "?after=" + cursor
			if _, have := w.ask(http.MethodGet, path, me, nil); have != w.serves(path) {
				t.Errorf("after %s: %s", cursor, have)
			}
		}
		var feed struct{ Cursor string }
		if err := json.Unmarshal([]byte(w.serves(feedOf+scope+"?after=")), &feed); err != nil {
			t.Fatal(err)
		}
		cursor = feed.Cursor
	}
	asked := w.asked.Load()
	res, text := w.ask(http.MethodGet, "/api/folje/v1/hello", "", nil)
	if res.StatusCode != http.StatusOK || !strings.Contains(text, `"version":"v1"`) || !strings.Contains(text, w.service.Epoch()) {
		t.Errorf("hello: %d %s", res.StatusCode, text)
	}
	if res, _ := w.ask(http.MethodGet, "/", "", nil); res.StatusCode != http.StatusOK || res.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("the web app: %d", res.StatusCode)
	}
	if n := w.asked.Load() - asked; n != 0 {
		t.Errorf("the writer was asked %d times", n)
	}
}

func TestWhoMayReadAGroup(t *testing.T) {
	w := newWorld(t)
	w.write(group, "1", "hej")
	path, now := feedOf+group+"?after=", time.Now()
	mine := w.ticket("device-1", now, group)
	w.eventually("told", func() bool {
		asked := w.asked.Load()
		res, _ := w.ask(http.MethodGet, path, mine, nil)
		return res.StatusCode == http.StatusOK && w.asked.Load() == asked
	})
	for name, c := range map[string]struct {
		bearer string
		status int
		code   string
	}{
		"forged":            {mine[:len(mine)-4] + "AAAA", 401, "error.ticket_forged"},
		"no ticket":         {"folje1.", 401, "error.ticket_forged"},
		"expired":           {w.ticket("device-1", now.Add(-2*time.Hour), group), 401, "error.ticket_expired"},
		"from the future":   {w.ticket("device-1", now.Add(time.Hour), group), 401, "error.ticket_expired"},
		"of another group":  {w.ticket("device-1", now, "othergroup00000"), 401, "error.ticket_expired"},
		"a secret":          {strings.Repeat("x", 43), 200, ""},
		"nothing":           {"", 200, ""}, // the test's writer lets everybody in
		"a phone's own one": {mine, 200, ""},
	} {
		asked := w.asked.Load()
		res, text := w.ask(http.MethodGet, path, c.bearer, nil)
		if res.StatusCode != c.status || c.code != "" && !strings.Contains(text, `"`+c.code+`"`) {
			t.Errorf("%s: %d %s", name, res.StatusCode, text)
		}
		forwarded := name == "a secret" || name == "nothing"
		if (w.asked.Load() > asked) != forwarded {
			t.Errorf("%s: handed to the writer: %v", name, !forwarded)
		}
	}
	w.tell(cluster.RevokedOf("device-1"), 3, fmt.Appendf(nil, `{"at":%q,"ended":false}`, now.Add(time.Millisecond).Format(time.RFC3339Nano)))
	w.eventually("heard", func() bool {
		res, text := w.ask(http.MethodGet, path, mine, nil)
		return res.StatusCode == 401 && strings.Contains(text, "error.ticket_expired")
	})
	newer := w.ticket("device-1", now.Add(time.Second), group)
	if res, text := w.ask(http.MethodGet, path, newer, nil); res.StatusCode != http.StatusOK {
		t.Errorf("a newer ticket: %d %s", res.StatusCode, text)
	}
	w.tell(cluster.RevokedOf("device-1"), 3, fmt.Appendf(nil, `{"at":%q,"ended":true}`, now.Format(time.RFC3339Nano)))
	w.eventually("ended", func() bool {
		res, text := w.ask(http.MethodGet, path, newer, nil)
		return res.StatusCode == 401 && strings.Contains(text, "error.device_revoked")
	})
}

// What an edge hasn't heard of for too long it doesn't serve, whichever clock
// says so: also not to a phone with a ticket, and not what was withdrawn since.
func TestAStaleEdgeSaysSo(t *testing.T) {
	w := newWorld(t)
	w.write(sync.Public, "1", "hej")
	w.write(group, "1", "hej")
	me := w.ticket("device-1", time.Now(), group)
	paths := []string{feedOf + sync.Public + "?after=", feedOf + group + "?after="}
	for _, path := range paths {
		w.eventually("told", func() bool {
			asked := w.asked.Load()
			res, _ := w.ask(http.MethodGet, path, me, nil)
			return res.StatusCode == http.StatusOK && w.asked.Load() == asked
		})
		if res, _ := w.ask(http.MethodGet, path, me, nil); res.Header.Get(edge.AgeHeader) != "" {
			t.Errorf("fresh, but of age %s", res.Header.Get(edge.AgeHeader))
		}
	}
	w.servers.Kill(0)
	w.write(group, "1", "") // withdrawn, and the edge can't know
	for name, set := range map[string]func(time.Duration){
		"the wall clock":   func(d time.Duration) { w.late.Store(int64(d)) },
		"the steady clock": func(d time.Duration) { w.steady.Store(int64(d)) },
	} {
		for _, path := range paths {
			w.stale(name+" "+path, path, me, set)
		}
	}
	w.servers.Restart(0)
	w.write(sync.Public, "2", "hej igen")
	w.eventually("fresh again", func() bool {
		res, text := w.ask(http.MethodGet, paths[0], "", nil)
		return res.StatusCode == http.StatusOK && res.Header.Get(edge.AgeHeader) == "" && strings.Contains(text, "hej igen")
	})
	want := w.serves(paths[1])
	w.eventually("withdrawn", func() bool { _, have := w.ask(http.MethodGet, paths[1], me, nil); return have == want })
}

// stale sets the clock on, and looks that the edge says how old its answer is,
// and then nothing more.
func (w *world) stale(name, path, me string, set func(time.Duration)) {
	w.Helper()
	defer set(0)
	set(12 * time.Second)
	if res, text := w.ask(http.MethodGet, path, me, nil); res.StatusCode != http.StatusOK || res.Header.Get(edge.AgeHeader) == "" {
		w.Errorf("%s: %d %q %s", name, res.StatusCode, res.Header.Get(edge.AgeHeader), text)
	}
	set(edge.Stale + time.Second)
	res, text := w.ask(http.MethodGet, path, me, nil)
	if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" || !strings.Contains(text, "error.busy") || res.Header.Get("Content-Language") != "ar" {
		w.Errorf("%s: %d %v %s", name, res.StatusCode, res.Header, text)
	}
	if w.edge.Ready(context.Background()) == nil {
		w.Errorf("%s: ready", name)
	}
}

func TestWhatIsHandedToTheWriter(t *testing.T) {
	w := newWorld(t)
	res, text := w.ask(http.MethodPost, operations, "secret", strings.NewReader("what to do"))
	if res.StatusCode != http.StatusOK || text != "what to do" || w.asked.Load() != 1 {
		t.Errorf("%d %s, sent %d times", res.StatusCode, text, w.asked.Load())
	}
	if got := w.seen.Get("X-Forwarded-For"); got != "127.0.0.1" || w.seen.Get("Authorization") != "Bearer secret" {
		t.Errorf("headers: %q", got)
	}
	if res, _ := w.ask(http.MethodPost, operations, "secret", strings.NewReader(strings.Repeat("x", 65<<10))); res.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %d", res.StatusCode)
	}
	for _, path := range []string{"/api/realtime", "/_/", "/api/collections/devices/records", "/api/logs"} {
		asked := w.asked.Load()
		if res, _ := w.ask(http.MethodGet, path, "", nil); res.StatusCode != http.StatusNotFound || w.asked.Load() != asked {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
	w.writes.Store(false)
	w.eventually("known to be away", func() bool {
		res, text := w.ask(http.MethodPost, operations, "secret", strings.NewReader("again"))
		return res.StatusCode == http.StatusServiceUnavailable && res.Header.Get("Retry-After") != "" && strings.Contains(text, "error.busy")
	})
	if w.edge.Ready(context.Background()) != nil {
		t.Error("not ready without the writer")
	}
	w.writes.Store(true)
	w.eventually("back", func() bool {
		res, _ := w.ask(http.MethodPost, operations, "secret", strings.NewReader("again"))
		return res.StatusCode == http.StatusOK
	})
}

// A newer program's word waits, and an old writer's is not heard.
func TestWordsOfOthers(t *testing.T) {
	w := newWorld(t)
	w.write(sync.Public, "1", "hej")
	path := feedOf + sync.Public + "?after="
	before := w.serves(path)
	w.eventually("told", func() bool { _, have := w.ask(http.MethodGet, path, "", nil); return have == before })
	w.tell(cluster.Page(sync.Public, sync.Records), 2, []byte(`{"v":1,"epoch":"old","scope":"public","stream":"records","at":9}`+"\n"))
	w.newer(cluster.Page(sync.Public, "ar"))
	w.handed(feedOf+sync.Public+"/texts/ar?after=", "")
	if _, now := w.ask(http.MethodGet, path, "", nil); now != before {
		t.Errorf("an old writer was heard: %s", now)
	}
}

// What can't be read is never taken for what was there before: a withdrawal may
// be what it says.
func TestWhatCannotBeReadIsTheWritersMatter(t *testing.T) {
	w := newWorld(t)
	w.write(group, "1", "hej")
	path, now := feedOf+group+"?after=", time.Now()
	mine, other := w.ticket("device-1", now, group), w.ticket("device-2", now, group)
	w.eventually("told", func() bool {
		asked := w.asked.Load()
		res, _ := w.ask(http.MethodGet, path, mine, nil)
		return res.StatusCode == http.StatusOK && w.asked.Load() == asked
	})
	w.newer(cluster.RevokedOf("device-1"))
	w.tell(cluster.RevokedOf("device-2"), 3, []byte("nonsense"))
	for _, bearer := range []string{mine, other} {
		w.eventually("asked for a new ticket", func() bool {
			res, text := w.ask(http.MethodGet, path, bearer, nil)
			return res.StatusCode == http.StatusUnauthorized && strings.Contains(text, "error.ticket_expired")
		})
	}
	fresh := w.ticket("device-1", time.Now().Add(time.Second), group)
	if res, text := w.ask(http.MethodGet, path, fresh, nil); res.StatusCode != http.StatusOK {
		t.Errorf("a ticket after that: %d %s", res.StatusCode, text)
	}
	w.tell(cluster.Page(group, sync.Records), 3, []byte("nonsense"))
	w.handed(path, fresh)
	w.newer(cluster.Tickets)
	w.newer(cluster.Hello)
	w.handed("/api/folje/v1/hello", "")
	if err := w.edge.Ready(context.Background()); err != nil {
		t.Errorf("a newer writer takes the edge away: %v", err)
	}
}

// Streams that were lost and made anew are read from their beginning.
func TestAStreamThatWasMadeAnew(t *testing.T) {
	w := newWorld(t)
	w.write(sync.Public, "1", "hej")
	path := feedOf + sync.Public + "?after="
	first := w.serves(path)
	w.eventually("told", func() bool { _, have := w.ask(http.MethodGet, path, "", nil); return have == first })
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := w.conn.JS.DeleteStream(ctx, cluster.Feeds); err != nil {
		t.Fatal(err)
	}
	if err := w.conn.Declare(ctx); err != nil {
		t.Fatal(err)
	}
	w.write(sync.Public, "2", "hej igen")
	want := w.serves(path)
	w.eventually("told again", func() bool { _, have := w.ask(http.MethodGet, path, "", nil); return have == want })
}

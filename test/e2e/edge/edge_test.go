package edge_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"folje/internal/cluster/clustertest"
	"folje/test/browser"
	"folje/test/demo"
	"folje/test/town"
)

// patience is how long a busy machine may take.
const patience = 60 * time.Second

// front is a town whose phones meet an edge.
type front struct {
	*town.Town
	*testing.T
	admin string // the edge's listener for administrators
}

func newFront(t *testing.T) *front {
	t.Helper()
	browser.Require(t)
	nats := clustertest.Start(t, 1)
	public, err := demo.Free()
	if err != nil {
		t.Fatal(err)
	}
	f := &front{T: t}
	if f.admin, err = demo.Free(); err != nil {
		t.Fatal(err)
	}
	f.Town = shop.Town(t, "--nats", nats.URL(), "--nats-replicas", "1", "--origin", "http://"+public)
	f.Front = "http://" + public
	edge := exec.Command(f.Server.Program(), "edge", "--http", public, "--admin", f.admin, "--nats", nats.URL(), "--writer", f.Server.Origin)
	var said bytes.Buffer
	edge.Stdout, edge.Stderr = &said, &said
	if err := edge.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = edge.Process.Signal(syscall.SIGTERM)
		_ = edge.Wait()
		if t.Failed() {
			t.Logf("the edge said:\n%s", &said)
		}
	})
	f.eventually("ready", func() bool { status, _ := f.get(f.URL("/readyz")); return status == http.StatusOK })
	return f
}

func (f *front) eventually(what string, so func() bool) {
	f.Helper()
	for end := time.Now().Add(patience); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			f.Fatalf("not %s within %v", what, patience)
		}
	}
}

func (f *front) get(url string) (status int, body string) {
	res, err := http.Get(url)
	if err != nil {
		return 0, ""
	}
	defer func() { _ = res.Body.Close() }()
	text, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(text)
}

// told is how many pages the edge was told of since it had all.
func (f *front) told() (n int) {
	_, text := f.get("http://" + f.admin + "/metrics")
	if found := regexp.MustCompile(`folje_edge_lag_seconds_count (\d+)`).FindStringSubmatch(text); found != nil {
		_, _ = fmt.Sscan(found[1], &n)
	}
	return n
}

// writes has a letter written, and returns when the edge knows it.
func (f *front) writes(title string) {
	f.Helper()
	before := f.told()
	f.Office("editor").Writes(f.Invitation("Blåsippan").Group, town.Letter{
		Title: title, Question: "Hur kan vi tillsammans få det att bli bra?", Paragraphs: []string{"Ta med hjälm."},
	})
	f.eventually("told", func() bool { return f.told() > before })
}

// A phone joins through an edge and reads there what is written; while the
// writer is away it goes on, and one that is shut out is told so.
func TestAPhoneThroughAnEdge(t *testing.T) {
	for _, tag := range []string{"sv", "ar"} {
		t.Run(tag, func(t *testing.T) {
			f := newFront(t)
			p := f.Parent(tag)
			p.Joins(f.Invitation("Blåsippan").Code)
			f.writes("Cykeldag")
			p.Syncs()
			p.WaitFor("a.letter-row | Cykeldag")
			f.writes("Simdag")
			if err := f.Server.Kill(); err != nil {
				t.Fatal(err)
			}
			p.Profile().Allow(browser.Request, "") // the writer's part fails
			p.Syncs()
			p.WaitFor("a.letter-row | Simdag")
			p.WaitFor("a.letter-row | Cykeldag")
			p.Reload()
			p.Reads("Simdag")
			if dir := p.Attr("html", "dir"); (dir == "rtl") != (tag == "ar") {
				t.Errorf("the page runs %s", dir)
			}
			p.Back()
			f.shutOut()
			asked := time.Time{}
			f.eventually("told that it is shut out", func() bool {
				if time.Since(asked) > patience/6 { // the word may come after the question
					p.Reload()
					p.WaitFor("a.letter-row | Simdag")
					asked = time.Now()
				}
				return p.Count("[data-line=revoked]") > 0
			})
			p.WaitFor("a.letter-row | Simdag")
		})
	}
}

// shutOut starts the writer again, and shuts the newest phone out, as who runs
// the machine does on the dashboard.
func (f *front) shutOut() {
	f.Helper()
	said, err := f.Server.Run(f.Context(), "superuser", "drift@example.org")
	if err != nil {
		f.Fatal(err)
	}
	lines := strings.Fields(said)
	f.Start()
	var session struct{ Token string }
	f.dashboard(http.MethodPost, "_superusers/auth-with-password", "", map[string]string{"identity": "drift@example.org", "password": lines[len(lines)-1]}, &session)
	var list struct{ Items []struct{ ID string } }
	f.dashboard(http.MethodGet, "devices/records?perPage=1&sort=-created", session.Token, nil, &list)
	if len(list.Items) != 1 {
		f.Fatal("there is no phone")
	}
	f.dashboard(http.MethodPatch, "devices/records/"+list.Items[0].ID, session.Token, map[string]any{"revoked": time.Now().UTC()}, nil)
}

func (f *front) dashboard(method, path, token string, body, into any) {
	f.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		f.Fatal(err)
	}
	r, err := http.NewRequestWithContext(f.Context(), method, f.Server.Dashboard()+"/api/collections/"+path, bytes.NewReader(raw))
	if err != nil {
		f.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", token)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		f.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, _ := io.ReadAll(res.Body)
	if res.StatusCode >= 300 {
		f.Fatalf("%s %s: %d %s", method, path, res.StatusCode, text)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(text, into); err != nil {
		f.Fatal(err)
	}
}

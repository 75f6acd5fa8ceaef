package contract_test

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/announce"
	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/demo"
	"folje/internal/pack"
	"folje/packs"
	"folje/test/contract"

	"io/fs"

	"github.com/nats-io/nats.go"
)

// edges takes what edges are told, and tells nobody.
type edges struct{}

func (edges) Publish(context.Context, *nats.Msg) error { return nil }
func (edges) Up() bool                                 { return true }

// today serves the demonstration with everything as it is now; elsewhere says
// that others answer feeds too.
func today(t *testing.T, elsewhere bool) *contract.Session {
	t.Helper()
	var announcing *announce.Config
	if elsewhere {
		announcing = &announce.Config{Conn: edges{}}
	}
	files, err := fs.Sub(packs.Demo, packs.DemoDir)
	if err != nil {
		t.Fatal(err)
	}
	p, err := pack.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	a := apptest.New(t)
	err = app.Register(a, app.Config{
		Public: fstest.MapFS{"index.html": {Data: []byte("<html></html>")}}, Locales: apptest.Locales(t),
		Origin: "http://127.0.0.1", Admin: "off", Now: time.Now, Announce: announcing,
	})
	if err != nil {
		t.Fatal(err)
	}
	how, err := demo.Fill(a, p, apptest.Locales(t), "http://127.0.0.1", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(apptest.Handler(t, a))
	t.Cleanup(server.Close)
	s := &contract.Session{URL: server.URL, Values: map[string]string{}}
	for _, i := range how.Invitations {
		switch i.Group {
		case contract.Group:
			s.Values["code"] = i.Code
		case contract.SecondGroup:
			s.Values["second"] = i.Code
		}
	}
	var staff [2]contract.SignIn
	for i, role := range []string{"admin", "steget"} {
		for _, who := range how.Staff {
			if slices.Contains(who.Roles, role) {
				staff[i] = contract.SignIn{Email: who.Email, Password: who.Password}
			}
		}
	}
	if err := s.OpenChannel(staff[0], staff[1]); err != nil {
		t.Fatal(err)
	}
	return s
}

// A phone that was not updated is answered in a way that it reads, also where
// newer ones show tickets.
func TestEarlierBuildsAreAnswered(t *testing.T) {
	recordings, err := filepath.Glob("testdata/*/phone.json")
	if err != nil || len(recordings) == 0 {
		t.Fatalf("recordings: %v %v", recordings, err)
	}
	for _, file := range recordings {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var r contract.Recording
		if err := json.Unmarshal(raw, &r); err != nil {
			t.Fatal(err)
		}
		t.Run(r.Build, func(t *testing.T) { replay(t, today(t, false), r.Steps) })
		t.Run(r.Build+" with edges", func(t *testing.T) { replay(t, today(t, true), r.Steps) })
	}
}

// What phones read of tickets.
func TestTicketsAreAnswered(t *testing.T) {
	s := today(t, true)
	hello := contract.Step{Name: "hello", Method: "GET", Path: "hello", Status: 200, Shape: shape(t, `{"types":["object"],"fields":{"tickets":{"types":["boolean"]}}}`)}
	replay(t, s, append([]contract.Step{hello}, contract.Tickets()...))
	faults, err := today(t, false).Replay(hello)
	if err != nil || len(faults) != 1 || !strings.Contains(faults[0], "tickets is gone") {
		t.Errorf("a server by itself: %q %v", faults, err)
	}
}

func shape(t *testing.T, raw string) *contract.Shape {
	t.Helper()
	var s contract.Shape
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

func replay(t *testing.T, s *contract.Session, steps []contract.Step) {
	t.Helper()
	for _, step := range steps {
		faults, err := s.Replay(step)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults {
			t.Errorf("%s (%s %s): %s", step.Name, step.Method, step.Path, fault)
		}
	}
}

// What goes, or becomes something else, is found; what comes is not.
func TestAMissingFieldIsFound(t *testing.T) {
	const recorded = `{"status":200,"keep":{"cursor":"cursor"},"shape":{"types":["object"],"fields":{
		"cursor":{"types":["string"]},
		"records":{"types":["array"],"kinds":{"letter":{"types":["object"],"fields":{"id":{"types":["string"]},"meeting":{"types":["null","object"],"fields":{"place":{"types":["string"]}}}}}}},
		"texts":{"types":["object"],"items":{"types":["array"],"items":{"types":["string"]}}}}}}`
	var step contract.Step
	if err := json.Unmarshal([]byte(recorded), &step); err != nil {
		t.Fatal(err)
	}
	for answer, want := range map[string]string{
		`{"cursor":"1","records":[{"kind":"letter","id":"a","meeting":null}],"texts":{"1":["a","b"]}}`:                                           "",
		`{"cursor":"1","new":1,"records":[{"kind":"letter","id":"a","meeting":{"place":"x"},"new":2},{"kind":"new","id":"b"}],"texts":{"1":[]}}`: "",
		`{"cursor":"1","records":[{"kind":"letter","id":"a","meeting":{}}],"texts":{}}`:                                                          "answer.records[0].meeting.place is gone",
		`{"cursor":"1","records":[{"kind":"letter","id":1,"meeting":null}],"texts":{}}`:                                                          "answer.records[0].id is number",
		`{"cursor":"1","records":[],"texts":{}}`:                                                                                                 "answer.records has no letter",
		`{"cursor":"1","records":[{"kind":"letter","id":"a","meeting":null},{"kind":"new"}],"texts":{}}`:                                         "of a new kind without",
		`{"cursor":"1","records":[{"kind":"letter","id":"a","meeting":null}],"texts":{"1":["a",2]}}`:                                             "answer.texts.1[1] is number",
		`{"cursor":"1","records":[{"kind":"letter","id":"a","meeting":null}]}`:                                                                   "answer.texts is gone",
	} {
		server := httptest.NewServer(says(answer))
		faults, err := (&contract.Session{URL: server.URL, Values: map[string]string{}}).Replay(step)
		server.Close()
		if got := strings.Join(faults, "; "); err != nil || (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q %v, want %q", answer, got, err, want)
		}
	}
}

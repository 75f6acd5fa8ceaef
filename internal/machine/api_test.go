package machine_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/machine"

	"github.com/pocketbase/pocketbase/core"
)

const enginesPath = "/api/folje/v1/staff/engines?unit="

// The worker runs where it is served, and what is published gets its drafts
// without anybody's doing more.
func TestAServedWorkerDraftsWhatIsPublished(t *testing.T) {
	e := script()
	asked := make(chan []string, 10)
	e.answer = func(to string, texts []string) ([]string, error) {
		asked <- texts
		return put(to, texts), nil
	}
	p := openWith(t, e, e, apptest.Locales(t), "en", true)
	stored := make(chan string, 10)
	p.app.OnRecordAfterCreateSuccess("translations").BindFunc(func(r *core.RecordEvent) error {
		stored <- r.Record.GetString("text")
		return r.Next()
	})
	p.published()
	late := time.After(30 * time.Second)
	for n := range 3 {
		select {
		case wording := <-stored:
			if !strings.HasPrefix(wording, "In en ") {
				t.Errorf("stored %q", wording)
			}
		case <-late:
			t.Fatalf("%d texts were stored", n)
		}
	}
	if texts := <-asked; len(texts) != 3 {
		t.Errorf("asked for %q", texts)
	}
}

// An engine that never answers holds up neither staff nor the end of the program.
func TestNobodyWaitsForASlowEngine(t *testing.T) {
	e := script()
	asked, release := make(chan bool, 10), make(chan bool)
	defer close(release)
	e.answer = func(to string, texts []string) ([]string, error) {
		asked <- true
		<-release
		return put(to, texts), nil
	}
	p := openWith(t, e, e, apptest.Locales(t), "en", true)
	p.published()
	<-asked // it thinks, from now on to the end
	id := p.write("Ett till", "Vi syns.", nil)
	p.publish(id)
	if a := p.ask(p.admin, http.MethodGet, "/api/folje/v1/staff/queue", nil); a.Status != http.StatusOK {
		t.Errorf("the queue: %d %s", a.Status, a.Body)
	}
	if a := p.ask(p.anna, http.MethodGet, enginesPath+p.unit.Id, nil); a.Status != http.StatusOK {
		t.Errorf("who translates: %d %s", a.Status, a.Body)
	}
	release <- true
}

func TestStaffSeeWhoTranslates(t *testing.T) {
	e := script()
	p := openWith(t, e, e, apptest.Locales(t), "en", true)
	p.tara = apptest.MustStaff(t, p.app, "tara@example.org", []string{"translator"}, p.unit)
	tam := apptest.MustStaff(t, p.app, "tam@example.org", []string{"translator"}, apptest.MustUnit(t, p.app, "Backen"))
	if _, err := p.machine.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := p.ask(p.anna, http.MethodGet, enginesPath+p.unit.Id, nil)
	if a.Status != http.StatusOK || a.JSON["engine"] != "scripted" || a.JSON["fault"] != "" {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	for tag, want := range map[string]any{"en": "person", "ar": "person", "fi": "engine", "so": "nobody", "sv-simple": "nobody", "sv": nil} {
		if got := a.Get("locales", tag); got != want {
			t.Errorf("%s: %v", tag, got)
		}
	}
	for _, who := range []*core.Record{nil, tam} {
		want := http.StatusNotFound
		if who == nil {
			want = http.StatusUnauthorized
		}
		if a := p.ask(who, http.MethodGet, enginesPath+p.unit.Id, nil); a.Status != want {
			t.Errorf("%v: %d %s", who, a.Status, a.Body)
		}
	}
	if a := p.ask(p.admin, http.MethodGet, enginesPath, nil); a.Status != http.StatusNotFound {
		t.Errorf("no unit: %d %s", a.Status, a.Body)
	}
}

func TestWithoutAnEngineThereArePeople(t *testing.T) {
	p := openWith(t, nil, nil, apptest.Locales(t), "en", true)
	if next, err := p.machine.Round(t.Context()); err != nil || !next.IsZero() {
		t.Errorf("%v %v", next, err)
	}
	a := p.ask(p.anna, http.MethodGet, enginesPath+p.unit.Id, nil)
	if a.Status != http.StatusOK || a.JSON["engine"] != "" || a.Get("locales", "en") != "nobody" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

// An engine that is away is said to be, and after a day it counts no more.
func TestAnEngineThatStaysAwayIsNobody(t *testing.T) {
	p := open(t)
	p.round()
	by := func() string {
		all, err := p.machine.By(p.app, p.unit.Id)
		if err != nil {
			t.Fatal(err)
		}
		return all["fi"]
	}
	p.engine.listed = &machine.Fault{Code: machine.Down, Cause: http.ErrServerClosed}
	p.now = p.now.Add(2 * time.Hour)
	p.round()
	if by() != machine.ByEngine {
		t.Errorf("after two hours: %s", by())
	}
	p.now = p.now.Add(23 * time.Hour)
	if by() != machine.ByNobody {
		t.Errorf("after a day: %s", by())
	}
}

// Staff of the unit see how many sentences the engine was given up on, and why.
func TestStaffSeeWhatWasGivenUp(t *testing.T) {
	e := script()
	p := openWith(t, e, e, apptest.Locales(t), "so", true) // nothing to do for it
	p.published()
	for sentence, tries := range map[string]int{first: 6, second: 5} {
		apptest.MustRecord(t, p.app, "machine_jobs", map[string]any{
			"segment": segment(sentence), "locale": "en", "tries": tries, "fault": machine.Check, "due": p.now})
	}
	a := p.ask(p.anna, http.MethodGet, enginesPath+p.unit.Id, nil)
	if a.Get("faults", "en", "check") != 1.0 {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if err := machine.Sweep(p.app); err != nil {
		t.Fatal(err)
	}
	if n, err := p.app.CountRecords("machine_jobs"); err != nil || n != 2 {
		t.Errorf("%d are left, %v", n, err)
	}
	// A person translated one.
	apptest.MustRecord(t, p.app, "translations", map[string]any{"segment": segment(first), "locale": "en", "text": "See you", "given": true, "status": "reviewed"})
	if err := machine.Sweep(p.app); err != nil {
		t.Fatal(err)
	}
	if n, err := p.app.CountRecords("machine_jobs"); err != nil || n != 1 {
		t.Errorf("%d are left, %v", n, err)
	}
}

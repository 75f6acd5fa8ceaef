package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"syscall"
	"time"

	"folje/internal/glossary"
	"folje/internal/letter"
	"folje/internal/locale"
	"folje/internal/meeting"
	"folje/internal/translation"
	"folje/test/archive"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// desk is a server with the desk's routes, and the translators who ask.
type desk struct {
	app        core.App
	h          http.Handler
	writer     *archive.Writer
	dice       *rand.Rand
	three, all string // Authorizations: of a translator of three locales, and of all
}

// open binds the desk, with the clock at now.
func open(app core.App, messages *locale.Bundle, locales []string, now time.Time) (*desk, error) {
	clock := func() time.Time { return now }
	letter.Register(app, letter.Config{Locales: messages, Now: clock})
	meeting.Register(app, meeting.Config{Locales: messages, Now: clock})
	glossary.Register(app, glossary.Config{Locales: messages})
	translation.RegisterDesk(app, translation.DeskConfig{Locales: messages, Now: clock,
		Works: []translation.Work{letter.Work(), meeting.Work(), glossary.Work()}})
	d := &desk{app: app, dice: rand.New(rand.NewPCG(4, 5))}
	var err error
	if d.h, err = serve(app); err != nil {
		return nil, err
	}
	if d.three, err = d.translator("tre", []string{"ar", "so", "uk"}); err != nil {
		return nil, err
	}
	d.all, err = d.translator("alla", locales)
	return d, err
}

func serve(app core.App) (http.Handler, error) {
	router, err := apis.NewRouter(app)
	if err != nil {
		return nil, err
	}
	event := &core.ServeEvent{App: app, Router: router, Server: &http.Server{}}
	err = app.OnServe().Trigger(event, func(e *core.ServeEvent) error {
		mux, err := e.Router.BuildMux()
		e.Server.Handler = mux
		return err
	})
	return event.Server.Handler, err
}

// translator makes one who works in every unit.
func (d *desk) translator(name string, locales []string) (string, error) {
	c, err := d.app.FindCollectionByNameOrId("staff")
	if err != nil {
		return "", err
	}
	units := []string{}
	for g := 0; g < groups; g += inUnit {
		units = append(units, unitID(g))
	}
	r, err := d.app.FindAuthRecordByEmail("staff", name+"@example.org")
	if err == nil {
		return r.NewAuthToken() // of an earlier run
	}
	r = core.NewRecord(c)
	r.Load(map[string]any{"name": name, "email": name + "@example.org", "password": "ett långt lösenord", "verified": true,
		"roles": []string{"translator"}, "units": units, "locales": locales})
	if err := d.app.Save(r); err != nil {
		return "", fmt.Errorf("save a translator: %w", err)
	}
	return r.NewAuthToken()
}

// taken is how long something took, by the clock and of the processors.
type taken struct{ clock, busy time.Duration }

// ask sends a request, reads the answer into out, and says what it took.
func (d *desk) ask(who, method, path string, body, out any) (taken, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return taken{}, err
	}
	r := httptest.NewRequest(method, "/api/folje/v1/staff/"+path, bytes.NewReader(raw))
	r.Header.Set("Authorization", who)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	started, before := time.Now(), busy()
	d.h.ServeHTTP(w, r)
	took := taken{time.Since(started), busy() - before}
	if w.Code != http.StatusOK {
		return took, fmt.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return took, json.Unmarshal(w.Body.Bytes(), out)
}

// busy is the processor time of this process so far; it does one thing at a
// time.
func busy() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

package web_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"folje/internal/web"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

func TestHealthAsksNothingAndReadinessAsksTheDatabase(t *testing.T) {
	var down atomic.Bool
	r := run(t, func(c *web.Config) {
		c.Ready = func(context.Context) error {
			if down.Load() {
				return errors.New("gone")
			}
			return nil
		}
	})
	for _, c := range []struct {
		path   string
		down   bool
		status int
	}{
		{"/healthz", false, 200}, {"/readyz", false, 200}, {"/healthz", true, 200}, {"/readyz", true, 503},
	} {
		down.Store(c.down)
		res, body := ask(t, r.addr, "GET", c.path, "", "")
		if res.StatusCode != c.status || strings.Contains(body, "gone") || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s, down %v: %d %q", c.path, c.down, res.StatusCode, body)
		}
	}
}

func TestThereIsNoInstaller(t *testing.T) {
	app := newApp(t)
	if err := web.Bind(app, web.Config{Site: site(t, pages(), nil), Messages: echo{}}); err != nil {
		t.Fatal(err)
	}
	event := &core.ServeEvent{App: app, Server: &http.Server{}, InstallerFunc: apis.DefaultInstallerFunc}
	event.Router, _ = apis.NewRouter(app)
	err := app.OnServe().Trigger(event, func(e *core.ServeEvent) error {
		if e.InstallerFunc != nil {
			t.Error("PocketBase would print a link that makes whoever has it an administrator")
		}
		e.Server.Handler = http.NotFoundHandler()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheAdministratorsListenerCanBeOff(t *testing.T) {
	for _, addr := range []string{"", "off"} {
		r := run(t, func(c *web.Config) { c.Admin = addr })
		if r.admin != "" {
			t.Errorf("%q: listens on %s", addr, r.admin)
		}
		if res, _ := ask(t, r.addr, "GET", "/_/", "", ""); res.StatusCode != 404 {
			t.Errorf("%q: the dashboard answers in public: %d", addr, res.StatusCode)
		}
	}
}

func TestATakenAdministratorsAddressFailsTheStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	app := newApp(t)
	cfg := web.Config{Site: site(t, pages(), nil), Messages: echo{}, Admin: taken.Addr().String()}
	if err := web.Bind(app, cfg); err != nil {
		t.Fatal(err)
	}
	if err := apis.Serve(app, apis.ServeConfig{HttpAddr: "127.0.0.1:0"}); err == nil || !strings.Contains(err.Error(), "administrators") {
		t.Errorf("%v", err)
	}
}

func TestTheAdministratorsListenerEndsWithTheProgram(t *testing.T) {
	var admin string
	t.Run("program", func(t *testing.T) {
		r := run(t, nil)
		admin = r.admin
		stream := dial(t, r.admin)
		go func() { _, _ = stream.Write([]byte(head("GET", "/api/realtime"))) }()
		if _, err := stream.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
	})
	if c, err := net.Dial("tcp", admin); err == nil {
		_ = c.Close()
		t.Error("somebody still listens")
	}
}

func TestTheRootOfTheAdministratorsListenerLeadsToTheDashboard(t *testing.T) {
	res, _ := ask(t, run(t, nil).admin, "GET", "/", "", "")
	if res.StatusCode != 302 || res.Header.Get("Location") != "/_/" {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestBindRefusesWhatCantWork(t *testing.T) {
	app, s := newApp(t), site(t, pages(), nil)
	for name, cfg := range map[string]web.Config{
		"no site": {Messages: echo{}}, "no messages": {Site: s},
		"origin without scheme": {Site: s, Messages: echo{}, Origin: "folje.example"},
		"origin with path":      {Site: s, Messages: echo{}, Origin: "https://folje.example/x"},
		"origin with slash":     {Site: s, Messages: echo{}, Origin: "https://folje.example/"},
		"other scheme":          {Site: s, Messages: echo{}, Origin: "ftp://folje.example"},
		"no URL":                {Site: s, Messages: echo{}, Origin: "https://%"},
	} {
		if err := web.Bind(app, cfg); err == nil {
			t.Errorf("%s passed", name)
		}
	}
}

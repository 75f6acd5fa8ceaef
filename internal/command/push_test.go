package command_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/app"
	"folje/internal/push"

	"github.com/pocketbase/pocketbase/core"
)

// vapidKey is the key that the server at the address tells phones.
func vapidKey(t *testing.T, at string) string {
	t.Helper()
	answer, err := http.Get("http://" + at + "/api/folje/v1/hello")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var hello struct{ VapidKey string }
	if err := json.NewDecoder(answer.Body).Decode(&hello); err != nil {
		t.Fatal(err)
	}
	return hello.VapidKey
}

func TestPhonesAreToldTheKeyWhereSomebodyCanBeTurnedTo(t *testing.T) {
	for name, c := range map[string]struct {
		flags []string
		told  bool
	}{
		"a trial":              {nil, false},
		"a public origin":      {[]string{"--origin", "https://folje.example.se"}, true},
		"a contact":            {[]string{"--origin", "http://folje.example.se", "--push-contact", "mailto:drift@kommun.example"}, true},
		"nobody to turn to":    {[]string{"--origin", "http://folje.example.se"}, false},
		"a name of the office": {[]string{"--origin", "https://intranet"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir, at := filepath.Join(t.TempDir(), "data"), freeAddress(t)
			out, stop := serve(t, append([]string{"--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir()}, c.flags...)...)
			key := vapidKey(t, at)
			stop()
			if said := strings.Contains(out.String(), "Phones don't ring"); (key != "") != c.told || said == c.told {
				t.Errorf("key %q: %s", key, out)
			}
			v, err := push.ReadVAPID(dir)
			if err != nil {
				t.Fatal(err)
			}
			if _, alive := v.Alive(key); c.told && !alive {
				t.Error("phones are told a key that isn't ours")
			}
		})
	}
}

func TestServeRefusesAContactThatServicesWould(t *testing.T) {
	for _, flags := range [][]string{
		{"--push-contact", "mailto:x@localhost"}, {"--push-contact", "mailto:mailto:x@kommun.example"}, {"--push-contact", "x@kommun.example"},
		{"--push-service", "localhost"}, {"--push-service", "*.com"}, {"--push-service", "https://push.example.com"},
	} {
		dir := filepath.Join(t.TempDir(), "data")
		code, out := run(t, append([]string{"serve", "--dir", dir, "--http", freeAddress(t), "--admin", "off"}, flags...)...)
		if code == 0 || !strings.Contains(out, flags[0]) {
			t.Errorf("%v: %d %s", flags, code, out)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%v: a data folder was made", flags)
		}
	}
}

func TestRotateMakesASecondKeyOfAStoppedServer(t *testing.T) {
	dir, at := filepath.Join(t.TempDir(), "data"), freeAddress(t)
	_, stop := serve(t, "--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir(), "--push-contact", "https://folje.example")
	before := vapidKey(t, at)
	if code, out := run(t, "push", "rotate", "--dir", dir); code == 0 || !strings.Contains(out, "another server has") || !strings.Contains(out, "stop it") {
		t.Errorf("rotated under a server: %d %s", code, out)
	}
	if out := mustRun(t, "push", "status", "--dir", dir); strings.Count(out, "key ") != 1 || !strings.Contains(out, "(current)") {
		t.Error(out)
	}
	stop()
	if out := mustRun(t, "push", "rotate", "--dir", dir); !strings.Contains(out, "backup") {
		t.Error(out)
	}
	if out := mustRun(t, "push", "status", "--dir", dir); strings.Count(out, "key ") != 2 || !strings.Contains(out, "(replaced "+time.Now().UTC().Format(time.DateOnly)+")") {
		t.Error(out)
	}
	at = freeAddress(t)
	_, stop = serve(t, "--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir(), "--push-contact", "https://folje.example")
	defer stop()
	if after := vapidKey(t, at); after == before || after == "" {
		t.Errorf("phones are still told %q", after)
	}
	v, err := push.ReadVAPID(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, alive := v.Alive(before); !alive {
		t.Error("the old key is dead")
	}
}

func TestStatusCountsSubscriptions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	if out := mustRun(t, "push", "status", "--dir", dir); !strings.Contains(out, "no key yet") {
		t.Error(out)
	}
	if _, err := os.Stat(push.VAPIDFile(dir)); err == nil {
		t.Error("looking made a key")
	}
	v, err := push.OpenVAPID(dir)
	if err != nil {
		t.Fatal(err)
	}
	fillSubscriptions(t, dir, v.Current().ID)
	out := mustRun(t, "push", "status", "--dir", dir)
	for _, want := range []string{
		"key " + v.Current().ID + " (current)\n  https://fcm.googleapis.com: 1 live, 1 silent for 60 days, 1 parked, 1 ended\n  https://web.push.apple.com: 1 live, 0 silent for 60 days, 0 parked, 0 ended\n",
		"key 0011223344556677 (lost)\n  https://fcm.googleapis.com: 1 live",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}

func fillSubscriptions(t *testing.T, dir, key string) {
	t.Helper()
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	save := func(collection string, values map[string]any) {
		t.Helper()
		c, err := a.FindCollectionByNameOrId(collection)
		if err != nil {
			t.Fatal(err)
		}
		r := core.NewRecord(c)
		r.Load(values)
		if err := a.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	const device = "0b4f8a52-8a3c-4c57-9d5e-0f6f6b0f8a11"
	save("devices", map[string]any{"id": device, "secretHash": strings.Repeat("a", 64)})
	today := time.Now().UTC().Format(time.DateOnly)
	const google, apple = "https://fcm.googleapis.com", "https://web.push.apple.com"
	for i, s := range []map[string]any{
		{"service": google}, {"service": google, "heard": "2020-01-01"}, {"service": google, "parked": today},
		{"service": google, "ended": today}, {"service": apple}, {"service": google, "key": "0011223344556677"},
	} {
		values := map[string]any{
			"device": device, "mark": strings.Repeat("a", 60) + string(rune('a'+i)), "endpoint": google, "p256dh": "x", "auth": "x", "key": key, "heard": today,
		}
		for name, value := range s {
			values[name] = value
		}
		save("push_subscriptions", values)
	}
	if err := a.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
}

func TestRestoredFolderHasItsKeys(t *testing.T) {
	dir, to := filepath.Join(t.TempDir(), "data"), t.TempDir()
	identity, public := keyFile(t)
	_, stop := serve(t, "--dir", dir, "--http", freeAddress(t), "--admin", "off", "--hooks", t.TempDir())
	stop()
	mustRun(t, "push", "rotate", "--dir", dir)
	before, err := os.ReadFile(push.VAPIDFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	mustRun(t, "backup", "--dir", dir, "--to", to, "--recipient", public)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "restore", newest(t, to), "--dir", dir, "--identity", identity)
	after, err := os.ReadFile(push.VAPIDFile(dir))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("other keys: %v", err)
	}
	v, err := push.ReadVAPID(dir) // fails where others may read it
	if err != nil || len(v.Keys()) != 2 {
		t.Errorf("%v", err)
	}
}

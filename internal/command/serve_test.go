package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"folje/internal/apptest"
	"folje/internal/command"
)

func files() command.Files {
	root := apptest.Root()
	return command.Files{
		Public:  os.DirFS(filepath.Join(root, "public")),
		Locales: os.DirFS(filepath.Join(root, "locales")),
		Demo:    os.DirFS(filepath.Join(root, "packs", "bjorkhult-demo")),
	}
}

// printed tells a test what the program prints, line by line.
type printed struct {
	mu     sync.Mutex
	buffer bytes.Buffer
	until  string
	seen   chan struct{}
}

func (p *printed) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n, err := p.buffer.Write(b)
	if strings.Contains(string(b), p.until) {
		close(p.seen)
	}
	return n, err
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buffer.String()
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// serve runs the command until the test stops it; it gives what was printed.
func serve(t *testing.T, args ...string) (out *printed, stop func() int) {
	t.Helper()
	return serveUntil(t, "serves", args...)
}

// serveUntil is serve, and waits for the line that has the words given.
func serveUntil(t *testing.T, words string, args ...string) (out *printed, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out = &printed{until: words, seen: make(chan struct{})}
	var stderr bytes.Buffer
	ended := make(chan int, 1)
	go func() { ended <- command.Run(ctx, append([]string{"serve"}, args...), files(), out, &stderr) }()
	select {
	case <-out.seen:
	case code := <-ended:
		cancel()
		t.Fatalf("ended with %d: %s", code, stderr.String())
	}
	return out, func() int {
		cancel()
		return <-ended
	}
}

func TestDemoPrintsItsWaysInAndComesBack(t *testing.T) {
	dir, at := filepath.Join(t.TempDir(), "data"), freeAddress(t)
	out, stop := serve(t, "--demo", "--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir())
	for _, want := range []string{"http://" + at + "/join#", "http://" + at + "/staff", "editor", "translator"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not printed", want)
		}
	}
	first := demoJSON(t, dir)
	a, err := http.Get("http://" + at + "/api/folje/v1/hello")
	if err != nil || a.StatusCode != http.StatusOK {
		t.Errorf("hello: %v %v", a, err)
	}
	if code := stop(); code != 0 {
		t.Errorf("ended with %d", code)
	}
	moved := freeAddress(t)
	_, stop = serve(t, "--demo", "--dir", dir, "--http", moved, "--admin", "off", "--hooks", t.TempDir())
	defer stop()
	if again := demoJSON(t, dir); again != strings.ReplaceAll(first, at, moved) {
		t.Errorf("the second start wrote another demo.json")
	}
}

func demoJSON(t *testing.T, dir string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "demo.json"))
	if err != nil || !json.Valid(raw) {
		t.Fatalf("demo.json: %v", err)
	}
	return string(raw)
}

func TestServeRefusesWhatIsUnsafe(t *testing.T) {
	busy := t.TempDir()
	if err := os.WriteFile(filepath.Join(busy, "data.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ args, says string }{
		"demo for the whole network":  {"--demo --http 0.0.0.0:0", "loopback"},
		"no origin for the world":     {"--http 0.0.0.0:0", "--origin"},
		"demo in somebody's data":     {"--demo --dir " + busy, "not a demo's"},
		"address without a port":      {"--http localhost", "--http"},
		"proxy that is no address":    {"--trusted-proxy nowhere", "nowhere"},
		"unknown flag":                {"--daemon", "--daemon"},
		"undo for too long":           {"--undo 10m1s", "--undo"},
		"undo before it is done":      {"--undo -1s", "--undo"},
		"a port without a server":     {"--http 127.0.0.1:0 --admin off --nats-listen 127.0.0.1:4222", "--nats embedded"},
		"a port of another's server":  {"--http 127.0.0.1:0 --admin off --nats nats://127.0.0.1:1 --nats-listen-users users", "--nats embedded"},
		"copies that NATS can't make": {"--http 127.0.0.1:0 --admin off --nats nats://127.0.0.1:1 --nats-replicas 2", "--nats-replicas"},
	} {
		t.Run(name, func(t *testing.T) {
			var stderr bytes.Buffer
			args := strings.Fields("serve --dir " + filepath.Join(t.TempDir(), "data") + " " + c.args)
			code := command.Run(context.Background(), args, files(), &bytes.Buffer{}, &stderr)
			if code != 1 || !strings.Contains(stderr.String(), c.says) {
				t.Errorf("%d %s", code, stderr.String())
			}
		})
	}
}

func TestSuperuserSignsInAtTheDashboardsAddressOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	var out bytes.Buffer
	if code := command.Run(context.Background(), []string{"superuser", "root@example.org", "--dir", dir}, files(), &out, &out); code != 0 {
		t.Fatal(out.String())
	}
	if info, err := os.Stat(dir); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("others on the machine can read the data folder: %v %v", info.Mode(), err)
	}
	at, admin := freeAddress(t), freeAddress(t)
	_, stop := serve(t, "--dir", dir, "--http", at, "--admin", admin, "--hooks", t.TempDir())
	defer stop()
	body := fmt.Sprintf(`{"identity":"root@example.org","password":%q}`, strings.TrimSpace(out.String()))
	for address, want := range map[string]int{at: http.StatusNotFound, admin: http.StatusOK} {
		a, err := http.Post("http://"+address+"/api/collections/_superusers/auth-with-password", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if a.StatusCode != want {
			t.Errorf("%s: %d, want %d", address, a.StatusCode, want)
		}
	}
}

func TestFiguresAreForAdministratorsOnly(t *testing.T) {
	at, admin := freeAddress(t), freeAddress(t)
	_, stop := serve(t, "--dir", filepath.Join(t.TempDir(), "data"), "--http", at, "--admin", admin, "--hooks", t.TempDir())
	defer stop()
	get := func(url string) (int, string) {
		answer, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(body)
	}
	if status, body := get("http://" + at + "/metrics"); status != http.StatusNotFound || strings.Contains(body, "folje_") {
		t.Errorf("everybody sees the figures: %d %.200s", status, body)
	}
	if status, body := get("http://" + at + "/readyz"); status != http.StatusOK || body != "ready\n" {
		t.Errorf("/readyz: %d %q", status, body)
	}
	status, body := get("http://" + admin + "/metrics")
	for _, want := range []string{`folje_build_info{`, `role="serve"`, "folje_ready 1", "folje_outbox_waiting 0", `folje_check_failing{check="database"} 0`,
		`folje_requests_total{class="web",status="4xx"} 1`, `folje_requests_total{class="health",status="2xx"} 1`} {
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%d, no %s", status, want)
		}
	}
	if status, body := get("http://" + admin + "/readyz"); status != http.StatusOK || !strings.Contains(body, `"ready": true`) {
		t.Errorf("/readyz of administrators: %d %s", status, body)
	}
}

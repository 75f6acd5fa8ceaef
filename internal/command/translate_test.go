package command_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestServeRefusesAnEngineThatItMustNotUse(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for want, flags := range map[string][]string{
		"--translate-public":     {"--translate", "libretranslate=https://192.0.2.7"},
		"chmod 600":              {"--translate", "libretranslate=http://127.0.0.1:5000," + key},
		"NAME=URL":               {"--translate", "http://127.0.0.1:5000"},
		"https only":             {"--translate", "libretranslate=http://192.0.2.7", "--translate-public"},
		"neither a password nor": {"--translate", "libretranslate=http://u:p@127.0.0.1"},
		"which engine":           {"--translate-public"},
	} {
		dir := filepath.Join(t.TempDir(), "data")
		code, out := run(t, append([]string{"serve", "--dir", dir, "--http", freeAddress(t), "--admin", "off"}, flags...)...)
		if code == 0 || !strings.Contains(out, want) {
			t.Errorf("%v: %d %s", flags, code, out)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%v: a data folder was made", flags)
		}
	}
}

// The engine is asked once the server runs, and it runs without its answer.
func TestServeAsksTheEngineForItsLanguages(t *testing.T) {
	asked := make(chan string, 10)
	engine := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		w.WriteHeader(http.StatusInternalServerError)
	}))
	defer engine.Close()
	dir, at := filepath.Join(t.TempDir(), "data"), freeAddress(t)
	_, stop := serve(t, "--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir(), "--translate", "libretranslate="+engine.URL)
	defer stop()
	select {
	case path := <-asked:
		if path != "/languages" {
			t.Errorf("it was asked for %s", path)
		}
	case <-time.After(30 * time.Second):
		t.Error("it was not asked")
	}
}

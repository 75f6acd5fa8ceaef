package command_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/apptest"
	"folje/internal/command"
)

// An edge says what it was not told, and begins nothing.
func TestAnEdgeSaysWhatItNeeds(t *testing.T) {
	const nats, writer = "--nats nats://127.0.0.1:1 ", "--writer http://127.0.0.1:1 "
	for flags, want := range map[string]string{
		writer:                                "--nats",
		nats:                                  "--writer",
		nats + "--writer ftp://127.0.0.1":     "--writer",
		nats + writer + "--http 0.0.0.0:0":    "--origin",
		nats + writer + "--answers-memory -1": "--answers-memory",
		nats + writer + "--nats-replicas 3":   "--nats-replicas", // it declares nothing
		nats + writer + "--locales /nowhere":  "--locales",
	} {
		args := append([]string{"edge", "--admin", "off"}, strings.Fields(flags)...)
		if code, out := run(t, args...); code == 0 || !strings.Contains(out, want) {
			t.Errorf("%s: %d %s", flags, code, out)
		}
	}
}

// A municipality's own words are an edge's too.
func TestAnEdgeTakesOwnLocales(t *testing.T) {
	own := t.TempDir()
	program := read(t, filepath.Join(apptest.Root(), "locales", "ar.json"))
	write(t, filepath.Join(own, "ar.json"), strings.Replace(program, `"رجوع"`, `"إلى الخلف"`, 1))
	at := freeAddress(t)
	ctx, cancel := context.WithCancel(t.Context())
	out := &printed{until: "serves", seen: make(chan struct{})}
	ended := make(chan int, 1)
	var stderr bytes.Buffer
	go func() {
		ended <- command.Run(ctx, []string{"edge", "--admin", "off", "--http", at, "--nats", "nats://127.0.0.1:1", "--writer", "http://127.0.0.1:1", "--locales", own}, files(), out, &stderr)
	}()
	select {
	case <-out.seen:
	case code := <-ended:
		t.Fatalf("ended with %d: %s", code, stderr.String())
	}
	if said := fetched(t, "http://"+at+"/locales/parent/ar.json"); !strings.Contains(said, "إلى الخلف") {
		t.Error("the municipality's words are not shown")
	}
	cancel()
	if code := <-ended; code != 0 {
		t.Errorf("ended with %d: %s", code, stderr.String())
	}
}

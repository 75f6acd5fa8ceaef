package command

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/push"
)

func TestAWorkersKeysComeFromItsEnvironment(t *testing.T) {
	dir := t.TempDir()
	v, err := push.OpenVAPID(dir)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(push.VAPIDFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	for name, env := range map[string]map[string]string{
		"text": {keyVariable: string(raw)}, "file": {keyFileVariable: push.VAPIDFile(dir)},
	} {
		keys, err := givenKeys(func(name string) string { return env[name] })
		if err != nil || keys.Current().ID != v.Current().ID {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, env := range map[string]map[string]string{
		"none": {}, "both": {keyVariable: "a", keyFileVariable: "b"}, "garbage": {keyVariable: "secret?"},
		"no file": {keyFileVariable: filepath.Join(dir, "none")},
	} {
		if _, err := givenKeys(func(name string) string { return env[name] }); err == nil || strings.Contains(err.Error(), "secret?") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := givenKeys(func(string) string { return " " }); err == nil {
		t.Error("an empty key was taken")
	}
}

// A worker says what it was not told, and begins nothing.
func TestAWorkerSaysWhatItNeeds(t *testing.T) {
	t.Setenv(keyVariable, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE")
	for want, flags := range map[string][]string{
		"--nats":         {"--push-contact", "https://folje.example"},
		"--push-contact": {"--nats", "nats://127.0.0.1:1"},
		"--concurrency":  {"--nats", "nats://127.0.0.1:1", "--push-contact", "https://folje.example", "--concurrency", "5"},
	} {
		var said strings.Builder
		code := Run(context.Background(), append([]string{"worker", "--admin", "off"}, flags...), Files{}, io.Discard, &said)
		if code == 0 || !strings.Contains(said.String(), want) {
			t.Errorf("without %s it ended with %d: %s", want, code, said.String())
		}
	}
}

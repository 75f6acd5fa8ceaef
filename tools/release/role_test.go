package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"folje/internal/command"
)

// restart begins the part of a unit that says what the service may.
const restart = "Restart=always"

// TestRolesMayNoMoreThanTheServer looks that the units of a cluster's roles lock
// their programs in as the server's own does, and start them with flags and
// variables that there are.
func TestRolesMayNoMoreThanTheServer(t *testing.T) {
	_, locked, _ := strings.Cut(read(t, "folje.service"), restart)
	for _, role := range []string{"node", "worker", "edge", "natsd"} {
		t.Run(role, func(t *testing.T) {
			unit, conf := read(t, "folje-"+role+".service"), read(t, role+".conf")
			if _, own, _ := strings.Cut(unit, restart); own != locked {
				t.Error("it may something else than folje.service")
			}
			line := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/folje (.+)$`).FindStringSubmatch(unit)
			if line == nil || !strings.HasPrefix(line[1], role+" ") {
				t.Fatal("it starts nothing")
			}
			for _, file := range regexp.MustCompile(`/etc/folje/\S+`).FindAllString(line[1], -1) {
				if file != "/etc/folje/hooks" {
					t.Errorf("%s is root's, and no credential", file)
				}
			}
			for _, used := range regexp.MustCompile(`\$\{CREDENTIALS_DIRECTORY\}/(\S+)`).FindAllStringSubmatch(line[1], -1) {
				if !strings.Contains(unit, "\nLoadCredential="+used[1]+":/etc/folje/nats/") {
					t.Errorf("nothing hands the program the credential %s", used[1])
				}
			}
			for _, used := range regexp.MustCompile(`\$\{?(\w+)`).FindAllStringSubmatch(line[1], -1) {
				if used[1] != "CREDENTIALS_DIRECTORY" && !regexp.MustCompile(`(?m)^`+used[1]+`=`).MatchString(conf) {
					t.Errorf("%s is not in %s.conf", used[1], role)
				}
			}
			help := &bytes.Buffer{}
			if code := command.Run(t.Context(), []string{role, "--help"}, command.Files{}, help, help); code != 0 {
				t.Fatal(help)
			}
			for _, flag := range regexp.MustCompile(`--[a-z][a-z-]+`).FindAllString(line[1]+" "+withoutNotes(conf), -1) {
				if !strings.Contains(help.String(), flag+" ") {
					t.Errorf("%s has no flag %s", role, flag)
				}
			}
		})
	}
}

func withoutNotes(conf string) string {
	return regexp.MustCompile(`(?m)^#.*$`).ReplaceAllString(conf, "")
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "tools", "release", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

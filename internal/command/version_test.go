package command

import (
	"bytes"
	"runtime/debug"
	"strings"
	"testing"
	"testing/fstest"
)

func TestVersionNamesTheCommit(t *testing.T) {
	released := &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.0"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "4c7a87885b1c"}, {Key: "vcs.time", Value: "2026-11-22T13:00:00Z"},
		{Key: "GOOS", Value: "linux"}, {Key: "GOARCH", Value: "amd64"},
	}}
	changed := &debug.BuildInfo{Main: debug.Module{Version: "v1.2.0+dirty"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "4c7a87885b1c"}, {Key: "vcs.modified", Value: "true"},
	}}
	for want, info := range map[string]*debug.BuildInfo{
		"folje v1.2.0 (commit 4c7a87885b1c, 2026-11-22T13:00:00Z, go1.26.8, linux/amd64)\n": released,
		"folje v1.2.0+dirty (commit 4c7a87885b1c and changes)\n":                            changed,
		"folje devel (commit unknown)\n":                                                    {Main: debug.Module{Version: "(devel)"}},
	} {
		if got := describeBuild(info); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := describeBuild(nil); got != "folje devel (commit unknown)\n" {
		t.Errorf("without anything known: %q", got)
	}
}

func TestVersionAndLicencesArePrinted(t *testing.T) {
	files := Files{Public: fstest.MapFS{"licences.txt": {Data: []byte("Permission is hereby granted")}}}
	for args, want := range map[string]string{"--version": "folje ", "licences": "Permission is hereby granted"} {
		var out, stderr bytes.Buffer
		if code := Run(t.Context(), []string{args}, files, &out, &stderr); code != 0 || !strings.HasPrefix(out.String(), want) {
			t.Errorf("%s: %d, %s%s", args, code, out.String(), stderr.String())
		}
	}
}

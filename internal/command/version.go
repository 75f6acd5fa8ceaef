package command

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// unknown is the version of a program that was not built from a commit, as
// `go run` and tests build it.
const unknown = "devel"

// Version is what the running program calls itself: the tag of the commit that
// it was built from, such as v1.2.0, a pseudo-version where the commit has no
// tag, or "devel" where the compiler was not told of the commit.
func Version() string {
	info, _ := debug.ReadBuildInfo()
	return versionOf(info)
}

func versionOf(info *debug.BuildInfo) string {
	if info == nil || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return unknown
	}
	return info.Main.Version
}

// describeBuild is the line that `folje --version` prints: version, commit, the
// commit's time, and whether files differed from it.
func describeBuild(info *debug.BuildInfo) string {
	settings := map[string]string{}
	goes := ""
	if info != nil {
		goes = info.GoVersion
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
	}
	commit := settings["vcs.revision"]
	if commit == "" {
		commit = "unknown"
	}
	if settings["vcs.modified"] == "true" {
		commit += " and changes"
	}
	parts := []string{"commit " + commit}
	for _, more := range []string{settings["vcs.time"], goes, strings.Trim(settings["GOOS"]+"/"+settings["GOARCH"], "/")} {
		if more != "" {
			parts = append(parts, more)
		}
	}
	return fmt.Sprintf("folje %s (%s)\n", versionOf(info), strings.Join(parts, ", "))
}

// built is the description of the running program.
func built() string {
	info, _ := debug.ReadBuildInfo()
	return describeBuild(info)
}

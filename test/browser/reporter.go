package browser

import (
	"context"
	"os"
	"strings"
)

// Reporter is the part of testing.TB that the rig speaks to. Fatalf must not
// return. A program that isn't a test (the screenshots) brings its own.
type Reporter interface {
	Helper()
	Name() string
	Context() context.Context
	Cleanup(func())
	TempDir() string
	ArtifactDir() string
	Failed() bool
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Skipf(format string, args ...any)
}

// Require answers the path of an installed Chromium. Without one it skips the
// test and says what to install; where CI is set a missing browser fails.
func Require(r Reporter) string {
	r.Helper()
	path, err := Find()
	if err == nil {
		return path
	}
	if strings.EqualFold(os.Getenv("CI"), "true") {
		r.Fatalf("%v", err)
	}
	r.Skipf("browser test skipped: %v", err)
	return ""
}

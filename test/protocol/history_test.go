package protocol

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

// histories is how many are drawn: go test ./test/protocol -run Histories
// -rapid.checks 2000 draws more.
const histories = "300"

func TestHistories(t *testing.T) {
	if !given("rapid.checks") {
		set(t, "rapid.checks", histories)
	}
	rapid.Check(t, Histories(t, memory(t), NoBug))
}

// memory is a folder in memory where the system has one: what these histories
// kill are programs, not machines, and waiting for a disk shows nothing.
func memory(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "folje-protocol-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// given reports whether a flag was set on the command line.
func given(name string) (found bool) {
	flag.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// set sets a flag for this test.
func set(t *testing.T, name, value string) {
	t.Helper()
	before := flag.Lookup(name).Value.String()
	if err := flag.Set(name, value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set(name, before) })
}

// A test that finds nothing says nothing: these mistakes must be found.
func TestPlantedBugsAreFound(t *testing.T) {
	set(t, "rapid.checks", histories)
	set(t, "rapid.shrinktime", "1ms")
	set(t, "rapid.nofailfile", "true")
	for name, bug := range map[string]Bug{"drops on a plain 400": DropsOnBadRequest, "forgets its groups": ForgetsGroups, "renames": Renames} {
		t.Run(name, func(t *testing.T) {
			found := &verdictOf{name: t.Name()}
			done := make(chan struct{})
			go func() { // rapid ends a failed test's goroutine
				defer close(done)
				rapid.Check(found, Histories(t, memory(t), bug))
			}()
			<-done
			if !found.failed {
				t.Errorf("%s histories found nothing", histories)
			}
			t.Logf("%.2000s", found.said)
		})
	}
}

// verdictOf takes what rapid says of a property, in a test's place.
type verdictOf struct {
	name   string
	failed bool
	said   string
}

func (*verdictOf) Helper()        {}
func (v *verdictOf) Name() string { return v.name }
func (v *verdictOf) Failed() bool { return v.failed }
func (v *verdictOf) Fail()        { v.failed = true }
func (v *verdictOf) FailNow()     { v.failed = true; runtime.Goexit() }
func (*verdictOf) SkipNow()       { runtime.Goexit() }

func (v *verdictOf) Log(args ...any)                 { v.said += fmt.Sprintln(args...) }
func (v *verdictOf) Logf(format string, args ...any) { v.said += fmt.Sprintf(format+"\n", args...) }
func (v *verdictOf) Error(args ...any)               { v.Log(args...); v.Fail() }
func (v *verdictOf) Errorf(f string, args ...any)    { v.Logf(f, args...); v.Fail() }
func (v *verdictOf) Fatal(args ...any)               { v.Log(args...); v.FailNow() }
func (v *verdictOf) Fatalf(f string, args ...any)    { v.Logf(f, args...); v.FailNow() }
func (v *verdictOf) Skip(args ...any)                { v.Log(args...); v.SkipNow() }
func (v *verdictOf) Skipf(f string, args ...any)     { v.Logf(f, args...); v.SkipNow() }

package protocol

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

// TestMain chooses how much rapid does, where the command line doesn't; there
// is test/chaos/histories for many.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.checks": "300", "rapid.steps": "24", "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			panic(err) // rapid has no such flag any more
		}
	}
	flag.Parse()
	os.Exit(m.Run())
}

func TestHistories(t *testing.T) {
	t.Parallel()
	property, tally := Histories(t, NoBug)
	rapid.Check(t, property)
	t.Log(tally)
}

// A test that finds nothing says nothing: these mistakes must be found.
func TestPlantedBugsAreFound(t *testing.T) {
	t.Parallel()
	for name, bug := range map[string]Bug{"drops on a plain 400": DropsOnBadRequest, "forgets its groups": ForgetsGroups, "renames": Renames} {
		t.Run(name, func(t *testing.T) {
			found, n := &verdictOf{name: t.Name()}, 0
			property, _ := Histories(t, bug)
			for range 6 {
				done := make(chan struct{})
				go func() { // rapid ends a failed test's goroutine
					defer close(done)
					rapid.Check(found, func(t *rapid.T) {
						if found.failing {
							t.Fatal("found") // nobody needs this one shrunk
						}
						n, found.failing = n+1, true
						property(t)
						found.failing = false
					})
				}()
				if <-done; found.failed {
					break
				}
			}
			if !found.failed {
				t.Errorf("%d histories found nothing", n)
			}
			t.Logf("found in history %d", n)
		})
	}
}

// verdictOf takes what rapid says of a property, in a test's place.
type verdictOf struct {
	name            string
	failing, failed bool
	said            string
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

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// program lets the rig of the tests work outside a test: what would fail a
// test ends the program.
type program struct {
	ctx    context.Context
	folder string
	ends   []func()
	failed bool
}

// stopped is what Fatalf panics with.
type stopped struct{ why string }

func (p *program) Helper()                  {}
func (p *program) Name() string             { return "screenshots" }
func (p *program) Context() context.Context { return p.ctx }
func (p *program) Cleanup(end func())       { p.ends = append(p.ends, end) }
func (p *program) Failed() bool             { return p.failed }
func (p *program) ArtifactDir() string      { return os.TempDir() }

func (p *program) TempDir() string {
	folder, err := os.MkdirTemp(p.folder, "")
	if err != nil {
		p.Fatalf("%v", err)
	}
	return filepath.Clean(folder)
}

func (p *program) Logf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

func (p *program) Errorf(format string, args ...any) {
	p.failed = true
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}

func (p *program) Fatalf(format string, args ...any) {
	panic(stopped{fmt.Sprintf(format, args...)})
}

// Skipf ends the program: a picture that cannot be taken is not skipped.
func (p *program) Skipf(format string, args ...any) { p.Fatalf(format, args...) }

// run does the work, then what it left to clean up, last first.
func (p *program) run(work func()) (err error) {
	defer func() {
		for i := len(p.ends) - 1; i >= 0; i-- {
			p.ends[i]()
		}
		if err == nil && p.failed {
			err = fmt.Errorf("the pages had faults")
		}
	}()
	defer func() {
		switch why := recover().(type) {
		case nil:
		case stopped:
			err = fmt.Errorf("%s", why.why)
		default:
			panic(why)
		}
	}()
	work()
	return nil
}

// Package program lets the rig of the browser tests work in a program that is
// not a test: what would fail a test ends the program's work.
package program

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Program is a browser.Reporter.
type Program struct {
	ctx    context.Context
	folder string
	ends   []func()
	failed bool
}

// New makes a program that keeps its temporary files in folder.
func New(ctx context.Context, folder string) *Program { return &Program{ctx: ctx, folder: folder} }

// stopped is what Fatalf panics with.
type stopped struct{ why string }

// Helper does nothing: a program has no caller to blame.
func (p *Program) Helper() {}

// Name is the program's.
func (p *Program) Name() string { return filepath.Base(os.Args[0]) }

// Context is the one that New was given.
func (p *Program) Context() context.Context { return p.ctx }

// Cleanup keeps what Run does at its end.
func (p *Program) Cleanup(end func()) { p.ends = append(p.ends, end) }

// Failed reports whether Errorf or Fatalf was called.
func (p *Program) Failed() bool { return p.failed }

// ArtifactDir is the system's folder for temporary files, so that a picture of
// what failed outlives the program.
func (p *Program) ArtifactDir() string { return os.TempDir() }

// TempDir makes a folder inside the program's own.
func (p *Program) TempDir() string {
	folder, err := os.MkdirTemp(p.folder, "")
	if err != nil {
		p.Fatalf("%v", err)
	}
	return folder
}

// Logf prints a line.
func (p *Program) Logf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// Errorf prints what is wrong; the work goes on, and Run fails at its end.
func (p *Program) Errorf(format string, args ...any) {
	p.failed = true
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}

// Fatalf ends the work.
func (p *Program) Fatalf(format string, args ...any) {
	p.failed = true
	panic(stopped{fmt.Sprintf(format, args...)})
}

// Skipf ends the program: a picture that cannot be taken is not skipped.
func (p *Program) Skipf(format string, args ...any) { p.Fatalf(format, args...) }

// Run does the work, then what it left to clean up, last first. It answers
// what ended the work, or that the pages had faults.
func (p *Program) Run(work func()) (err error) {
	defer func() {
		for i := len(p.ends) - 1; i >= 0; i-- {
			p.ends[i]()
		}
		if err == nil && p.failed {
			err = errors.New("the pages had faults")
		}
	}()
	defer func() {
		switch why := recover().(type) {
		case nil:
		case stopped:
			err = errors.New(why.why)
		default:
			panic(why)
		}
	}()
	work()
	return nil
}

// Package side measures programs side by side: it starts them, drives them with
// the same client, and keeps what it saw in docs/performance.md.
package side

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Bounds of a program's beginning and end.
const (
	patience = 60 * time.Second
	between  = time.Millisecond // two questions whether it answers
)

// Process is a program that serves.
type Process struct {
	Address string
	Started time.Duration // from its start to its first answer

	command *exec.Cmd
	ended   chan error
	said    strings.Builder
}

// Start runs a program that will listen on the address, and returns when it
// answers 200 on the path.
func Start(ctx context.Context, address, path, name string, args ...string) (*Process, error) {
	p := &Process{Address: address, command: exec.Command(name, args...), ended: make(chan error, 1)}
	p.command.Stdout, p.command.Stderr = &p.said, &p.said
	begun := time.Now()
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	go func() { p.ended <- p.command.Wait() }()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(between)
	defer tick.Stop()
	for !answers(ctx, "http://"+address+path) {
		select {
		case err := <-p.ended:
			return nil, fmt.Errorf("%s ended: %w: %s", name, err, &p.said)
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), p.Stop())
		case <-tick.C:
		}
	}
	p.Started = time.Since(begun)
	return p, nil
}

func answers(ctx context.Context, url string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	r.Close = true
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// Memory is what of the program is in memory, and what of that is its own (not
// pages of its file), in bytes.
func (p *Process) Memory() (all, own int64, err error) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return 0, 0, fmt.Errorf("ask for a process's memory: %w", err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ":")
		kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
		switch name {
		case "VmRSS":
			all = kilobytes << 10
		case "RssAnon":
			own = kilobytes << 10
		}
	}
	return all, own, nil
}

// Processor is the time that the program has had of the processors.
func (p *Process) Processor() (busy time.Duration, err error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	for _, thread := range threads {
		raw, err := os.ReadFile(thread)
		if err != nil {
			return 0, fmt.Errorf("ask for a thread's time: %w", err)
		}
		first, _, _ := strings.Cut(string(raw), " ") // the others are waiting and turns
		nanoseconds, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("ask for a thread's time: %w", err)
		}
		busy += time.Duration(nanoseconds)
	}
	return busy, nil
}

// Stop ends the program and waits for its end.
func (p *Process) Stop() error {
	_ = p.command.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	select {
	case <-p.ended:
		return nil
	case <-time.After(patience):
		return errors.Join(errors.New("the program did not end"), p.command.Process.Kill())
	}
}

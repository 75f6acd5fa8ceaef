package elsewhere

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"folje/test/browser"
)

// closing is how long a program may take to end by itself before it is killed.
const closing = 5 * time.Second

// process is a program with all that it starts in turn.
type process struct {
	command *exec.Cmd
	ended   chan struct{}
	said    *said
}

// start runs the program until the end of the test.
func start(r browser.Reporter, command *exec.Cmd) *process {
	r.Helper()
	p := &process{command: command, ended: make(chan struct{}), said: &said{}}
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Stdout, command.Stderr = p.said, p.said
	if err := command.Start(); err != nil {
		r.Fatalf("start %s: %v", command.Path, err)
	}
	go func() {
		_ = command.Wait()
		close(p.ended)
	}()
	r.Cleanup(p.end)
	return p
}

// end asks the program to end, and then ends it with everything it started.
func (p *process) end() {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(closing):
	}
	_ = syscall.Kill(-p.command.Process.Pid, syscall.SIGKILL)
	<-p.ended
}

// said keeps the last of what a program printed, and can be waited on.
type said struct {
	mu   sync.Mutex
	kept []byte
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = append(s.kept, p...)
	s.kept = s.kept[max(0, len(s.kept)-8<<10):]
	return len(p), nil
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(bytes.TrimSpace(s.kept))
}

// require answers the path of an installed program, the first of the names. It
// skips the test without one; where CI is set a missing browser fails.
func require(r browser.Reporter, debian string, names ...string) string {
	r.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		r.Fatalf("%v is not installed (Debian: apt-get install %s)", names, debian)
	}
	r.Skipf("browser test skipped: %v is not installed (Debian: apt-get install %s)", names, debian)
	return ""
}

// poll asks until try says yes, the program ends or the time is up.
func (p *process) poll(what string, try func() bool) error {
	end, tick := time.After(patience), time.NewTicker(20*time.Millisecond)
	defer tick.Stop()
	for !try() {
		select {
		case <-p.ended:
			return fmt.Errorf("%s: %s ended; it said: %s", what, p.command.Path, p.said)
		case <-end:
			return fmt.Errorf("%s: not within %v; %s said: %s", what, patience, p.command.Path, p.said)
		case <-tick.C:
		}
	}
	return nil
}

package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// Bounds of a process's beginning and end.
const (
	starting = 60 * time.Second
	stopping = 20 * time.Second
	between  = 20 * time.Millisecond // two questions whether it is ready
)

// Server is one running `folje serve --demo`. Its address and its folder stay
// the same over Stop and Start.
type Server struct {
	Origin string // http://127.0.0.1:port
	Dir    string
	// Environ are variables beside those of this process.
	Environ []string

	binary  string
	admin   string
	extra   []string
	command *exec.Cmd
	ended   chan struct{}
	log     log
}

// New prepares a server on two free ports of the loopback; Start runs it.
// What staff publish goes out at once. Extra flags are handed to serve, and win.
func New(binary, dir string, extra ...string) (*Server, error) {
	public, err := Free()
	if err != nil {
		return nil, err
	}
	admin, err := Free()
	if err != nil {
		return nil, err
	}
	return &Server{Origin: "http://" + public, Dir: dir, binary: binary, admin: admin, extra: extra}, nil
}

// Free answers an address that nobody listened on a moment ago.
func Free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return l.Addr().String(), l.Close()
}

// Start runs the program and returns when it says that it is ready.
func (s *Server) Start(ctx context.Context) error {
	args := []string{"serve", "--demo", "--http", s.Origin[len("http://"):], "--admin", s.admin, "--dir", s.Dir, "--undo", "0s"}
	s.command = exec.Command(s.binary, append(args, s.extra...)...)
	s.command.Env = append(os.Environ(), s.Environ...)
	s.command.Stdout, s.command.Stderr = &s.log, &s.log
	if err := s.command.Start(); err != nil {
		return fmt.Errorf("start %s: %w", s.binary, err)
	}
	ended := make(chan struct{})
	s.ended = ended
	go func() {
		_ = s.command.Wait()
		close(ended)
	}()
	if err := s.ready(ctx); err != nil {
		_ = s.Stop()
		return fmt.Errorf("wait for %s: %w; it said:\n%s", s.Origin, err, s.Log())
	}
	return nil
}

// ready asks the process until it answers, ends or takes too long.
func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, starting)
	defer cancel()
	tick := time.NewTicker(between)
	defer tick.Stop()
	for {
		if s.answers(ctx) {
			return nil
		}
		select {
		case <-s.ended:
			return errors.New("the program ended")
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

func (s *Server) answers(ctx context.Context) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Origin+"/readyz", nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// Stop asks the program to end and waits for its end.
func (s *Server) Stop() error { return s.end(syscall.SIGTERM) }

// Kill ends the program as a power cut does.
func (s *Server) Kill() error { return s.end(syscall.SIGKILL) }

func (s *Server) end(signal syscall.Signal) error {
	if s.command == nil {
		return nil
	}
	_ = s.command.Process.Signal(signal) // it may have ended by itself
	select {
	case <-s.ended:
		s.command = nil
		return nil
	case <-time.After(stopping):
		_ = s.command.Process.Kill()
		<-s.ended
		s.command = nil
		return fmt.Errorf("the program did not end within %v of %v", stopping, signal)
	}
}

// Run runs another of the program's commands on the data folder of a server
// that is stopped, and answers what it printed.
func (s *Server) Run(ctx context.Context, args ...string) (string, error) {
	command := exec.CommandContext(ctx, s.binary, append(args, "--dir", s.Dir)...)
	said, err := command.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("run %q: %w; it said:\n%s", args, err, said)
	}
	return string(said), nil
}

// Program is the path of the program that the server runs.
func (s *Server) Program() string { return s.binary }

// Dashboard is the address of the listener for whoever runs the machine.
func (s *Server) Dashboard() string { return "http://" + s.admin }

// Log answers what the program has printed so far.
func (s *Server) Log() string { return s.log.String() }

// log keeps what a process prints.
type log struct {
	mu   sync.Mutex
	kept []byte
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept = append(l.kept, p...)
	return len(p), nil
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.kept)
}

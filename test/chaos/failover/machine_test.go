//go:build unix

package failover_test

import (
	"bufio"
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"folje/test/protocol"
)

// machine is a node of the cluster: a data folder, an address, and the program
// while it runs.
type machine struct {
	name, dir, address string

	mu    sync.Mutex
	cmd   *exec.Cmd
	said  bytes.Buffer
	ended chan struct{} // closed when the program has ended
	lines chan string   // what it says that tests wait for
}

func newMachine(t *testing.T, name, dir string) *machine {
	return &machine{name: name, dir: dir, address: protocol.FreeAddress(t)}
}

// start starts the program; it stands by first.
func (m *machine) start(t *testing.T, c *rig) {
	t.Helper()
	args := []string{"node", "--name", m.name, "--dir", m.dir, "--http", m.address, "--admin", "off", "--undo", "0s",
		"--hooks", filepath.Join(m.dir, "no-hooks"), "--nats", c.nats.URL(), "--nats-replicas", c.replicas, "--replica", c.copies}
	if *durable {
		args = append(args, "--durable", "--storage", "shared")
	}
	cmd := exec.Command(c.program, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatalf("start the program: %v", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cmd, m.ended, m.lines = cmd, make(chan struct{}), make(chan string, 1024)
	go m.read(bufio.NewScanner(out), cmd, m.ended, m.lines)
}

func (m *machine) read(out *bufio.Scanner, cmd *exec.Cmd, ended chan struct{}, lines chan string) {
	for out.Scan() {
		m.mu.Lock()
		m.said.WriteString(out.Text() + "\n")
		m.mu.Unlock()
		select {
		case lines <- out.Text():
		default:
		}
	}
	_ = cmd.Wait() // it ends as it was told to
	close(ended)
}

// says waits until the program says a line with the text, and reports whether it
// did before it ended.
func (m *machine) says(text string) bool {
	m.mu.Lock()
	lines, ended := m.lines, m.ended
	m.mu.Unlock()
	for {
		select {
		case line := <-lines:
			if strings.Contains(line, text) {
				return true
			}
		case <-ended:
			return false
		}
	}
}

func (m *machine) signal(s syscall.Signal) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.cmd != nil {
		_ = syscall.Kill(-m.cmd.Process.Pid, s)
	}
}

// end ends the program with a signal, and waits.
func (m *machine) end(s syscall.Signal) {
	m.signal(s)
	if m.ended != nil {
		<-m.ended
	}
}

// wipe removes the machine's disk, and puts a new one in: with the keys, which
// every node gets when it is set up.
func (m *machine) wipe(t *testing.T, keys string) {
	t.Helper()
	if err := os.RemoveAll(m.dir); err != nil {
		t.Fatal(err)
	}
	m.equip(t, keys)
}

func (m *machine) equip(t *testing.T, keys string) {
	t.Helper()
	to := filepath.Join(m.dir, "keys")
	if err := os.MkdirAll(to, 0o700); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(keys, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, d.Name()), raw, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// log is all that the program said.
func (m *machine) log() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.said.String()
}

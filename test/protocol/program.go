//go:build unix

package protocol

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"folje/test/demo"
)

// Built is the path of the program, built once for this process; it is left to
// the cleaning of the system's temporary folder.
var Built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "folje-program-*")
	if err != nil {
		return "", err
	}
	return demo.Build(context.Background(), dir)
})

// Program is the real program as a process of its own.
type Program struct {
	Origin string
	*exec.Cmd
	said bytes.Buffer
}

// Run starts the program over the data folder and returns when it serves. The
// command before it, if any, runs it (strace). Address is host:port.
func Run(tb testing.TB, dir, address string, before ...string) *Program {
	tb.Helper()
	path, err := Built()
	if err != nil {
		tb.Fatalf("build the program: %v", err)
	}
	return RunWith(tb, Variant{Command: append(before, path)}, dir, address)
}

// Variant is how a program is run otherwise than as usual.
type Variant struct {
	Command []string // what is run instead of the program
	Flags   []string // more of them
	Environ []string // more variables
}

// RunWith is [Run] for a variant of the program.
func RunWith(tb testing.TB, v Variant, dir, address string) *Program {
	tb.Helper()
	args := slices.Concat(v.Command, []string{"serve", "--dir", dir, "--http", address, "--admin", "off", "--undo", "0s",
		"--hooks", filepath.Join(dir, "no-hooks")}, v.Flags)
	p := &Program{Origin: "http://" + address, Cmd: exec.Command(args[0], args[1:]...)}
	p.Env, p.Stderr, p.SysProcAttr = append(os.Environ(), v.Environ...), &p.said, &syscall.SysProcAttr{Setpgid: true}
	out, err := p.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := p.Start(); err != nil {
		tb.Fatalf("start the program: %v", err)
	}
	tb.Cleanup(func() { p.End(syscall.SIGKILL) })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "serves") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return p
		}
	}
	_ = p.Wait()
	tb.Fatalf("the program ended: %s", p.said.String())
	return nil
}

// End sends the program, and what runs it, a signal, and waits for their end.
// What has ended is left alone.
func (p *Program) End(signal syscall.Signal) {
	if p.ProcessState != nil {
		return
	}
	_ = syscall.Kill(-p.Process.Pid, signal)
	_ = p.Wait() // it ends as it was told to
}

// Ask sends the program a request; it fails where no whole answer came.
func (p *Program) Ask(client *http.Client, authorization, method, path string, body any) (Reply, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return Reply{}, err
	}
	r, err := http.NewRequest(method, p.Origin+path, bytes.NewReader(raw))
	if err != nil {
		return Reply{}, err
	}
	r.Header.Set("Content-Type", "application/json")
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	res, err := client.Do(r)
	if err != nil {
		return Reply{}, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	return Reply{Status: res.StatusCode, Header: res.Header, Body: answer}, err
}

// FreeAddress is [demo.Free] for a test.
func FreeAddress(tb testing.TB) string {
	tb.Helper()
	address, err := demo.Free()
	if err != nil {
		tb.Fatal(err)
	}
	return address
}

//go:build unix

package cluster_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"folje/test/demo"
	"folje/test/protocol"

	_ "modernc.org/sqlite" // to look at the writer's database beside it
)

// built is the path of the program that reaches the stand-in of a push service.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "folje-program-*")
	if err != nil {
		return "", err
	}
	return demo.BuildOf(context.Background(), dir, filepath.Join("test", "push", "program"))
})

// process is one role as a program of its own, which comes and goes.
type process struct {
	name, address string // address is where it answers; "" for none
	args, env     []string
	says          string // a line with this says that it works

	cmd  *exec.Cmd
	said *bytes.Buffer
}

// rig is a cluster on this machine: three NATS servers, a writer, two workers
// and two edges.
type rig struct {
	*testing.T
	ctx     context.Context
	dir     string
	town    protocol.Town
	natsds  []*process
	writer  *process
	workers []*process
	edges   []*process
}

func newRig(ctx context.Context, t *testing.T, dir string, town protocol.Town, s *sink) *rig {
	r := &rig{T: t, ctx: ctx, dir: dir, town: town}
	url := r.planNATS()
	environment := s.environment(t)
	at := protocol.FreeAddress(t)
	r.writer = &process{name: "the writer", address: at, says: "serves", env: environment, args: []string{
		"serve", "--dir", dir, "--http", at, "--admin", "off", "--undo", "0s", "--hooks", filepath.Join(dir, "no-hooks"),
		"--push-contact", "https://folje.example", "--nats", url,
	}}
	for n := range 2 {
		r.workers = append(r.workers, &process{name: fmt.Sprint("worker ", n), says: "work",
			env:  append([]string{"FOLJE_VAPID_KEY_FILE=" + filepath.Join(dir, "keys", "vapid.json")}, environment...),
			args: []string{"worker", "--nats", url, "--push-contact", "https://folje.example", "--admin", "off"}})
		at := protocol.FreeAddress(t)
		r.edges = append(r.edges, &process{name: fmt.Sprint("edge ", n), address: at, says: "serves", args: []string{
			"edge", "--nats", url, "--writer", "http://" + r.writer.address, "--http", at, "--admin", "off"}})
	}
	t.Cleanup(func() { r.end(syscall.SIGKILL) })
	return r
}

// planNATS plans three servers that know each other, and says where they are.
func (r *rig) planNATS() (url string) {
	var clients, routes []string
	for range 3 {
		clients, routes = append(clients, protocol.FreeAddress(r)), append(routes, protocol.FreeAddress(r))
	}
	for n := range 3 {
		args := []string{"natsd", "--name", fmt.Sprint("n", n), "--dir", filepath.Join(r.TempDir(), "nats"),
			"--listen", clients[n], "--cluster-listen", routes[n], "--monitor", "off"}
		for other := range 3 {
			if other != n {
				args = append(args, "--route", routes[other])
			}
		}
		r.natsds = append(r.natsds, &process{name: fmt.Sprint("NATS server ", n), says: "serves", args: args})
	}
	return "nats://" + strings.Join(clients, ",nats://")
}

func (r *rig) startAll() {
	for _, p := range r.natsds {
		r.start(p)
	}
	r.start(r.writer)
	for _, p := range append(r.workers, r.edges...) {
		r.start(p)
	}
	for _, p := range append([]*process{r.writer}, r.edges...) {
		r.until(p.name+" is ready", func() bool {
			status, _, err := ask(r.ctx, "", http.MethodGet, "http://"+p.address+"/readyz", nil)
			return err == nil && status == http.StatusOK
		})
	}
}

// start starts a program, and returns when it says that it works.
func (r *rig) start(p *process) {
	r.Helper()
	path, err := built()
	if err != nil {
		r.Fatal(err)
	}
	p.cmd, p.said = exec.Command(path, p.args...), &bytes.Buffer{}
	p.cmd.Env, p.cmd.SysProcAttr, p.cmd.Stderr = append(os.Environ(), p.env...), &syscall.SysProcAttr{Setpgid: true}, p.said
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		r.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		r.Fatalf("start %s: %v", p.name, err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(lines.Text(), p.says) {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return
		}
	}
	_ = p.cmd.Wait()
	r.Fatalf("%s ended: %s", p.name, p.said)
}

// crash is one program that is killed with -9, and later started again.
type crash struct {
	name string
	who  *process
}

func (r *rig) crashes() []crash {
	return []crash{{"a worker", r.workers[0]}, {"a NATS server", r.natsds[0]}, {"the writer", r.writer}}
}

func (r *rig) crash(c crash) {
	r.Helper()
	r.Logf("kill -9: %s", c.name)
	stop(c.who, syscall.SIGKILL)
	r.start(c.who)
}

func stop(p *process, with syscall.Signal) {
	if p == nil || p.cmd == nil || p.cmd.Process == nil || p.cmd.ProcessState != nil {
		return
	}
	_ = syscall.Kill(-p.cmd.Process.Pid, with)
	_ = p.cmd.Wait() // it ends as it was told to
}

// end ends everything, the servers that others need last.
func (r *rig) end(with syscall.Signal) {
	for _, p := range append(append(append([]*process{}, r.edges...), r.workers...), append([]*process{r.writer}, r.natsds...)...) {
		stop(p, with)
		if r.Failed() && p.said != nil && p.said.Len() > 0 {
			text := p.said.String()
			r.Logf("%s said:\n%s", p.name, text[max(0, len(text)-3000):])
		}
	}
}

// publish writes a letter and publishes it, however often that takes. The
// channel is closed when it was acknowledged.
func (r *rig) publish(n int) <-chan struct{} {
	done := make(chan struct{})
	var d struct {
		ID   string
		Base int
	}
	r.must(r.until, "/api/collections/letters/records", map[string]any{
		"unit": r.town.Unit, "groups": r.town.Groups[:1], "title": fmt.Sprintf("Brev %d", n), "question": "Hur kan vi hjälpas åt?",
		"blocks": []map[string]any{{"id": "a", "kind": "paragraph", "text": fmt.Sprintf("Detta är brev %d.", n)}}, "base": 0,
	}, &d)
	go func() {
		r.must(r.until, protocol.API+"staff/letters/"+d.ID+"/publish", map[string]any{"base": d.Base}, nil)
		close(done)
	}()
	return done
}

// must asks the writer, as the editor, until it answers 200.
func (r *rig) must(until func(string, func() bool), path string, body, into any) {
	until(path, func() bool {
		status, raw, err := ask(r.ctx, r.town.Editor, http.MethodPost, "http://"+r.writer.address+path, body)
		if err != nil || status >= http.StatusInternalServerError {
			return false
		}
		if status != http.StatusOK {
			r.Errorf("%s: %d %s", path, status, raw)
			return true
		}
		if into != nil {
			if err := json.Unmarshal(raw, into); err != nil {
				r.Error(err)
			}
		}
		return true
	})
}

// until asks again until it is so.
func (r *rig) until(what string, so func() bool) {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-tick.C:
		case <-r.ctx.Done():
			r.Errorf("waited in vain until %s", what)
			return
		}
	}
}

func (r *rig) wait(done <-chan struct{}, what string) {
	r.Helper()
	select {
	case <-done:
	case <-r.ctx.Done():
		r.Fatalf("waited in vain for %s", what)
	}
}

// settle waits until the writer has written down that all has rung.
func (r *rig) settle() {
	r.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(r.dir, "data.db")+"?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		r.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	r.until("the outbox is done", func() bool {
		var undone int
		err := db.QueryRowContext(r.ctx, `SELECT count(*) FROM outbox WHERE done = ''`).Scan(&undone)
		return err == nil && undone == 0
	})
}

func ask(ctx context.Context, authorization, method, url string, body any) (status int, answer []byte, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	request, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(raw))
	if err != nil {
		return 0, nil, err
	}
	if method == http.MethodGet {
		request.Body, request.ContentLength = nil, 0
	}
	request.Header.Set("Content-Type", "application/json")
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 15 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(response.Body)
	return response.StatusCode, answer, err
}

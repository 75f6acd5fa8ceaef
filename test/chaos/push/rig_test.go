//go:build unix

package push_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"folje/test/demo"
	"folje/test/protocol"
)

// built is the path of the program that reaches the stand-in of a push service.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "folje-program-*")
	if err != nil {
		return "", err
	}
	return demo.BuildOf(context.Background(), dir, filepath.Join("test", "push", "program"))
})

// rig is the program, which comes and goes, and the staff who publish.
type rig struct {
	*testing.T
	ctx         context.Context
	dir         string
	town        protocol.Town
	address     string
	environment []string
	flags       []string
	letters     []draft
	asked       chan struct{} // closed when publishing was asked for

	mu      sync.Mutex
	program *protocol.Program
	up      chan struct{} // closed when the program serves
}

type draft struct {
	ID   string
	Base int
}

// start starts the program, and returns when it serves.
func (r *rig) start() {
	r.Helper()
	path, err := built()
	if err != nil {
		r.Fatal(err)
	}
	flags := append([]string{"--push-contact", "https://folje.example"}, r.flags...)
	p := protocol.RunWith(r, protocol.Variant{
		Command: []string{path}, Flags: flags, Environ: r.environment,
	}, r.dir, r.address)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.program = p
	if r.up == nil {
		r.up = make(chan struct{})
	}
	close(r.up)
}

func (r *rig) kill() {
	r.mu.Lock()
	r.up = make(chan struct{})
	program := r.program
	r.mu.Unlock()
	program.End(syscall.SIGKILL)
}

// settle waits until the program has written down that the last letter's phones
// have all rung, which is after the last of them has.
func (r *rig) settle() {
	r.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(r.dir, "data.db")+"?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		r.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		var undone int
		if err := db.QueryRowContext(r.ctx, `SELECT count(*) FROM outbox WHERE done = ''`).Scan(&undone); err != nil {
			r.Fatalf("wait for %d rows of the outbox: %v", undone, err)
		}
		if undone == 0 {
			return
		}
		<-tick.C
	}
}

// stop lets the program end in good order.
func (r *rig) stop() { r.program.End(syscall.SIGTERM) }

// serving waits until the program does.
func (r *rig) serving() bool {
	r.mu.Lock()
	up := r.up
	r.mu.Unlock()
	select {
	case <-up:
		return true
	case <-r.ctx.Done():
		return false
	}
}

// draft writes a letter that is not published yet.
func (r *rig) draft(n int) {
	r.Helper()
	var d draft
	status, err := r.ask(r.ctx, "/api/collections/letters/records", map[string]any{
		"unit": r.town.Unit, "groups": r.town.Groups[:1], "title": fmt.Sprintf("Brev %d", n), "question": "Hur kan vi hjälpas åt?",
		"blocks": []map[string]any{{"id": "a", "kind": "paragraph", "text": fmt.Sprintf("Detta är brev %d.", n)}}, "base": 0,
	}, &d)
	if err != nil || status != http.StatusOK {
		r.Fatalf("write a letter: %d %v", status, err)
	}
	r.letters = append(r.letters, d)
}

// publish publishes the letter, however often the program is killed meanwhile.
// The channel is closed when that was acknowledged.
func (r *rig) publish(n int) <-chan struct{} {
	done, asked := make(chan struct{}), make(chan struct{})
	r.asked = asked
	var once sync.Once
	trace := httptrace.WithClientTrace(r.ctx, &httptrace.ClientTrace{
		WroteRequest: func(httptrace.WroteRequestInfo) { once.Do(func() { close(asked) }) },
	})
	go func() {
		for r.serving() {
			status, err := r.ask(trace, protocol.API+"staff/letters/"+r.letters[n].ID+"/publish", map[string]any{"base": r.letters[n].Base}, nil)
			if err == nil && status == http.StatusOK {
				close(done)
				return
			}
			if err == nil {
				r.Errorf("publish letter %d: %d", n, status)
				return
			}
		}
	}()
	return done
}

// ask asks the program, as the editor.
func (r *rig) ask(ctx context.Context, path string, body, into any) (status int, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+r.address+path, bytes.NewReader(raw))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", r.town.Editor)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || into == nil {
		return response.StatusCode, err
	}
	return response.StatusCode, json.Unmarshal(answer, into)
}

package backup

import (
	"bufio"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"folje/test/demo"
)

// rig is a server's machine: the program, its folders and the key.
type rig struct {
	t                                 *testing.T
	program, dir, to, key, public, at string
	server                            *exec.Cmd
}

func newRig(t *testing.T) *rig {
	t.Helper()
	program, err := demo.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, program: program, dir: filepath.Join(t.TempDir(), "data"), to: t.TempDir(),
		key: filepath.Join(t.TempDir(), "key"), public: id.Recipient().String()}
	if err := os.WriteFile(r.key, []byte(id.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.kill)
	return r
}

// serve starts the server and returns when it says that it serves.
func (r *rig) serve() {
	r.t.Helper()
	at, err := demo.Free()
	if err != nil {
		r.t.Fatal(err)
	}
	r.at = at
	r.server = exec.Command(r.program, "serve", "--dir", r.dir, "--http", r.at, "--admin", "off",
		"--trusted-proxy", "127.0.0.1", "--undo", "0s", "--hooks", filepath.Join(r.dir, "none"))
	out, err := r.server.StdoutPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	var says strings.Builder
	r.server.Stderr = &says
	if err := r.server.Start(); err != nil {
		r.t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(lines.Text(), "serves") {
			return
		}
	}
	r.t.Fatalf("the server did not start: %v %s", r.server.Wait(), says.String())
}

// kill ends the server as a power cut would.
func (r *rig) kill() {
	if r.server == nil {
		return
	}
	_ = r.server.Process.Kill()
	_ = r.server.Wait()
	r.server = nil
}

// run carries out a command of the program to its end. Names have the second
// in them: where one is taken, the next second is tried.
func (r *rig) run(args ...string) {
	r.t.Helper()
	for end := time.Now().Add(10 * time.Second); ; {
		out, err := exec.Command(r.program, args...).CombinedOutput()
		if err == nil {
			return
		}
		taken := strings.Contains(string(out), "one archive a second") || strings.Contains(string(out), "wait a second")
		if !taken || time.Now().After(end) {
			r.t.Fatalf("%v: %v: %s", args, err, out)
		}
	}
}

// killed carries out a command and kills it at a random moment within the
// time given, and reports whether it had not ended by then.
func (r *rig) killed(within time.Duration, args ...string) bool {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), rand.N(within))
	defer cancel()
	out, err := exec.CommandContext(ctx, r.program, args...).CombinedOutput()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.Exited() {
		r.t.Fatalf("%v: %v: %s", args, err, out)
	}
	return err != nil
}

func (r *rig) archives() []string {
	r.t.Helper()
	found, err := filepath.Glob(filepath.Join(r.to, "folje-*.tar.gz.age"))
	if err != nil {
		r.t.Fatal(err)
	}
	return found
}

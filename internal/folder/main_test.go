package folder

import (
	"flag"
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestMain lets the test binary be the process that a test kills: called as
// "crash DIR STEP HOW" it replaces DIR and is gone before STEP.
func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Arg(0) == "crash" {
		os.Exit(crash(flag.Arg(1), flag.Arg(2), flag.Arg(3)))
	}
	os.Exit(m.Run())
}

func crash(dir, at, how string) int {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	if at == "" {
		now = now.Add(time.Hour)
	}
	r, err := Replace(dir, "test", now)
	if err != nil {
		println(err.Error())
		return 1
	}
	defer r.Close()
	if how == "renames" {
		r.exchange = func(string, string) error { return errNoExchange }
	}
	die := func(step string) {
		if step == at {
			if self, err := os.FindProcess(os.Getpid()); err == nil {
				_ = self.Kill()
			}
			select {} // the signal is on its way
		}
	}
	die("build")
	for _, name := range []string{"data.db", "other"} {
		if err := os.WriteFile(r.Path()+"/"+name, []byte("new"), 0o600); err != nil {
			println(err.Error())
			return 1
		}
		die("half")
	}
	if _, err := r.Commit(die); err != nil {
		println(err.Error())
		return 1
	}
	return 0
}

// replaceUntil replaces dir in a process of its own that is killed at the step.
func replaceUntil(t *testing.T, dir, step, how string) (killed bool) {
	t.Helper()
	out, err := exec.Command(os.Args[0], "crash", dir, step, how).CombinedOutput()
	if err == nil {
		return false
	}
	if exit, ok := err.(*exec.ExitError); !ok || exit.Exited() {
		t.Fatalf("%v: %s", err, out)
	}
	return true
}

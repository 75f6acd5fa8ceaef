package machine_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"folje/internal/machine"
)

// modes is where Debian has the directions that Apertium translates in.
const modes = "/usr/share/apertium/modes"

// openApertium starts Debian's Apertium APy on a free port.
func openApertium(t *testing.T) machine.Engine {
	t.Helper()
	program, err := exec.LookPath("apertium-apy")
	if err == nil {
		_, err = os.Stat(modes + "/swe-nob.mode")
	}
	if err == nil {
		_, err = exec.LookPath("rtx-proc")
	}
	if err != nil {
		missing := fmt.Sprintf("no engine to try (Debian: apt-get install apertium-apy apertium-swe-nor apertium-recursive): %v", err)
		if os.Getenv("CI") != "" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	port := freePort(t)
	cmd := exec.Command(program, "-p", port, modes)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "PYTHONDONTWRITEBYTECODE=1")
	cmd.Dir = t.TempDir()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // its pipes of programs end with it
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-ended
		if t.Failed() {
			t.Log(said.String())
		}
	})
	e, err := machine.Open("apertium=http://127.0.0.1:"+port, false)
	if err != nil {
		t.Fatal(err)
	}
	awaitEngine(t, e, ended)
	return e
}

func awaitEngine(t *testing.T, e machine.Engine, ended <-chan struct{}) {
	t.Helper()
	tick, end := time.NewTicker(50*time.Millisecond), time.After(60*time.Second)
	defer tick.Stop()
	for {
		if _, err := e.Pairs(t.Context()); err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-ended:
			t.Fatal("the engine ended")
		case <-end:
			t.Fatal("the engine doesn't answer")
		}
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// A real engine drafts a letter: Swedish into Bokmål, which is no locale of the
// app's but the only direction out of Swedish that Debian has engines for.
func TestARealEngineDraftsALetter(t *testing.T) {
	e := openApertium(t)
	p := openWith(t, e, nil, withBokmal(t), "nb", false)
	const (
		welcome = "Välkommen till föräldramötet i Blåsippan kl. 18.00."
		call    = "Ring 08-123 45 67 om ni inte kan komma."
		link    = "Läs mer på https://skolan.example/mote?a=1&b=2."
		odd     = "Ta med frukt & en vän < 3 år."
	)
	id := p.write("Hur kan vi hjälpas åt så att barnen får sova gott?", strings.Join([]string{welcome, call, link, odd}, " "), nil)
	p.publish(id)
	p.round()
	for sentence, words := range map[string][]string{
		"Hur kan vi hjälpas åt så att barnen får sova gott?": {"Hvordan", "barna", "?"},
		welcome: {"Velkommen til", "Blåsippan", "kl. 18.00."},
		call:    {"08-123 45 67", "ikke kan komme"},
		link:    {"Les mer", "https://skolan.example/mote?a=1&b=2."},
		odd:     {"&", "venn", "< 3"},
	} {
		got, status, engine := p.text(sentence, "nb")
		if status != "machine" || engine != "apertium" {
			t.Errorf("%s: %q, %s by %s, noted %v", sentence, got, status, engine, p.job(sentence, "nb"))
			continue
		}
		t.Log(got)
		for _, w := range words {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q has no %q", sentence, got, w)
			}
		}
	}
	for _, v := range p.places(p.admin, id, "nb") {
		if v["state"] != "machine" {
			t.Errorf("the desk says %v", v)
		}
	}
}

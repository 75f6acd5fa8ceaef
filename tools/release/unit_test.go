package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// machine is a computer with nothing on it but the program and its configuration: a folder that the program takes for
// the whole file system. No PATH, no shell, no libraries, no time zones, no certificates.
type machine struct {
	t    *testing.T
	root string
	conf map[string]string
}

// nobody is the user that the program runs as.
const nobody = 65532

func newMachine(t *testing.T, folder string) *machine {
	m := &machine{t: t, root: t.TempDir(), conf: map[string]string{}}
	m.must(os.Chmod(m.root, 0o755))
	for _, dir := range []string{"usr/local/bin", "etc/folje", "var/lib/folje"} {
		m.must(os.MkdirAll(filepath.Join(m.root, dir), 0o755))
	}
	program, err := os.ReadFile(filepath.Join(folder, "folje"))
	m.must(err)
	m.must(os.WriteFile(filepath.Join(m.root, "usr/local/bin/folje"), program, 0o755))
	if os.Geteuid() == 0 {
		m.must(os.Chown(filepath.Join(m.root, "var/lib/folje"), nobody, nobody))
	}
	conf, err := os.ReadFile(filepath.Join(folder, "folje.conf"))
	m.must(err)
	for line := range strings.Lines(string(conf)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.HasPrefix(line, "#") {
			m.conf[name] = value
		}
	}
	m.conf["LISTEN"], m.conf["ADMIN"] = free(t), free(t)
	m.conf["ORIGIN"] = "http://" + m.conf["LISTEN"] // no proxy stands before it
	return m
}

func (m *machine) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func free(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// command is a program of the machine, started as systemd does: nothing in the environment but the configuration.
func (m *machine) command(words ...string) *exec.Cmd {
	c := exec.Command(words[0], words[1:]...)
	c.Env = []string{"PATH="}
	for name, value := range m.conf {
		c.Env = append(c.Env, name+"="+value)
	}
	c.Dir = "/var/lib/folje"
	c.SysProcAttr = &syscall.SysProcAttr{Chroot: m.root}
	if os.Geteuid() == 0 {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	} else {
		c.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return c
}

// run runs it to its end and answers what it printed.
func (m *machine) run(words ...string) string {
	m.t.Helper()
	out, err := m.command(words...).CombinedOutput()
	if err != nil {
		m.t.Fatalf("%q: %v\n%s", words, err, out)
	}
	return string(out)
}

// execStart is the unit's command line with the configuration put in as systemd does: ${NAME} is one word, $NAME as many
// as it has.
func (m *machine) execStart(unit string) (words []string) {
	m.t.Helper()
	text, err := os.ReadFile(unit)
	m.must(err)
	line := regexp.MustCompile(`(?m)^ExecStart=(.+)$`).FindStringSubmatch(string(text))
	if line == nil {
		m.t.Fatal("the unit starts nothing")
	}
	for _, word := range strings.Fields(line[1]) {
		name, one := strings.CutPrefix(word, "${")
		switch {
		case one:
			value, known := m.conf[strings.TrimSuffix(name, "}")]
			if !known {
				m.t.Fatalf("%s is not in the configuration", word)
			}
			words = append(words, value)
		case strings.HasPrefix(word, "$"):
			words = append(words, strings.Fields(m.conf[word[1:]])...)
		default:
			words = append(words, word)
		}
	}
	return words
}

// kept is what a running program prints.
type kept struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (k *kept) Write(b []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.text.Write(b)
}

func (k *kept) String() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.text.String()
}

// serves starts the unit's command line and waits until it can serve; end asks it to end as systemd does, and looks that
// it does so in good order.
func (m *machine) serves(unit string) (end func()) {
	m.t.Helper()
	c, said := m.command(m.execStart(unit)...), &kept{}
	c.Stdout, c.Stderr = said, said
	m.must(c.Start())
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	stopped := false
	stop := func() {
		if stopped {
			return
		}
		stopped = true
		_ = c.Process.Signal(syscall.SIGTERM)
		if err := <-ended; err != nil {
			m.t.Errorf("it ended with %v\n%s", err, said)
		}
	}
	m.t.Cleanup(stop)
	patience, tick := time.After(time.Minute), time.NewTicker(20*time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			ended <- err
			m.t.Fatalf("it ended: %v\n%s", err, said)
		case <-patience:
			m.t.Fatalf("it can't serve after a minute:\n%s", said)
		case <-tick.C:
			if status, _ := m.get(m.conf["LISTEN"], "/readyz"); status == http.StatusOK {
				return stop
			}
		}
	}
}

func (m *machine) get(address, path string) (status int, body string) {
	answer, err := http.Get("http://" + address + path)
	if err != nil {
		return 0, ""
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	m.must(err)
	return answer.StatusCode, string(raw)
}

// runsAsUnit goes the way of docs/operations.md: begin, serve, sign in, look at the pages, back up, start again.
func runsAsUnit(t *testing.T, folder string) {
	m := newMachine(t, folder)
	if err := m.command("/usr/local/bin/folje", "--version").Run(); os.IsPermission(err) {
		t.Skipf("this machine lets nobody have a file system of their own: %v", err)
	}
	version := m.run("/usr/local/bin/folje", "--version")
	if told := !strings.Contains(version, "commit unknown"); !strings.HasPrefix(version, "folje ") || told != inCheckout() {
		t.Errorf("--version says %q", version)
	}
	if text := m.run("/usr/local/bin/folje", "licences"); !strings.Contains(text, "github.com/pocketbase/pocketbase") {
		t.Errorf("the licences are %.200s", text)
	}
	begun := m.run("/usr/local/bin/folje", "init", "--dir", "/var/lib/folje/data",
		"--municipality", "Björkhult", "--unit", "Blåsippan", "--name", "Eva Ek", "--email", "eva@example.se")
	password := regexp.MustCompile(`eva@example\.se\s+(\S+)`).FindStringSubmatch(begun)
	if password == nil {
		t.Fatalf("no password in\n%s", begun)
	}
	unit := filepath.Join(folder, "folje.service")
	end := m.serves(unit)
	t.Run("to the first letter", func(t *testing.T) { m.reachesAPhone(t, begun) })
	m.showsPages(strings.Fields(version)[1])
	m.signsIn("eva@example.se", password[1])
	m.run("/usr/local/bin/folje", "backup", "--dir", "/var/lib/folje/data", "--to", "/var/lib/folje/archives",
		"--recipient", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")
	end()
	m.serves(unit)
	m.signsIn("eva@example.se", password[1])
}

// reachesAPhone goes an administrator's way in browsers, from what init said to a letter on a parent's phone.
func (m *machine) reachesAPhone(t *testing.T, begun string) {
	admin, _, _ := shop.Elsewhere(t, m.conf["ORIGIN"], begun).FromBegunToALetter()
	t.Logf("%d taps", admin.Taps)
}

// inCheckout tells whether the compiler can know the commit: not from an archive of the files, nor in a second work tree.
func inCheckout() bool {
	info, err := os.Stat(filepath.Join(root, ".git"))
	return err == nil && info.IsDir()
}

func (m *machine) showsPages(version string) {
	m.t.Helper()
	for path, want := range map[string]string{
		"/": "<!doctype html>", "/licences.txt": "github.com/pocketbase/pocketbase", "/plain": "<!doctype html>",
		"/api/folje/v1/hello": fmt.Sprintf("%q:%q", "version", version), "/healthz": "",
	} {
		if status, body := m.get(m.conf["LISTEN"], path); status != http.StatusOK || !strings.Contains(strings.ToLower(body), strings.ToLower(want)) {
			m.t.Errorf("%s: %d %.200s", path, status, body)
		}
	}
	if status, _ := m.get(m.conf["LISTEN"], "/_/"); status != http.StatusNotFound {
		m.t.Errorf("the dashboard answers everybody: %d", status)
	}
	if status, _ := m.get(m.conf["ADMIN"], "/_/"); status != http.StatusOK {
		m.t.Errorf("the dashboard: %d", status)
	}
}

func (m *machine) signsIn(email, password string) {
	m.t.Helper()
	body, err := json.Marshal(map[string]string{"identity": email, "password": password})
	m.must(err)
	answer, err := http.Post("http://"+m.conf["LISTEN"]+"/api/collections/staff/auth-with-password", "application/json", bytes.NewReader(body))
	m.must(err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(answer.Body)
		m.t.Errorf("the first administrator can't sign in: %s %s", answer.Status, said)
	}
}

package natsd_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/natsd"

	"github.com/nats-io/nats.go"
)

// keys makes what servers a, b and c need.
func keys(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keys")
	makeKeys(t, dir, "a", "b", "c")
	return dir
}

func makeKeys(t testing.TB, dir string, names ...string) {
	t.Helper()
	nodes, err := natsd.ParseNodes(names)
	if err != nil {
		t.Fatal(err)
	}
	if err := natsd.Init(dir, nodes, time.Now()); err != nil {
		t.Fatal(err)
	}
}

func secured(keys, name, dir string) natsd.Config {
	own := filepath.Join(keys, name)
	return natsd.Config{
		Name: name, Dir: dir, Listen: "127.0.0.1:0", CA: filepath.Join(own, "ca.crt"), Cert: filepath.Join(own, "server.crt"),
		Key: filepath.Join(own, "server.key"), Users: filepath.Join(own, "users"),
	}
}

func start(t *testing.T, c natsd.Config) *natsd.Server {
	t.Helper()
	s, err := natsd.Start(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// dial connects as the role's user.
func dial(t testing.TB, keys, role, url string, replicas int) *cluster.Conn {
	t.Helper()
	c, err := cluster.Dial(context.Background(), cluster.Config{
		URL: url, Name: role, Replicas: replicas,
		CA: filepath.Join(keys, "clients", "ca.crt"), Seed: filepath.Join(keys, "clients", role+".seed"),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func untilDone(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func TestNobodyIsLetInWithoutTLSAndAKey(t *testing.T) {
	k := keys(t)
	s := start(t, secured(k, "a", t.TempDir()))
	url := "tls://" + s.Addr().String()
	root := filepath.Join(k, "clients", "ca.crt")
	seed, err := nats.NkeyOptionFromSeed(filepath.Join(k, "clients", "edge.seed"))
	if err != nil {
		t.Fatal(err)
	}
	strangers := filepath.Join(t.TempDir(), "others")
	makeKeys(t, strangers, "a")
	stranger, err := nats.NkeyOptionFromSeed(filepath.Join(strangers, "clients", "edge.seed"))
	if err != nil {
		t.Fatal(err)
	}
	for name, try := range map[string][]nats.Option{
		"a client that believes another authority": {seed, nats.RootCAs(filepath.Join(strangers, "clients", "ca.crt"))},
		"a client without a key":                   {nats.RootCAs(root)},
		"a client with a foreign key":              {nats.RootCAs(root), stranger},
		"a client with a password":                 {nats.RootCAs(root), nats.UserInfo("writer", "writer")},
	} {
		if nc, err := nats.Connect(url, try...); err == nil {
			nc.Close()
			t.Errorf("%s got in", name)
		}
	}
	if nc, err := nats.Connect("nats://"+s.Addr().String(), seed, nats.Secure(&tls.Config{MaxVersion: tls.VersionTLS11})); err == nil {
		nc.Close()
		t.Error("a client with an old TLS got in")
	}
	nc, err := nats.Connect(url, nats.RootCAs(root), seed)
	if err != nil {
		t.Fatal(err)
	}
	nc.Close()
}

// TestPlainTextIsRefused speaks NATS without TLS.
func TestPlainTextIsRefused(t *testing.T) {
	s := start(t, secured(keys(t), "a", t.TempDir()))
	conn, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte("CONNECT {\"verbose\":true}\r\nPING\r\n")); err != nil {
		t.Fatal(err)
	}
	said := make([]byte, 4096)
	all := ""
	for {
		n, err := conn.Read(said)
		all += string(said[:n])
		if err != nil {
			break
		}
	}
	if strings.Contains(all, "PONG") || strings.Contains(all, "+OK") {
		t.Errorf("the server answered %q", all)
	}
}

func TestAServerThatOthersReachNeedsTLSAndUsers(t *testing.T) {
	full := secured("keys", "a", "dir")
	for name, change := range map[string]func(*natsd.Config){
		"no TLS":        func(c *natsd.Config) { c.Cert, c.Key = "", "" },
		"no users":      func(c *natsd.Config) { c.Users = "" },
		"every address": func(c *natsd.Config) { c.Listen, c.Users = ":4222", "" },
		"a name":        func(c *natsd.Config) { c.Listen, c.Users = "nats.example:4222", "" },
		"routes without TLS": func(c *natsd.Config) {
			*c = natsd.Config{Name: "a", Dir: "d", Listen: "127.0.0.1:0", ClusterListen: ":6222"}
		},
		"routes, no autority": func(c *natsd.Config) { c.ClusterListen, c.CA = "0.0.0.0:6222", "" },
	} {
		c := full
		c.Listen = "0.0.0.0:4222"
		change(&c)
		if s, err := natsd.Start(c); err == nil {
			s.Close()
			t.Errorf("%s: it started", name)
		}
	}
	c := natsd.Config{Name: "a", Dir: t.TempDir(), Listen: "0.0.0.0:0"}
	if _, err := natsd.Start(c); !errors.Is(err, natsd.ErrOpen) {
		t.Errorf("an open server: %v", err)
	}
}

func TestWrongUsersAreSaid(t *testing.T) {
	file := filepath.Join(t.TempDir(), "users")
	for _, text := range []string{"", "# nobody\n", "writer\n", "boss UABC\n", "writer UABC\n", "writer SUAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC4\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if users, err := natsd.ReadUsers(file); !errors.Is(err, natsd.ErrUsers) {
			t.Errorf("%q: %v, %v", text, users, err)
		}
	}
}

func TestInitKeepsWhatIsThere(t *testing.T) {
	dir := keys(t)
	before := contents(t, dir)
	makeKeys(t, dir, "a", "b", "c", "d=10.0.0.4/nats-d.example")
	after := contents(t, dir)
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s is another now", name)
		}
	}
	if after["d/users"] != before["a/users"] || after["d/ca.crt"] != before["a/ca.crt"] || after["d/server.key"] == "" {
		t.Error("the fourth server isn't one of them")
	}
	for line := range strings.Lines(after["a/users"]) {
		if words := strings.Fields(line); len(words) == 2 && strings.HasPrefix(words[1], "SU") {
			t.Error("the servers' list has a seed")
		}
	}
	for _, bad := range []string{"", "A", "a/b", "../a", "clients", "authority", "a="} {
		if nodes, err := natsd.ParseNodes([]string{bad}); err == nil {
			t.Errorf("%q is %v", bad, nodes)
		}
	}
	if _, err := natsd.ParseNodes([]string{"a", "a"}); err == nil {
		t.Error("two servers of one name")
	}
}

// contents are the files below dir; each has to be its owner's only.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may read %s: %v", path, info.Mode())
		}
		if d.IsDir() {
			return nil
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestAnUnknownUserIsLetInOnceSheIsKnown has the list of users mended while a
// role waits: it need not be started again.
func TestAnUnknownUserIsLetInOnceSheIsKnown(t *testing.T) {
	k, dir := keys(t), t.TempDir()
	c := secured(k, "a", dir)
	list, err := os.ReadFile(c.Users)
	if err != nil {
		t.Fatal(err)
	}
	incomplete := filepath.Join(t.TempDir(), "users")
	for line := range strings.Lines(string(list)) {
		if strings.HasPrefix(line, natsd.Admin) {
			err = os.WriteFile(incomplete, []byte(line), 0o600)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	good := c.Users
	c.Users = incomplete
	s := start(t, c)
	said := make(heard, 100)
	at := s.Addr().String()
	role, err := cluster.Dial(t.Context(), cluster.Config{
		URL: "tls://" + at, CA: c.CA, Seed: filepath.Join(k, "clients", "writer.seed"), Replicas: 1, Logger: slog.New(said),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer role.Close()
	for line := range said {
		if strings.Contains(line, "Authorization Violation") {
			break
		}
	}
	s.Close()
	c.Users, c.Listen = good, at
	start(t, c)
	if err := role.Declare(untilDone(t)); err != nil {
		t.Error(err)
	}
}

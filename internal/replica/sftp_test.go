package replica_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"net"
	"os"
	"path/filepath"
	"testing"

	"folje/internal/database"
	"folje/internal/replica"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// sshServer is a machine with SFTP that lets one key in. It gives its address
// and the files of that key and of its own.
func sshServer(t *testing.T) (address, key, hostKey string) {
	t.Helper()
	dir := t.TempDir()
	host, hostKey := sshKey(t, filepath.Join(dir, "host"))
	user, _ := sshKey(t, filepath.Join(dir, "user"))
	config := &ssh.ServerConfig{PublicKeyCallback: func(_ ssh.ConnMetadata, k ssh.PublicKey) (*ssh.Permissions, error) {
		if string(k.Marshal()) != string(user.PublicKey().Marshal()) {
			return nil, os.ErrPermission
		}
		return nil, nil
	}}
	config.AddHostKey(host)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serveSFTP(c, config)
		}
	}()
	return l.Addr().String(), filepath.Join(dir, "user"), hostKey
}

func sshKey(t *testing.T, path string) (signer ssh.Signer, public string) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	if signer, err = ssh.NewSignerFromKey(private); err != nil {
		t.Fatal(err)
	}
	public = path + ".pub"
	for name, content := range map[string][]byte{path: pem.EncodeToMemory(block), public: ssh.MarshalAuthorizedKey(signer.PublicKey())} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return signer, public
}

func serveSFTP(c net.Conn, config *ssh.ServerConfig) {
	defer c.Close()
	_, channels, requests, err := ssh.NewServerConn(c, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for asked := range channels {
		channel, requests, err := asked.Accept()
		if err != nil {
			return
		}
		go func() {
			for r := range requests {
				_ = r.Reply(r.Type == "subsystem", nil)
			}
		}()
		server, err := sftp.NewServer(channel)
		if err != nil {
			return
		}
		go func() { _ = server.Serve() }()
	}
}

func TestACopyOnAnotherMachine(t *testing.T) {
	address, key, hostKey := sshServer(t)
	dir := t.TempDir()
	path, to := filepath.Join(dir, database.Main), "sftp://folje@"+address+filepath.Join(dir, "copies")
	db := open(t, path)
	r, err := replica.Begin(t.Context(), to+"?key="+key+"&host-key="+hostKey, 1, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		execute(t, db, "INSERT INTO rows DEFAULT VALUES")
		if err := r.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := restored(t, to+"?key="+key+"&host-key="+hostKey, 1); n != 5 {
		t.Errorf("%d rows of 5", n)
	}
	if err := r.Abandon(); err != nil {
		t.Error(err)
	}
	_, other := sshKey(t, filepath.Join(dir, "other"))
	if _, err := replica.Position(t.Context(), to+"?key="+key+"&host-key="+other, 1); err == nil {
		t.Error("a machine with another key is believed")
	}
}

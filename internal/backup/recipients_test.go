package backup_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/backup"

	"filippo.io/age"
	"golang.org/x/crypto/ssh"
)

// sshKey makes a pair as ssh-keygen writes it.
func sshKey(t *testing.T) (public, secret string) {
	t.Helper()
	pub, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p, err := ssh.NewPublicKey(pub)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(key, "")
	if err != nil {
		t.Fatal(err)
	}
	return string(ssh.MarshalAuthorizedKey(p)), string(pem.EncodeToMemory(block))
}

func TestEveryKindOfKeyOpensAnArchive(t *testing.T) {
	w := newTown(t)
	w.devices(t, 1)
	plain, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	quantum, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	public, secret := sshKey(t)
	dir := t.TempDir()
	write := func(name, content string) string {
		writeFile(t, filepath.Join(dir, name), content)
		return filepath.Join(dir, name)
	}
	for name, c := range map[string]struct {
		keys            []string
		file            string
		opens, opensToo string
	}{
		"age, named":    {keys: []string{plain.Recipient().String()}, opens: write("plain", "# comment\n"+plain.String()+"\n")},
		"after quantum": {keys: []string{quantum.Recipient().String()}, opens: write("quantum", quantum.String())},
		"a file of two": {file: write("two", "# the office\n"+plain.Recipient().String()+"\n\n"+public), opens: write("ssh", secret), opensToo: filepath.Join(dir, "plain")},
	} {
		t.Run(name, func(t *testing.T) {
			to, err := backup.Recipients(c.keys, c.file)
			if err != nil {
				t.Fatal(err)
			}
			o := w.options(noon)
			o.To, o.Recipients = t.TempDir(), to
			made, err := backup.Create(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range []string{c.opens, c.opensToo} {
				if file == "" {
					continue
				}
				r := w.restoring(made.Path, filepath.Join(t.TempDir(), "data"))
				if r.Identities, err = backup.Identities(file); err != nil {
					t.Fatal(err)
				}
				if _, err := backup.Restore(context.Background(), r); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestKeysThatWillNotDoAreRefused(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for name, key := range map[string]string{"secret": id.String(), "secret, small": strings.ToLower(id.String()), "nonsense": "age1nonsense", "SSH nonsense": "ssh-ed25519 AAAA"} {
		_, err := backup.Recipients([]string{key}, "")
		if err == nil || strings.Contains(err.Error(), key) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := backup.Recipients(nil, filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a missing file of recipients")
	}
	nonsense := filepath.Join(t.TempDir(), "nonsense")
	writeFile(t, nonsense, "nonsense\n")
	for _, file := range []string{nonsense, nonsense + ".missing"} {
		if _, err := backup.Identities(file); err == nil {
			t.Errorf("identities of %s", file)
		}
	}
}

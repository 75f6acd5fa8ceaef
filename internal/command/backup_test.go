package command_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/app"
	"folje/internal/command"
	"folje/internal/erasure"

	"filippo.io/age"
)

// run carries out a command and gives what it printed.
func run(t *testing.T, args ...string) (code int, out string) {
	t.Helper()
	var printed bytes.Buffer
	code = command.Run(context.Background(), args, files(), &printed, &printed)
	return code, printed.String()
}

func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	code, out := run(t, args...)
	if code != 0 {
		t.Fatalf("%v: %s", args, out)
	}
	return out
}

// keyFile makes a pair of keys as age-keygen does.
func keyFile(t *testing.T) (file, public string) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "key.txt")
	if err := os.WriteFile(file, []byte(id.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, id.Recipient().String()
}

func TestBackupUnderAServerIsRestoredWithoutIt(t *testing.T) {
	dir, to, at := filepath.Join(t.TempDir(), "data"), t.TempDir(), freeAddress(t)
	key, public := keyFile(t)
	leftover := filepath.Join(dir, "backup-staging", "copy", "data.db")
	if err := os.MkdirAll(filepath.Dir(leftover), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(leftover, []byte("left by a backup that was killed"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, stop := serve(t, "--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir())
	if _, err := os.Stat(leftover); err == nil {
		t.Error("a readable copy stays until the next backup")
	}
	if out := mustRun(t, "backup", "--dir", dir, "--to", to, "--recipient", public); !strings.Contains(out, "Backup checked") {
		t.Error(out)
	}
	archive := newest(t, to)
	if code, out := run(t, "restore", archive, "--dir", dir, "--identity", key); code == 0 || !strings.Contains(out, "stop the server") {
		t.Errorf("restored under a server: %d %s", code, out)
	}
	if code, out := run(t, "serve", "--dir", dir, "--http", freeAddress(t), "--admin", "off", "--hooks", t.TempDir()); code == 0 || !strings.Contains(out, "another server") {
		t.Errorf("two servers: %d %s", code, out)
	}
	if code := stop(); code != 0 {
		t.Fatalf("ended with %d", code)
	}
	out := mustRun(t, "restore", archive, "--dir", dir, "--identity", key)
	for _, want := range []string{"Restored " + dir, "before-restore", "epoch", "Start the server"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said: %s", want, out)
		}
	}
	_, stop = serve(t, "--dir", dir, "--http", freeAddress(t), "--admin", "off", "--hooks", t.TempDir())
	if code := stop(); code != 0 {
		t.Errorf("the restored server ended with %d", code)
	}
}

func newest(t *testing.T, to string) string {
	t.Helper()
	archives, err := filepath.Glob(filepath.Join(to, "folje-*.tar.gz.age"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("%v %v", archives, err)
	}
	return archives[len(archives)-1]
}

func TestServeMakesABackupWhereItIsTold(t *testing.T) {
	dir, to, at := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "archives"), freeAddress(t)
	_, public := keyFile(t)
	flags := []string{"--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir(), "--backup-to", to, "--backup-recipient", public}
	out, stop := serveUntil(t, "Backup checked", flags...)
	if strings.Contains(out.String(), "No backups") {
		t.Error(out.String())
	}
	if code := stop(); code != 0 {
		t.Errorf("ended with %d", code)
	}
	if listed := mustRun(t, "backup", "--list", "--to", to); strings.Count(listed, "\n") != 1 {
		t.Errorf("listed %q", listed)
	}
	_, stop = serve(t, flags...)
	stop()
	if listed := mustRun(t, "backup", "--list", "--to", to); strings.Count(listed, "\n") != 1 {
		t.Errorf("the second start made another: %q", listed)
	}
}

func TestServeSaysWhatItThinksOfItsBackups(t *testing.T) {
	_, public := keyFile(t)
	data := filepath.Join(t.TempDir(), "data")
	for name, c := range map[string]struct {
		flags []string
		says  string
	}{
		"nobody can open them": {[]string{"--backup-to", t.TempDir()}, "--backup-recipient"},
		"nowhere to go":        {[]string{"--backup-recipient", public}, "--backup-to"},
		"lost with the data":   {[]string{"--backup-recipient", public, "--backup-to", filepath.Join(data, "archives")}, "lost with it"},
		"not a key":            {[]string{"--backup-recipient", "me", "--backup-to", t.TempDir()}, "public key"},
	} {
		code, out := run(t, append([]string{"serve", "--dir", data, "--http", "127.0.0.1:0"}, c.flags...)...)
		if code == 0 || !strings.Contains(out, c.says) {
			t.Errorf("%s: %d %s", name, code, out)
		}
		if _, err := os.Stat(data); err == nil {
			t.Errorf("%s: and made a data folder", name)
		}
	}
	out, stop := serve(t, "--dir", data, "--http", freeAddress(t), "--admin", "off", "--hooks", t.TempDir())
	stop()
	if strings.Count(out.String(), "No backups are made") != 1 {
		t.Errorf("without backups: %s", out.String())
	}
}

func TestServeRefusesAFolderThatHasLostItsDatabase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	_, stop := serve(t, "--dir", dir, "--http", freeAddress(t), "--admin", "off", "--hooks", t.TempDir())
	stop()
	for _, name := range []string{"data.db", "data.db-wal", "data.db-shm"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"serve", "--http", freeAddress(t), "--admin", "off"}, {"superuser", "root@example.org"}} {
		code, out := run(t, append(args, "--dir", dir)...)
		if code != 1 || !strings.Contains(out, "folje restore") {
			t.Errorf("%v: %d %s", args, code, out)
		}
		if _, err := os.Stat(filepath.Join(dir, "data.db")); err == nil {
			t.Fatalf("%v made an empty database", args)
		}
	}
}

func TestOlderProgramRefusesANewerDatabase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.DB().NewQuery("INSERT INTO _migrations (file, applied) VALUES ('9999999999_later.go', 1)").Execute(); err != nil {
		t.Fatal(err)
	}
	if err := a.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	if code, out := run(t, "serve", "--dir", dir, "--http", freeAddress(t), "--admin", "off"); code == 0 || !strings.Contains(out, "9999999999_later.go") {
		t.Errorf("%d %s", code, out)
	}
}

func TestListFailsWhereBackupsStopped(t *testing.T) {
	to := t.TempDir()
	if code, out := run(t, "backup", "--list", "--to", to); code == 0 || !strings.Contains(out, "no archive") {
		t.Errorf("%d %s", code, out)
	}
	if err := os.WriteFile(filepath.Join(to, "folje-20200101T033000Z.tar.gz.age"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := run(t, "backup", "--list", "--to", to); code == 0 || !strings.Contains(out, "hours old") {
		t.Errorf("%d %s", code, out)
	}
	for _, args := range [][]string{{"backup"}, {"backup", "--to", to}, {"restore"}, {"restore", "x"}} {
		if code, out := run(t, args...); code == 0 {
			t.Errorf("%v: %s", args, out)
		}
	}
}

func TestErasedPhoneStaysErasedAfterARestore(t *testing.T) {
	dir, to := filepath.Join(t.TempDir(), "data"), t.TempDir()
	key, public := keyFile(t)
	const id = "00000000-0000-4000-8000-000000000001"
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	k, err := access.OpenKeys(a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.DB().NewQuery(fmt.Sprintf("INSERT INTO devices (id, secretHash) VALUES ('%s', 'x')", id)).Execute(); err != nil {
		t.Fatal(err)
	}
	if err := a.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "backup", "--dir", dir, "--to", to, "--recipient", public)
	elsewhere := filepath.Join(t.TempDir(), "erasures.log")
	j, err := erasure.Open(elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if err := j.Append(erasure.Device, k.ErasureMark(id), time.Now()); err != nil {
		t.Fatal(err)
	}
	out := mustRun(t, "restore", newest(t, to), "--dir", dir, "--identity", key, "--journal", elsewhere)
	if !strings.Contains(out, "phones erased again: 1") {
		t.Error(out)
	}
}

func TestPhoneThatErasedItselfStaysErasedAfterARestore(t *testing.T) {
	dir, to, at := filepath.Join(t.TempDir(), "data"), t.TempDir(), freeAddress(t)
	key, public := keyFile(t)
	_, stop := serve(t, "--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir())
	api, secrets := "http://"+at+"/api/folje/v1/", []string{strings.Repeat("A", 43), strings.Repeat("B", 42) + "A"}
	for n, secret := range secrets {
		ask(t, http.MethodPut, fmt.Sprintf("%sdevices/00000000-0000-4000-8000-%012d", api, n), "", fmt.Sprintf(`{"secret":%q,"locale":"sv"}`, secret))
	}
	mustRun(t, "backup", "--dir", dir, "--to", to, "--recipient", public)
	erase := `{"operations":[{"op":"00000000-0000-4000-8000-000000000009","seq":1,"kind":"erase","v":1,"body":{}}]}`
	if says := ask(t, http.MethodPost, api+"operations", secrets[0], erase); !strings.Contains(says, `"applied"`) {
		t.Fatal(says)
	}
	stop()
	out := mustRun(t, "restore", newest(t, to), "--dir", dir, "--identity", key)
	if !strings.Contains(out, "phones erased again: 1") {
		t.Error(out)
	}
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.ResetBootstrapState() }()
	if _, err := a.FindRecordById("devices", "00000000-0000-4000-8000-000000000000"); err == nil {
		t.Error("the phone that erased itself is back")
	}
	if _, err := a.FindRecordById("devices", "00000000-0000-4000-8000-000000000001"); err != nil {
		t.Errorf("the other phone is gone: %v", err)
	}
}

// ask gives the answer to a request, which must be a good one.
func ask(t *testing.T, method, url, secret, body string) string {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	raw, err := io.ReadAll(a.Body)
	if err != nil || a.StatusCode > 299 {
		t.Fatalf("%s %s: %d %s %v", method, url, a.StatusCode, raw, err)
	}
	return string(raw)
}

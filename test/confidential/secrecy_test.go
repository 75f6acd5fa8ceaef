//go:build unix

package confidential_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"folje/internal/app"
	"folje/internal/backup"
	"folje/test/protocol"

	"filippo.io/age"
	"github.com/google/uuid"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const sent = 30

// What stands in thirty requests, read by a leader, one of them shared and one
// exported, is in no file that the program writes: databases with their
// journals, logs, temporary files, dumps and backups. No passphrase and no
// secret key is either.
func TestNothingReadableIsWritten(t *testing.T) {
	path, err := protocol.Built()
	if err != nil {
		t.Fatal(err)
	}
	temp, said, archives := t.TempDir(), filepath.Join(t.TempDir(), "said"), filepath.Join(t.TempDir(), "archives")
	const passphrase = "tolv gula sparvar i granen"
	r := newRig(t, passphrase, protocol.Variant{
		Command: []string{"sh", "-c", `"$0" "$@" 2>>"$SAID" | tee -a "$SAID"`, path}, Environ: []string{"TMPDIR=" + temp, "SAID=" + said},
	})
	secrets := []string{passphrase, r.channel.String(), r.recovery.String(), r.own["siv"].String(), r.own["ior"].String()}
	for i := range sent {
		secrets = append(secrets, fmt.Sprintf("Barnet %d heter Klarinett%d och är rädd", i, 7919*i))
	}
	r.use(secrets[len(secrets)-sent:])
	found := look(t, secrets, r.dir, temp, said) // with the journals of a program that runs
	operator := newIdentity(t)
	out, err := exec.Command(path, "backup", "--dir", r.dir, "--to", archives, "--recipient", operator.Recipient().String()).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.WriteFile(said+"-backup", out, 0o600); err != nil {
		t.Fatal(err)
	}
	r.program.End(syscall.SIGKILL)
	found += look(t, secrets, r.dir, temp, said, said+"-backup", archives)
	found += look(t, secrets, restored(t, archives, operator), dump(r))
	t.Logf("%d secrets, of %d requests, in %d files", len(secrets), sent, found)
}

// use sends the texts, and has a leader read all of them, share one and export
// one.
func (r *rig) use(texts []string) {
	r.Helper()
	for _, text := range texts {
		got := r.must("", "POST", "requests", body{"op": uuid.NewString(), "to": r.key, "ciphertext": r.seal(r.channel.Recipient(), padded(r.T, text))})
		if got["verdict"] != "applied" {
			r.Fatalf("%v", got)
		}
	}
	r.must("ior", "PUT", "staff/key", r.lock("ior"))
	read := map[string]bool{}
	list := r.must("siv", "GET", "staff/channels/steget/requests", nil)["requests"].([]any)
	for i, one := range list {
		at := "staff/requests/" + one.(map[string]any)["id"].(string)
		plain := r.unseal(r.channel, r.must("siv", "POST", at+"/open", nil)["ciphertext"].(string))
		for _, text := range texts {
			if strings.Contains(plain, text) {
				read[text] = true
			}
		}
		switch i {
		case 0:
			shared := r.must("siv", "POST", at+"/share", body{"to": r.ids["ior"], "ciphertext": r.seal(r.own["ior"].Recipient(), plain),
				"consent": body{"how": "phone", "at": time.Now().AddDate(0, 0, -1).Format(time.DateOnly)}})
			again := r.must("ior", "POST", "staff/shares/"+shared["id"].(string)+"/open", nil)
			if r.unseal(r.own["ior"], again["ciphertext"].(string)) != plain {
				r.Error("the colleague reads something else")
			}
		case 1:
			r.must("siv", "POST", at+"/export", nil)
		}
	}
	if len(read) != len(texts) {
		r.Errorf("%d of %d texts were read", len(read), len(texts))
	}
}

// look searches files and folders for the secrets, and says in how many files
// they are; the search finds what is there to be found.
func look(t *testing.T, secrets []string, paths ...string) (found int) {
	t.Helper()
	needles := map[string][]byte{}
	for _, s := range secrets {
		for form, needle := range forms(s) {
			needles[form+" "+s] = needle
		}
	}
	files, address, ciphertext := 0, false, false
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !d.Type().IsRegular() {
				return err
			}
			raw, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			files++
			address = address || bytes.Contains(raw, []byte("siv@example.org"))
			ciphertext = ciphertext || bytes.Contains(raw, []byte(base64.StdEncoding.EncodeToString([]byte("age-encryption.org"))))
			for what, needle := range needles {
				if bytes.Contains(raw, needle) {
					t.Errorf("%s holds %s", name, what)
					found++
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if !address || !ciphertext {
		t.Errorf("the search found an e-mail address: %t, a ciphertext: %t, in %d files: it is blind", address, ciphertext, files)
	}
	return found
}

// forms are the ways in which a text could be written.
func forms(s string) map[string][]byte {
	wide := make([]byte, 0, 2*len(s))
	for _, u := range utf16.Encode([]rune(s)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	all := map[string][]byte{"plain": []byte(s), "UTF-16": wide, "hexadecimal": []byte(hex.EncodeToString([]byte(s)))}
	for shift := range 3 { // base64 of a text that has it somewhere
		encoded := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + s))
		all[fmt.Sprint("base64 ", shift)] = []byte(encoded[4 : len(encoded)-4])
	}
	return all
}

// restored is the folder that the newest archive is restored to.
func restored(t *testing.T, archives string, operator age.Identity) string {
	t.Helper()
	all, err := backup.List(archives)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	dir := filepath.Join(t.TempDir(), "restored")
	_, err = backup.Restore(context.Background(), backup.RestoreOptions{
		Archive: all[0].Path, Dir: dir, Identities: []age.Identity{operator}, Open: app.Open, Now: time.Now(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// dump writes every row of both databases to a file, as text.
func dump(r *rig) string {
	r.Helper()
	path := filepath.Join(r.TempDir(), "dump")
	var out bytes.Buffer
	r.stored(func(a core.App) {
		for _, db := range []dbx.Builder{a.DB(), a.AuxDB()} {
			var tables []string
			if err := db.NewQuery("SELECT name FROM sqlite_schema WHERE type = 'table'").Column(&tables); err != nil {
				r.Fatal(err)
			}
			for _, table := range tables {
				dumpTable(r.T, db, table, &out)
			}
		}
	})
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		r.Fatal(err)
	}
	return path
}

func dumpTable(t *testing.T, db dbx.Builder, table string, out io.Writer) {
	t.Helper()
	rows, err := db.NewQuery("SELECT * FROM {{" + table + "}}").Rows()
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	defer rows.Close()
	for rows.Next() {
		row := dbx.NullStringMap{}
		if err := rows.ScanMap(row); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		for column, value := range row {
			fmt.Fprintf(out, "%s.%s = %s\n", table, column, value.String)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
}

package backup_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/backup"
	"folje/internal/erasure"
	"folje/internal/folder"

	"filippo.io/age"
)

func TestRestoredFolderIsWhatItWas(t *testing.T) {
	w := newTown(t)
	w.devices(t, 3)
	secret := keys(t, w.app).ErasureMark("x")
	attachment := filepath.Join(w.app.DataDir(), "storage", "c", "r", "picture.png")
	writeFile(t, attachment, "a picture")
	writeFile(t, filepath.Join(w.app.DataDir(), "backups", "pocketbase.zip"), "unencrypted")
	writeFile(t, filepath.Join(w.app.DataDir(), "node.json"), `{"v":1,"term":3}`)
	writeFile(t, filepath.Join(w.app.DataDir(), ".data.db-copied-3", "ltx", "0", "1.ltx"), "a copy")
	before := epoch(t, w.app)
	made := w.backup(t, noon)
	if made.Manifest.Rows["data.db"]["devices"] != 3 || made.Manifest.Epoch == "" || made.Size == 0 {
		t.Errorf("%+v", made)
	}
	if err := w.app.Save(mustFind(t, w.app, "units")); err != nil {
		t.Fatal(err)
	}
	writeFile(t, attachment, "another picture")

	restored := w.restore(t, made.Path)
	if n := count(t, w.app, "devices"); n != 3 {
		t.Errorf("%d devices", n)
	}
	if now := epoch(t, w.app); now == before || now != `"`+restored.Epoch+`"` || len(restored.Epoch) != 12 {
		t.Errorf("the epoch was %s and is %s", before, now)
	}
	if raw, err := os.ReadFile(attachment); err != nil || string(raw) != "a picture" {
		t.Errorf("the attachment is %q: %v", raw, err)
	}
	if keys(t, w.app).ErasureMark("x") != secret {
		t.Error("the key is another one")
	}
	if _, err := os.Stat(filepath.Join(w.app.DataDir(), "backups")); err == nil {
		t.Error("PocketBase's own backups are in the archive")
	}
	for _, name := range []string{"node.json", ".data.db-copied-3"} {
		if _, err := os.Stat(filepath.Join(w.app.DataDir(), name)); err == nil {
			t.Errorf("%s is in the archive: it is of the database that was there", name)
		}
	}
	if raw, err := os.ReadFile(filepath.Join(restored.Old, "storage", "c", "r", "picture.png")); err != nil || string(raw) != "another picture" {
		t.Errorf("the old folder is not kept: %q %v", raw, err)
	}
	if err := folder.Check(w.app.DataDir(), nil); err != nil {
		t.Error(err)
	}
}

// A file that is being written, such as one that takes another's place when it is
// whole, is archived as long as it was, and stops no backup.
func TestAFileGrowsWhileItIsArchived(t *testing.T) {
	w := newTown(t)
	growing := filepath.Join(w.app.DataDir(), "builds", "aside")
	writeFile(t, growing, "begun")
	f, err := os.OpenFile(growing, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	stop, grown := make(chan struct{}), make(chan error, 1)
	go func() {
		var failed error
		for n := 0; n < 50_000 && failed == nil; n++ { // longer than a backup of this takes, and no more than 50 MB
			select {
			case <-stop:
				n = 50_000
			default:
				_, failed = f.Write(make([]byte, 1<<10))
			}
		}
		grown <- errors.Join(failed, f.Close())
	}()
	made := w.backup(t, noon)
	close(stop)
	if err := <-grown; err != nil {
		t.Fatal(err)
	}
	w.restore(t, made.Path)
}

func TestLostFolderIsRestoredElsewhere(t *testing.T) {
	w := newTown(t)
	w.devices(t, 2)
	made := w.backup(t, noon)
	dir := filepath.Join(t.TempDir(), "new", "data")
	restored, err := backup.Restore(context.Background(), w.restoring(made.Path, dir))
	if err != nil || restored.Old != "" {
		t.Fatalf("%+v %v", restored, err)
	}
	if n := count(t, openApp(t, dir), "devices"); n != 2 {
		t.Errorf("%d devices", n)
	}
	if info, err := os.Stat(dir); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("others can read the restored folder: %v %v", info.Mode(), err)
	}
}

func TestWhatWasErasedSinceIsErasedAgain(t *testing.T) {
	w := newTown(t)
	ids := w.devices(t, 5)
	k := keys(t, w.app)
	made := w.backup(t, noon)
	erase := func(journal string, id string) {
		t.Helper()
		j, err := erasure.Open(journal)
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		if err := j.Append(erasure.Device, k.ErasureMark(id), noon); err != nil {
			t.Fatal(err)
		}
	}
	elsewhere := filepath.Join(t.TempDir(), "erasures.log")
	erase(erasure.File(w.app.DataDir()), ids[0])
	erase(backup.JournalCopy(w.to), ids[1])
	erase(elsewhere, ids[2])
	erase(elsewhere, fmt.Sprintf("%064d", 3)) // a phone that was unknown then, by its secret
	if err := w.app.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	o := w.restoring(made.Path, w.app.DataDir())
	o.Journals = []string{elsewhere}
	restored, err := backup.Restore(context.Background(), o)
	if err != nil || restored.Erased != 4 {
		t.Fatalf("%+v %v", restored, err)
	}
	a := openApp(t, o.Dir)
	if d, m := count(t, a, "devices"), count(t, a, "memberships"); d != 1 || m != 1 {
		t.Errorf("%d devices, %d memberships", d, m)
	}
	journal, err := erasure.Read(erasure.File(o.Dir))
	if err != nil || len(journal) != 4 {
		t.Errorf("the next restore will know %d of 4: %v", len(journal), err)
	}
}

func TestJournalIsKeptBesideTheArchives(t *testing.T) {
	w := newTown(t)
	mark := strings.Repeat("ab", 32)
	writeFile(t, erasure.File(w.app.DataDir()), `{"kind":"device","mark":"`+mark+`","day":"2026-03-01"}`+"\n")
	writeFile(t, backup.JournalCopy(w.to), `{"kind":"device","mark":"older","day":"2026-02-01"}`+"\n")
	w.backup(t, noon)
	entries, err := erasure.Read(backup.JournalCopy(w.to))
	if err != nil || len(entries) != 2 || entries[0].Mark != "older" || entries[1].Mark != mark {
		t.Errorf("%v %v", entries, err)
	}
}

func TestDamagedJournalBesideTheArchivesStopsABackupAtOnce(t *testing.T) {
	w := newTown(t)
	writeFile(t, backup.JournalCopy(w.to), "nonsense\n")
	made, err := backup.Create(context.Background(), w.options(noon))
	if left, _ := backup.List(w.to); made != nil || !errors.Is(err, erasure.ErrDamaged) || len(left) != 0 {
		t.Errorf("%v %v %v", made, err, left)
	}
}

func TestErasuresThatCannotBeReadStopARestore(t *testing.T) {
	w := newTown(t)
	made := w.backup(t, noon)
	if err := w.app.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	for journal, want := range map[string]error{
		"nonsense\n": erasure.ErrDamaged,
		`{"kind":"letter","mark":"aa","day":"2026-03-01"}` + "\n": backup.ErrNewer,
	} {
		writeFile(t, erasure.File(w.app.DataDir()), journal)
		if _, err := backup.Restore(context.Background(), w.restoring(made.Path, w.app.DataDir())); !errors.Is(err, want) {
			t.Errorf("%q: %v", journal, err)
		}
	}
}

func TestRestoreRefusesWhatItShould(t *testing.T) {
	w := newTown(t)
	made := w.backup(t, noon)
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	o := w.restoring(made.Path, w.app.DataDir())
	hold, err := folder.Serve(o.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(context.Background(), o); !errors.Is(err, folder.ErrBusy) {
		t.Errorf("under a server: %v", err)
	}
	if err := hold.Release(); err != nil {
		t.Fatal(err)
	}
	o.Identities = []age.Identity{stranger}
	if _, err := backup.Restore(context.Background(), o); err == nil || errors.Is(err, backup.ErrDamaged) {
		t.Errorf("with another's key: %v", err)
	}
	o.Identities, o.Archive = []age.Identity{w.key}, made.Path+".missing"
	if _, err := backup.Restore(context.Background(), o); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without an archive: %v", err)
	}
	if _, err := w.app.DB().NewQuery("INSERT INTO _migrations (file, applied) VALUES ('9999999999_from_the_future.go', 1)").Execute(); err != nil {
		t.Fatal(err)
	}
	o.Archive = w.backup(t, noon.Add(time.Second)).Path
	if _, err := backup.Restore(context.Background(), o); !errors.Is(err, backup.ErrNewer) {
		t.Errorf("from a newer program: %v", err)
	}
	if left, _ := filepath.Glob(o.Dir + ".*"); len(left) != 0 {
		t.Errorf("refused, and left %v", left)
	}
}

func TestBackupRefusesWhatItShould(t *testing.T) {
	w := newTown(t)
	for name, spoil := range map[string]func(*backup.Options){
		"nobody can open it": func(o *backup.Options) { o.Recipients = nil },
		"nothing to archive": func(o *backup.Options) { o.Dir = t.TempDir() },
		"into the folder":    func(o *backup.Options) { o.To = filepath.Join(o.Dir, "archives") },
		"over another":       func(o *backup.Options) { o.Now = noon.Add(-time.Hour) },
		"into no folder":     func(o *backup.Options) { o.To = filepath.Join(o.Dir, "data.db", "x") },
	} {
		t.Run(name, func(t *testing.T) {
			o := w.options(noon)
			writeFile(t, filepath.Join(w.to, "folje-20260301T110000Z.tar.gz.age"), "there already")
			spoil(&o)
			if made, err := backup.Create(context.Background(), o); err == nil {
				t.Errorf("made %+v", made)
			}
		})
	}
	link := filepath.Join(w.app.DataDir(), "storage")
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Skip(err)
	}
	if _, err := backup.Create(context.Background(), w.options(noon)); err == nil {
		t.Error("attachments behind a link were left out without a word")
	}
}

func TestCancelledBackupLeavesNothing(t *testing.T) {
	w := newTown(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := backup.Create(ctx, w.options(noon)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	writeFile(t, filepath.Join(w.to, "folje-20260228T110000Z.tar.gz.age.new"), "left by a crash")
	writeFile(t, filepath.Join(w.to, "somebody.new"), "else's")
	w.backup(t, noon)
	left, err := os.ReadDir(w.to)
	var names []string
	for _, e := range left {
		names = append(names, e.Name())
	}
	if err != nil || !slices.Equal(names, []string{"folje-20260301T120000Z.tar.gz.age", "somebody.new"}) {
		t.Errorf("%v %v", names, err)
	}
	if _, err := os.Stat(filepath.Join(w.app.DataDir(), "backup-staging")); err == nil {
		t.Error("readable copies are left in the data folder")
	}
}

func TestAnotherKeyStillFindsTheErased(t *testing.T) {
	w := newTown(t)
	ids := w.devices(t, 2)
	keys(t, w.app)
	made := w.backup(t, noon)
	if err := os.Remove(access.KeyFile(w.app.DataDir())); err != nil {
		t.Fatal(err)
	}
	mark := keys(t, w.app).ErasureMark(ids[0]) // a new key's
	writeFile(t, erasure.File(w.app.DataDir()), `{"kind":"device","mark":"`+mark+`","day":"2026-03-01"}`+"\n")
	if restored := w.restore(t, made.Path); restored.Erased != 1 {
		t.Errorf("%+v", restored)
	}
}

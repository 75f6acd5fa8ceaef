package access

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/logger"

	"folje/internal/apptest"
)

// Whatever a phone and staff do, no code and no secret is in the data folder
// as it is, neither in the database nor in the log, with every request logged.
func TestNoCodeAndNoSecretIsStored(t *testing.T) {
	w := newWorld(t)
	logEverything(w)
	code := w.code(w.blue)
	p, refused := w.joined(code), newPhone()
	canaries := []string{code, w.handover(p), p.secret, refused.secret, "ABCDE-99999"}
	w.register(newPhone(), canaries[1])
	w.register(refused, "ABCDE-99999")
	w.join(p, "ABCDE-99999")
	w.staff(w.editor, http.MethodGet, "staff/groups/"+w.blue.Id+"/poster", "")
	w.staff(w.editor, http.MethodPost, "staff/groups/"+w.blue.Id+"/invites/rotate", `{"drop":true}`)
	waitForLog(w, 8)

	data := dataFolder(t, w.app.DataDir())
	for i, canary := range canaries {
		for _, form := range []string{canary, strings.ReplaceAll(canary, "-", "")} {
			if bytes.Contains(data, []byte(form)) {
				t.Errorf("canary %d is stored as it is", i)
			}
		}
	}
}

func logEverything(w *world) {
	w.Helper()
	w.app.Settings().Logs.MaxDays = 1 // a test app logs nothing otherwise
	w.app.Settings().Logs.MinLevel = -8
	if err := w.app.Save(w.app.Settings()); err != nil {
		w.Fatal(err)
	}
}

// waitForLog waits until PocketBase, which logs beside the request, has
// written a row for each of them.
func waitForLog(w *world, requests int64) {
	w.Helper()
	handler := w.app.Logger().Handler().(*logger.BatchHandler)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); runtime.Gosched() {
		if err := handler.WriteAll(context.Background()); err != nil {
			w.Fatal(err)
		}
		rows, err := w.app.AuxDB().Select("COUNT(*)").From("_logs").Where(dbx.Like("message", "/api/folje/")).Rows()
		if err != nil {
			w.Fatal(err)
		}
		var n int64
		rows.Next()
		if err := errors.Join(rows.Scan(&n), rows.Close()); err != nil {
			w.Fatal(err)
		}
		if n == requests {
			return
		}
	}
	w.Fatal("the requests were not logged")
}

// dataFolder is all files of the folder, one after the other.
func dataFolder(t *testing.T, dir string) []byte {
	t.Helper()
	var all bytes.Buffer
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		all.Write(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.Bytes()
}

func TestServingWantsTheKeyOfItsInvites(t *testing.T) {
	app := apptest.New(t)
	keys, err := OpenKeys(app)
	if err != nil {
		t.Fatal(err)
	}
	group := apptest.MustGroup(t, app, apptest.MustUnit(t, app, "Granen"), "Blåsippan")
	if _, err := MakeInvite(app, keys, group.Id, "", DefaultInviteDays, noon); err != nil {
		t.Fatal(err)
	}
	if _, err := newAPI(app, Config{Locales: apptest.Locales(t)}.withDefaults(), newIndex(nil)); err != nil {
		t.Fatalf("with the key: %v", err)
	}
	if err := os.Remove(KeyFile(app.DataDir())); err != nil {
		t.Fatal(err)
	}
	_, err = newAPI(app, Config{Locales: apptest.Locales(t)}.withDefaults(), newIndex(nil))
	if !errors.Is(err, ErrKeyMissing) {
		t.Errorf("without the key: %v", err)
	}
	if _, err := os.Stat(KeyFile(app.DataDir())); err == nil {
		t.Error("a new key was made beside old invites")
	}
}

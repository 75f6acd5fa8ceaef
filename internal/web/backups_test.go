package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/web"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// muxOf is PocketBase's own handler with what is bound to the app.
func muxOf(t *testing.T, app core.App) http.Handler {
	t.Helper()
	event := &core.ServeEvent{App: app, Server: &http.Server{}}
	event.Router, _ = apis.NewRouter(app)
	err := app.OnServe().Trigger(event, func(e *core.ServeEvent) (err error) {
		e.Server.Handler, err = e.Router.BuildMux()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return event.Server.Handler
}

func superuser(t *testing.T, app core.App) string {
	t.Helper()
	c, err := app.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	r := core.NewRecord(c)
	r.SetEmail("root@example.org")
	r.SetPassword("a long password")
	if err := app.Save(r); err != nil {
		t.Fatal(err)
	}
	token, err := r.NewAuthToken()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestPocketBasesOwnBackupsAreOff(t *testing.T) {
	app := newApp(t)
	web.SwitchBackupsOff(app, echo{})
	h, token := muxOf(t, app), superuser(t, app)
	folder := filepath.Join(app.DataDir(), core.LocalBackupsDirName)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "old.zip"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, path, token string
		want                int
	}{
		{"POST", "/api/backups", token, http.StatusForbidden},
		{"POST", "/api/backups/upload", token, http.StatusForbidden},
		{"POST", "/api/backups/old.zip/restore", token, http.StatusForbidden},
		{"POST", "/api/backups/old.zip/restore", "", http.StatusUnauthorized},
		{"GET", "/api/backups", token, http.StatusOK},
		{"DELETE", "/api/backups/old.zip", token, http.StatusNoContent},
	} {
		r := httptest.NewRequest(c.method, c.path, strings.NewReader("{}"))
		r.Header.Set("Authorization", c.token)
		r.Header.Set("Accept-Language", "sv")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.want || c.want == http.StatusForbidden && !strings.Contains(w.Body.String(), `"sv:error.backups"`) {
			t.Errorf("%s %s: %d %s", c.method, c.path, w.Code, w.Body)
		}
	}
	for name, err := range map[string]error{
		"create":  app.CreateBackup(context.Background(), "new.zip"), // as its schedule does
		"restore": app.RestoreBackup(context.Background(), "old.zip"),
	} {
		if err == nil || !strings.Contains(err.Error(), "folje restore") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("%v %v", left, err)
	}
}

package apptest_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"folje/internal/apptest"

	"github.com/pocketbase/pocketbase/core"
)

func TestCollectionsReplacePocketBasesUsers(t *testing.T) {
	app := apptest.New(t)
	if _, err := app.FindCollectionByNameOrId("users"); err == nil {
		t.Error("PocketBase's users collection is still there")
	}
	unit := apptest.MustUnit(t, app, "Granen")
	apptest.MustStaff(t, app, "anna@example.org", []string{"editor"}, unit)
	h := apptest.Handler(t, app)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/collections/units/records", nil))
	if w.Code != http.StatusOK || w.Body.String() == "" {
		t.Errorf("guest's list: %d %s", w.Code, w.Body)
	}
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	app := apptest.New(t)
	steps := len(core.AppMigrations.Items())
	runner := core.NewMigrationsRunner(app, core.AppMigrations)
	if _, err := runner.Down(steps); err != nil {
		t.Fatalf("down: %v", err)
	}
	for _, name := range []string{"units", "letters", "segments", "devices", "settings"} {
		if _, err := app.FindCollectionByNameOrId(name); err == nil {
			t.Errorf("%s outlived its migration's down", name)
		}
	}
	if applied, err := runner.Up(); err != nil || len(applied) != steps {
		t.Fatalf("up again: %d of %d steps, %v", len(applied), steps, err)
	}
}

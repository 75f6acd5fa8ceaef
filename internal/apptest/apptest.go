// Package apptest makes real PocketBase apps for tests: Följe's collections,
// a data folder of their own, cloned from one that was migrated once per test
// binary.
package apptest

import (
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"folje/internal/database"
	_ "folje/pb_migrations" // the collections

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

// New gives an app with all collections and no records; the test closes it.
// Features are bound by the caller, before [Handler].
func New(tb testing.TB) *tests.TestApp {
	tb.Helper()
	dir, err := migrated()
	if err != nil {
		tb.Fatalf("prepare a migrated folder: %v", err)
	}
	app, err := tests.NewTestAppWithConfig(config(dir))
	if err != nil {
		tb.Fatalf("open a test app: %v", err)
	}
	tb.Cleanup(app.Cleanup)
	return app
}

// Handler runs the OnServe hooks and gives the handler that would be served,
// with everything that was bound to the app so far.
func Handler(tb testing.TB, app core.App) http.Handler {
	tb.Helper()
	router, err := apis.NewRouter(app)
	if err != nil {
		tb.Fatalf("make the router: %v", err)
	}
	event := &core.ServeEvent{App: app, Router: router, Server: &http.Server{}}
	err = app.OnServe().Trigger(event, func(e *core.ServeEvent) error {
		mux, err := e.Router.BuildMux()
		e.Server.Handler = mux
		return err
	})
	if err != nil {
		tb.Fatalf("serve: %v", err)
	}
	return event.Server.Handler
}

// Root is the folder of the module, for the files that main embeds.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

func config(dir string) core.BaseAppConfig {
	return core.BaseAppConfig{
		DataDir: dir, DBConnect: database.Connect,
		DataMaxOpenConns: database.MaxOpen, DataMaxIdleConns: database.MaxOpen,
		AuxMaxOpenConns: 2, AuxMaxIdleConns: 2,
	}
}

// migrated makes the folder that every test app of this process is a clone of;
// it is left to the cleaning of the operating system's temporary folder.
var migrated = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "folje-migrated-*")
	if err != nil {
		return "", err
	}
	app := core.NewBaseApp(config(dir))
	if err := app.Bootstrap(); err != nil {
		return "", err
	}
	if err := app.RunAllMigrations(); err != nil {
		return "", err
	}
	if err := cheapenPasswords(app); err != nil {
		return "", err
	}
	return dir, app.ResetBootstrapState()
})

// cheapenPasswords lowers what a sign-in costs: tests make many.
func cheapenPasswords(app core.App) error {
	staff, err := app.FindCollectionByNameOrId("staff")
	if err != nil {
		return err
	}
	staff.Fields.GetByName("password").(*core.PasswordField).Cost = 4 // bcrypt's lowest
	return app.Save(staff)
}

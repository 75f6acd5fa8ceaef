package app

import (
	"fmt"

	"folje/internal/database"
	_ "folje/pb_migrations" // the collections

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Open gives the app of the data folder, migrated, without any feature bound.
func Open(dir string) (core.App, error) { return openWith(dir, database.Connect) }

// OpenReplicated is Open for a database that is copied while it is used: only
// who copies it may move what is in its write-ahead log.
func OpenReplicated(dir string) (core.App, error) {
	app, err := openWith(dir, database.ConnectReplicated)
	if err != nil {
		return nil, err
	}
	app.Cron().Remove(optimize)
	return app, app.Cron().Add("foljeOptimize", "0 0 * * *", func() {
		for _, query := range []struct {
			db  dbx.Builder
			run string
		}{{app.AuxNonconcurrentDB(), "PRAGMA wal_checkpoint(TRUNCATE)"}, {app.NonconcurrentDB(), "PRAGMA optimize"}} {
			if _, err := query.db.NewQuery(query.run).Execute(); err != nil {
				app.Logger().Warn("look after the databases", "error", err)
			}
		}
	})
}

// optimize is PocketBase's nightly job. It also empties the write-ahead log, for
// which it would wait with SQLite's lock for writing held: ten seconds in which
// nobody writes, in vain.
const optimize = "__pbDBOptimize__"

func openWith(dir string, connect core.DBConnectFunc) (core.App, error) {
	app := core.NewBaseApp(core.BaseAppConfig{
		DataDir: dir, DBConnect: connect,
		DataMaxOpenConns: database.MaxOpen, DataMaxIdleConns: database.MaxOpen,
		AuxMaxOpenConns: 2, AuxMaxIdleConns: 2,
	})
	if err := app.Bootstrap(); err != nil {
		return nil, fmt.Errorf("open the data folder: %w", err)
	}
	if err := migrate(app); err != nil { // it has been through PocketBase's own
		return nil, fmt.Errorf("migrate: %w", err)
	}
	return migrated{app}, nil
}

// migrate applies what the database lacks. PocketBase's runner asks for each
// migration apart; who has them all is told so by one question.
func migrate(app core.App) error {
	var applied []string
	if err := app.DB().Select("file").From(core.DefaultMigrationsTable).Column(&applied); err != nil {
		return fmt.Errorf("read which migrations were applied: %w", err)
	}
	if lacks(applied, core.AppMigrations.Items()) {
		return app.RunAppMigrations()
	}
	return nil
}

// lacks reports whether the runner has something to do with one of the
// migrations.
func lacks(applied []string, all []*core.Migration) bool {
	has := make(map[string]bool, len(applied))
	for _, file := range applied {
		has[file] = true
	}
	for _, m := range all {
		if !has[m.File] || m.ReapplyCondition != nil {
			return true
		}
	}
	return false
}

// migrated is an app that has been through all migrations since the program
// began: [apis.Serve] would go through them again.
type migrated struct{ core.App }

// RunAllMigrations has nothing to do.
func (migrated) RunAllMigrations() error { return nil }

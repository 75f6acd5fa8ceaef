package recording

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"folje/internal/database"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// bindWithdrawal deletes a letter's recordings in the transaction that withdraws
// it. With a letter that is deleted they go by their relation.
func bindWithdrawal(app core.App) {
	app.OnRecordUpdate(letters).Bind(&hook.Handler[*core.RecordEvent]{Id: "foljeRecordingWithdrawal", Func: func(e *core.RecordEvent) error {
		withdrawn := !e.Record.GetDateTime("withdrawn").IsZero()
		if !withdrawn {
			return e.Next()
		}
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := e.Next(); err != nil {
				return err
			}
			return dropAll(tx, e.Record.Id)
		})
	}})
}

func dropAll(tx core.App, letter string) error {
	records, err := tx.FindAllRecords(collection, dbx.HashExp{"letter": letter})
	if err != nil {
		return fmt.Errorf("list a letter's recordings: %w", err)
	}
	for _, r := range records {
		if err := tx.Delete(r); err != nil {
			return fmt.Errorf("delete a recording: %w", err)
		}
	}
	return nil
}

// bindSweep removes, every night, voices that no recording has any more: files
// are written before the row that names them and removed after it, and the
// program may be stopped in between.
func (f *feature) bindSweep(app core.App) {
	app.Cron().MustAdd("foljeRecordings", "37 2 * * *", func() {
		if err := Sweep(app); err != nil {
			app.Logger().Error("remove files of recordings that are gone", "cause", err.Error())
		}
	})
}

// Sweep removes the files that no recording names. It holds the place of the one writer meanwhile, so that no recording is
// half-way in.
func Sweep(app core.App) error {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return fmt.Errorf("find collection recordings: %w", err)
	}
	if app.Settings().S3.Enabled {
		return database.SweepBucket(app, c, time.Now())
	}
	root := filepath.Join(app.DataDir(), core.LocalStorageDirName, c.BaseFilesPath())
	return app.RunInTransaction(func(tx core.App) error {
		entries, err := os.ReadDir(root)
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("list the files of recordings: %w", err)
		}
		for _, entry := range entries {
			n, err := tx.CountRecords(collection, dbx.HashExp{"id": entry.Name()})
			if err != nil {
				return fmt.Errorf("count recordings: %w", err)
			}
			if n > 0 {
				continue
			}
			if err := os.RemoveAll(filepath.Join(root, entry.Name())); err != nil {
				return fmt.Errorf("remove a recording's files: %w", err)
			}
		}
		return nil
	})
}

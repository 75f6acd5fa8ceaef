package attachment

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"folje/internal/database"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/types"
)

// bindWithdrawal deletes a letter's attachments in the transaction that
// withdraws it: what is taken back from phones isn't left on the server either.
// With a letter that is deleted they go by their relation.
func bindWithdrawal(app core.App) {
	app.OnRecordUpdate(letters).Bind(&hook.Handler[*core.RecordEvent]{Id: "foljeAttachmentWithdrawal", Func: func(e *core.RecordEvent) error {
		before := e.Record.Original().GetDateTime("withdrawn")
		if e.Record.GetDateTime("withdrawn").IsZero() || !before.IsZero() {
			return e.Next()
		}
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := e.Next(); err != nil {
				return err
			}
			records, err := of(tx, e.Record.Id)
			if err != nil {
				return err
			}
			return drop(tx, records)
		})
	}})
}

func drop(tx core.App, records []*core.Record) error {
	for _, r := range records {
		if err := tx.Delete(r); err != nil {
			return fmt.Errorf("delete an attachment: %w", err)
		}
	}
	return nil
}

// forgotten is for how long an attachment that its letter doesn't stand for is
// kept: somebody may have put it into a draft that her phone hasn't sent yet.
const forgotten = 7 * 24 * time.Hour

// bindSweep removes, every night, what no letter stands for, and files that no
// attachment has any more: files are written before the row that names them and
// removed after it, and the program may be stopped in between.
func (f *feature) bindSweep(app core.App) {
	app.Cron().MustAdd("foljeAttachments", "43 2 * * *", func() {
		if err := f.sweep(app); err != nil {
			app.Logger().Error("remove attachments that are gone", "cause", err.Error())
		}
	})
}

func (f *feature) sweep(app core.App) error {
	if err := app.RunInTransaction(f.dropForgotten); err != nil {
		return err
	}
	return Sweep(app)
}

func (f *feature) dropForgotten(tx core.App) error {
	before, _ := types.ParseDateTime(f.Now().Add(-forgotten)) // a time.Time always parses
	records, err := tx.FindAllRecords(collection, dbx.NewExp("[[created]] < {:before}", dbx.Params{"before": before.String()}))
	if err != nil {
		return fmt.Errorf("list attachments: %w", err)
	}
	uses := map[string]Use{}
	for _, r := range records {
		letter := r.GetString("letter")
		if _, known := uses[letter]; !known {
			if uses[letter], err = f.Letter(tx, letter); err != nil {
				return fmt.Errorf("read the letter of an attachment: %w", err)
			}
		}
		if uses[letter].stands(r.Id) {
			continue
		}
		if err := drop(tx, []*core.Record{r}); err != nil {
			return err
		}
	}
	return nil
}

// Sweep removes the files that no attachment names. It holds the place of the
// one writer meanwhile, so that no attachment is half-way in.
func Sweep(app core.App) error {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return fmt.Errorf("find collection attachments: %w", err)
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
			return fmt.Errorf("list the files of attachments: %w", err)
		}
		for _, entry := range entries {
			n, err := tx.CountRecords(collection, dbx.HashExp{"id": entry.Name()})
			if err != nil {
				return fmt.Errorf("count attachments: %w", err)
			}
			if n > 0 {
				continue
			}
			if err := os.RemoveAll(filepath.Join(root, entry.Name())); err != nil {
				return fmt.Errorf("remove an attachment's files: %w", err)
			}
		}
		return nil
	})
}

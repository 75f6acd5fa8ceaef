package database

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// unsettled is for how long a file in a bucket may be of a record that isn't
// committed yet.
const unsettled = time.Hour

// SweepBucket removes from the bucket of uploaded files those that no record of
// the collection has, an hour after they were written.
func SweepBucket(app core.App, c *core.Collection, now time.Time) error {
	files, err := app.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the bucket of uploaded files: %w", err)
	}
	defer func() { _ = files.Close() }()
	root := c.BaseFilesPath() + "/"
	all, err := files.List(root)
	if err != nil {
		return fmt.Errorf("list the files of %s: %w", c.Name, err)
	}
	kept := map[string]bool{}
	for _, file := range all {
		id, _, _ := strings.Cut(strings.TrimPrefix(file.Key, root), "/")
		has, known := kept[id]
		if !known {
			n, err := app.CountRecords(c, dbx.HashExp{"id": id})
			if err != nil {
				return fmt.Errorf("count %s: %w", c.Name, err)
			}
			has = n > 0
			kept[id] = has
		}
		if has || now.Sub(file.ModTime) < unsettled {
			continue
		}
		if err := files.Delete(file.Key); err != nil {
			return fmt.Errorf("remove a file of %s: %w", c.Name, err)
		}
	}
	return nil
}

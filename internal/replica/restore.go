package replica

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/benbjohnson/litestream"
	"golang.org/x/sync/errgroup"
)

// Restore makes a database of a term's copy at path, where no file may be, and
// checks it. It gives the newest transaction that it holds. It fails with
// [ErrNone], with [ErrBehind] where that is older than least, and with [ErrAway].
func Restore(ctx context.Context, from string, term, least uint64, path string, log *slog.Logger) (position uint64, err error) {
	if log == nil {
		log = quiet()
	}
	position, err = Position(ctx, from, term)
	if err != nil {
		return 0, err
	}
	if position < least {
		return 0, fmt.Errorf("%w: term %d ends with %d, and %d was acknowledged", ErrBehind, term, position, least)
	}
	c, err := client(from, term, log)
	if err != nil {
		return 0, err
	}
	o := litestream.NewRestoreOptions()
	o.OutputPath, o.IntegrityCheck = path, litestream.IntegrityCheckQuick
	if err := litestream.NewReplicaWithClient(nil, c).Restore(ctx, o); err != nil {
		return 0, fmt.Errorf("restore term %d: %w", term, err)
	}
	return position, nil
}

// Position is the newest transaction in a term's copy. It fails with [ErrNone]
// and [ErrAway].
func Position(ctx context.Context, from string, term uint64) (uint64, error) {
	c, err := client(from, term, quiet())
	if err != nil {
		return 0, err
	}
	if err := c.Init(ctx); err != nil {
		return 0, fmt.Errorf("%w: %w", ErrAway, err)
	}
	files, err := litestream.CalcRestorePlan(ctx, c, 0, time.Time{}, quiet())
	switch {
	case errors.Is(err, litestream.ErrTxNotAvailable), errors.Is(err, litestream.ErrNoSnapshots):
		return 0, ErrNone
	case err != nil:
		return 0, fmt.Errorf("%w: %w", ErrAway, err)
	case len(files) == 0:
		return 0, ErrNone
	}
	return uint64(files[len(files)-1].MaxTXID), nil
}

// beyond is how far Newest looks: terms in which nobody came so far as to begin
// a copy leave gaps.
const beyond = 32

// Newest is the highest term that has a copy, looked for from a term on that is
// known, and where nothing follows, before it; 0 for none. It is for when nothing
// says which one it is.
func Newest(ctx context.Context, from string, known uint64) (newest uint64, err error) {
	if known > 0 {
		if _, err := Position(ctx, from, known); err == nil {
			newest = known
		} else if !errors.Is(err, ErrNone) {
			return 0, err
		}
	}
	for start := known; ; {
		found, err := highest(ctx, from, start)
		if err != nil {
			return 0, err
		}
		if found == 0 {
			break
		}
		newest, start = found, found
	}
	for before := known; newest == 0 && before > 0; {
		before -= min(before, beyond)
		if newest, err = highest(ctx, from, before); err != nil {
			return 0, err
		}
	}
	return newest, nil
}

// highest is the highest term with a copy among those that follow after.
func highest(ctx context.Context, from string, after uint64) (uint64, error) {
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(8)
	var has [beyond]bool
	for i := range uint64(beyond) {
		all.Go(func() error {
			_, err := Position(ctx, from, after+1+i)
			has[i] = err == nil
			if errors.Is(err, ErrNone) {
				return nil
			}
			return err
		})
	}
	if err := all.Wait(); err != nil {
		return 0, err
	}
	for i := beyond - 1; i >= 0; i-- {
		if has[i] {
			return after + 1 + uint64(i), nil
		}
	}
	return 0, nil
}

// Local is the newest transaction of a term that Litestream noted beside the
// database at path; 0 for none.
func Local(path string, term uint64) (uint64, error) {
	db := litestream.NewDB(path)
	db.SetMetaPath(Meta(path, term))
	defer func() { _ = db.Close(context.Background()) }() // it was never opened
	_, newest, err := db.MaxLTX()
	if err != nil {
		return 0, fmt.Errorf("read what was copied: %w", err)
	}
	return uint64(newest), nil
}

// Meta is the folder in which Litestream keeps its notes of a term beside a
// database. Each term has its own: what one had copied is known until the next
// has copied everything.
func Meta(path string, term uint64) string {
	dir, name := filepath.Split(path)
	return filepath.Join(dir, fmt.Sprintf(".%s-copied-%d", name, term))
}

// Metas are the folders of all terms.
func Metas(path string) ([]string, error) {
	dir, name := filepath.Split(path)
	return filepath.Glob(filepath.Join(dir, "."+name+"-copied-*"))
}

// Delete deletes the copies of terms; those that aren't there count as deleted.
func Delete(ctx context.Context, from string, terms ...uint64) error {
	for _, term := range terms {
		c, err := client(from, term, quiet())
		if err != nil {
			return err
		}
		if err := c.Init(ctx); err != nil {
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
		if err := c.DeleteAll(ctx); err != nil {
			return fmt.Errorf("delete the copy of term %d: %w", term, err)
		}
	}
	return nil
}

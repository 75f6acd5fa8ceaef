package demo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Template is a filled data folder that servers are given copies of.
type Template struct {
	binary, dir string
}

// freshness is how old the shared template may be: what is in it was dated from
// the day on which it was filled.
const freshness = time.Hour

// Fill builds the program in folder, or a variant of it as [BuildOf] does, and
// lets it fill a data folder there. The packages of one `go test` share what
// was filled.
func Fill(ctx context.Context, folder, pkg string) (*Template, error) {
	binary, err := BuildOf(ctx, folder, pkg)
	if err != nil {
		return nil, err
	}
	t := &Template{binary: binary, dir: filepath.Join(folder, "template")}
	if t.share(ctx, pkg) == nil {
		return t, nil
	}
	if err := os.RemoveAll(t.dir); err != nil {
		return nil, fmt.Errorf("begin the template anew: %w", err)
	}
	return t, t.fill(ctx)
}

// share copies the folder that this very program filled a short while ago for
// another package's tests, or fills one for them too.
func (t *Template) share(ctx context.Context, pkg string) error {
	root, err := Root(ctx)
	if err != nil {
		return err
	}
	program, err := sum(t.binary)
	if err != nil {
		return err
	}
	return onShelf(root, pkg, func(shelf string) error {
		shared := &Template{binary: t.binary, dir: filepath.Join(shelf, "filled-"+program)}
		if !fresh(shared.dir, time.Now()) {
			if err := shared.fillAnew(ctx, shelf); err != nil {
				return err
			}
		}
		return clone(shared.dir, t.dir)
	})
}

// fresh tells whether a template was filled today, and lately.
func fresh(dir string, now time.Time) bool {
	made, err := os.Stat(filepath.Join(dir, "demo.json"))
	return err == nil && now.Sub(made.ModTime()) < freshness && now.YearDay() == made.ModTime().YearDay()
}

// fillAnew fills the folder in the place of all that were filled before; it
// appears whole or not at all.
func (t *Template) fillAnew(ctx context.Context, shelf string) error {
	old, err := filepath.Glob(filepath.Join(shelf, "filled-*"))
	if err != nil {
		return fmt.Errorf("find old templates: %w", err)
	}
	for _, dir := range old {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("throw an old template away: %w", err)
		}
	}
	part := &Template{binary: t.binary, dir: t.dir + ".part"}
	if err := part.fill(ctx); err != nil {
		return err
	}
	return os.Rename(part.dir, t.dir)
}

func (t *Template) fill(ctx context.Context) error {
	s, err := New(t.binary, t.dir)
	if err != nil {
		return err
	}
	if err := s.Start(ctx); err != nil {
		return fmt.Errorf("fill the demonstration: %w", err)
	}
	t.compressed(ctx)
	return s.Stop()
}

// sum is the SHA-256 of a file, in hexadecimal.
func sum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("open the program: %w", err)
	}
	defer func() { _ = f.Close() }()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", fmt.Errorf("read the program: %w", err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// compressed waits until the program has kept the web files' compressed forms,
// so that no server on a copy has to make them. One that takes too long makes
// tests slower, not wrong.
func (t *Template) compressed(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, starting)
	defer cancel()
	tick := time.NewTicker(between)
	defer tick.Stop()
	for ctx.Err() == nil {
		if _, err := os.Stat(filepath.Join(t.dir, "builds", "compressed.zip")); err == nil {
			return
		}
		<-tick.C
	}
}

// Server prepares a server on a copy of the template in folder, which must not
// exist yet.
func (t *Template) Server(folder string, extra ...string) (*Server, error) {
	if err := clone(t.dir, folder); err != nil {
		return nil, fmt.Errorf("copy the template: %w", err)
	}
	return New(t.binary, folder, extra...)
}

// Empty prepares a server of the template's program on a folder of its own,
// in which there is nothing yet.
func (t *Template) Empty(folder string, extra ...string) (*Server, error) {
	return New(t.binary, folder, extra...)
}

// clone copies a tree with its permissions: a key that others may read is
// refused by the program.
func clone(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		target := filepath.Join(to, relative)
		if entry.IsDir() {
			return os.MkdirAll(target, info.Mode().Perm())
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, content, info.Mode().Perm())
	})
}

package demo

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Template is a filled data folder that servers are given copies of.
type Template struct {
	binary, dir string
}

// Fill builds the program in folder, or a variant of it as [BuildOf] does, and
// lets it fill a data folder there.
func Fill(ctx context.Context, folder, pkg string) (*Template, error) {
	binary, err := BuildOf(ctx, folder, pkg)
	if err != nil {
		return nil, err
	}
	t := &Template{binary: binary, dir: filepath.Join(folder, "template")}
	s, err := New(binary, t.dir)
	if err != nil {
		return nil, err
	}
	if err := s.Start(ctx); err != nil {
		return nil, fmt.Errorf("fill the demonstration: %w", err)
	}
	t.compressed(ctx)
	return t, s.Stop()
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

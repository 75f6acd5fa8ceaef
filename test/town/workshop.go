package town

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"folje/internal/locale"
	"folje/test/browser"
	"folje/test/demo"
)

// Workshop is what towns share and none of them changes: one Chromium, in
// which everybody has a profile of her own, one filled data folder, of which
// every town has a copy, and the messages. The zero value is ready; nothing is
// made before somebody needs it. TestMain runs its package's tests with it.
type Workshop struct {
	// Program is the folder of the program's package in the module, where it is
	// not the module's own.
	Program string

	browser browser.Shared

	once     sync.Once
	folder   string
	template *demo.Template
	words    *locale.Bundle
	err      error
}

// Profile gives somebody a browser that has never been anywhere.
func (s *Workshop) Profile(r browser.Reporter) *browser.Profile {
	r.Helper()
	return s.browser.Profile(r)
}

// Run runs a package's tests, closes the workshop, and answers what TestMain
// ends with.
func (s *Workshop) Run(tests interface{ Run() int }) int {
	defer s.Close()
	return tests.Run()
}

// Close ends the browser and throws the data away.
func (s *Workshop) Close() {
	s.browser.Close()
	if s.folder != "" {
		_ = os.RemoveAll(s.folder)
	}
}

func (s *Workshop) prepare() error {
	s.once.Do(func() { s.err = s.fill(context.Background()) })
	return s.err
}

func (s *Workshop) fill(ctx context.Context) (err error) {
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	if s.words, err = locale.Load(os.DirFS(filepath.Join(root, "locales"))); err != nil {
		return fmt.Errorf("load the messages: %w", err)
	}
	if s.folder, err = os.MkdirTemp("", "folje-town-"); err != nil {
		return fmt.Errorf("make a folder for the demonstration: %w", err)
	}
	s.template, err = demo.Fill(ctx, s.folder, s.Program)
	return err
}

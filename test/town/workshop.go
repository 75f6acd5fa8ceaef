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
	"folje/test/inventory"
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

	reading sync.Once
	words   *locale.Bundle
	kept    []inventory.Kept
	unread  error

	filling  sync.Once
	folder   string
	template *demo.Template
	unfilled error
}

// Profile gives somebody a browser that has never been anywhere. What the app
// has stored there at the test's end must be in the app's own list.
func (s *Workshop) Profile(r browser.Reporter) *browser.Profile {
	r.Helper()
	p := s.browser.Profile(r)
	// A worker refuses to install where somebody beside this test has just changed
	// a text or the colours, and is asked again.
	p.Allow(browser.Exception, "a newer version came")
	// So is one whose network a test took away meanwhile.
	p.Allow(browser.Exception, "at async install")
	r.Cleanup(func() { s.look(r, p) })
	return p
}

// look fails the test for everything stored that the app doesn't tell of.
func (s *Workshop) look(r browser.Reporter, p *browser.Profile) {
	if r.Failed() || s.read() != nil {
		return
	}
	for _, found := range p.Stored() {
		for _, unlisted := range inventory.Unlisted(s.kept, found) {
			r.Errorf("the browser keeps the %s, which public/js/data/inventory.js does not list", unlisted)
		}
	}
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

// prepare has everything ready that a town of the demonstration needs.
func (s *Workshop) prepare() error {
	if err := s.read(); err != nil {
		return err
	}
	s.filling.Do(func() { s.unfilled = s.fill(context.Background()) })
	return s.unfilled
}

func (s *Workshop) fill(ctx context.Context) (err error) {
	if s.folder, err = os.MkdirTemp("", "folje-town-"); err != nil {
		return fmt.Errorf("make a folder for the demonstration: %w", err)
	}
	s.template, err = demo.Fill(ctx, s.folder, s.Program)
	return err
}

// read has the messages ready, and the list of what a browser may keep.
func (s *Workshop) read() error {
	s.reading.Do(func() { s.unread = s.readFrom(context.Background()) })
	return s.unread
}

func (s *Workshop) readFrom(ctx context.Context) error {
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	if s.words, err = locale.Load(os.DirFS(filepath.Join(root, "locales"))); err != nil {
		return fmt.Errorf("load the messages: %w", err)
	}
	s.kept, err = inventory.Read(root)
	return err
}

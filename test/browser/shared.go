package browser

import (
	"context"
	"fmt"
	"os"
	"sync"
)

// Shared is one Chromium for all tests of a package, launched when the first
// asks for a profile. The zero value is ready; TestMain closes it.
type Shared struct {
	once    sync.Once
	folder  string
	browser *Browser
	err     error
}

// Profile makes a fresh profile in the shared browser, for one test.
func (s *Shared) Profile(r Reporter) *Profile {
	r.Helper()
	path := Require(r)
	s.once.Do(func() { s.launch(path) })
	if s.err != nil {
		r.Fatalf("%v", s.err)
	}
	return s.browser.Profile(r)
}

func (s *Shared) launch(path string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if s.folder, s.err = os.MkdirTemp("", "folje-browser-"); s.err != nil {
		s.err = fmt.Errorf("make a folder for the shared browser: %w", s.err)
		return
	}
	s.browser, s.err = Launch(ctx, path, s.folder)
}

// Close ends the browser, if it was ever launched.
func (s *Shared) Close() {
	if s.browser != nil {
		s.browser.Close()
	}
	if s.folder != "" {
		_ = os.RemoveAll(s.folder)
	}
}

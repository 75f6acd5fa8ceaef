package apptest

import (
	"os"
	"path/filepath"
	"testing"

	"folje/internal/locale"
)

// Locales loads the repository's own messages.
func Locales(tb testing.TB) *locale.Bundle {
	tb.Helper()
	b, err := locale.Load(os.DirFS(filepath.Join(Root(), "locales")))
	if err != nil {
		tb.Fatalf("load locales: %v", err)
	}
	return b
}

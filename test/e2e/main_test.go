package e2e_test

import (
	"context"
	"os"
	"sync"
	"testing"

	"folje/internal/locale"
	"folje/test/browser"
	"folje/test/demo"
)

// workshop is what the tests of this package share and none of them changes:
// one Chromium (each test has profiles of its own), one filled data folder
// (each test has a copy), the messages.
type workshop struct {
	browser browser.Shared
	folder  string
	fill    func() (*demo.Template, error)
	words   func() (*locale.Bundle, error)
}

// shop is set by TestMain before the first test and never after.
var shop *workshop

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "folje-e2e-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	shop = &workshop{folder: folder}
	shop.fill = sync.OnceValues(func() (*demo.Template, error) { return demo.Fill(context.Background(), folder) })
	shop.words = sync.OnceValues(func() (*locale.Bundle, error) { return locale.Load(os.DirFS("../../locales")) })
	defer shop.browser.Close()
	return m.Run()
}

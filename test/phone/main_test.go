package phone_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"folje/test/browser"
	"folje/test/demo"
)

// What this package's tests share: one Chromium, and one program that serves
// the app's files. TestMain ends both.
var (
	shared browser.Shared
	app    files
)

func TestMain(m *testing.M) {
	code := m.Run()
	shared.Close()
	app.close()
	os.Exit(code)
}

// files is the program, started when the first test needs it.
type files struct {
	once   sync.Once
	folder string
	server *demo.Server
	err    error
}

// origin answers where the app is served.
func (f *files) origin(t *testing.T) string {
	t.Helper()
	browser.Require(t)
	f.once.Do(func() { f.err = f.start(context.Background()) })
	if f.err != nil {
		t.Fatal(f.err)
	}
	return f.server.Origin
}

func (f *files) start(ctx context.Context) (err error) {
	if f.folder, err = os.MkdirTemp("", "folje-phone-"); err != nil {
		return err
	}
	binary, err := demo.Build(ctx, f.folder)
	if err != nil {
		return err
	}
	if f.server, err = demo.New(binary, filepath.Join(f.folder, "data")); err != nil {
		return err
	}
	return f.server.Start(ctx)
}

func (f *files) close() {
	if f.server != nil {
		_ = f.server.Stop()
	}
	if f.folder != "" {
		_ = os.RemoveAll(f.folder)
	}
}

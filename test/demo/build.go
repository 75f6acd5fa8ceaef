package demo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// Root answers the folder of the module that the caller is in.
func Root(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("ask for the module's folder: %w", err)
	}
	mod := strings.TrimSpace(string(out))
	if mod == "" || mod == os.DevNull {
		return "", fmt.Errorf("not inside a Go module")
	}
	return filepath.Dir(mod), nil
}

// Build compiles the program into folder and answers its path.
func Build(ctx context.Context, folder string) (string, error) {
	return BuildOf(ctx, folder, ".")
}

// BuildOf compiles a variant of the program, by its package's folder in the
// module. The packages of one `go test` share what is built: the compiler
// itself tells whether that is still what it would make.
func BuildOf(ctx context.Context, folder, pkg string) (string, error) {
	root, err := Root(ctx)
	if err != nil {
		return "", err
	}
	if err := notice(root); err != nil {
		return "", err
	}
	binary := filepath.Join(folder, "folje")
	if share(ctx, root, pkg, binary) == nil {
		return binary, nil
	}
	return binary, compile(ctx, root, pkg, binary)
}

// share makes binary a name of the build that this user's tests of the module
// share, brought up to date before. It fails where there is no place for one,
// or where the folder is on another file system.
func share(ctx context.Context, root, pkg, binary string) error {
	return onShelf(root, pkg, func(shelf string) error {
		shared := filepath.Join(shelf, "folje")
		if err := compile(ctx, root, pkg, shared); err != nil {
			return err
		}
		return os.Link(shared, binary)
	})
}

// onShelf runs do with the folder in which this user's tests of the module keep
// what they share of a package, while no other test does. It fails where there
// is no place for one.
func onShelf(root, pkg string, do func(shelf string) error) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return fmt.Errorf("find the folder of what can be made again: %w", err)
	}
	sum := sha256.Sum256([]byte(root + "\x00" + pkg))
	shelf := filepath.Join(cache, "folje-test", hex.EncodeToString(sum[:8]))
	if err := os.MkdirAll(shelf, 0o700); err != nil {
		return fmt.Errorf("make a folder for what tests share: %w", err)
	}
	lock := flock.New(filepath.Join(shelf, "lock"))
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("wait for who else is at it: %w", err)
	}
	defer func() { _ = lock.Unlock() }() // its end unlocks too
	return do(shelf)
}

func compile(ctx context.Context, root, pkg, binary string) error {
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, "./"+filepath.ToSlash(pkg))
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return nil
}

// notice looks at every file that the program is made of. The compiler runs in
// a process of its own, so without this go test would not know that its result
// depends on them, and would answer from its cache.
func notice(root string) error {
	for _, part := range []string{".", "internal", "locales", "packs", "pb_migrations", "public", "test/push"} {
		err := filepath.WalkDir(filepath.Join(root, part), func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && part == "." && path != root:
				return fs.SkipDir
			case entry.IsDir():
				return nil
			}
			_, err = os.Stat(path)
			return err
		})
		if err != nil {
			return fmt.Errorf("look at the program's files: %w", err)
		}
	}
	return nil
}

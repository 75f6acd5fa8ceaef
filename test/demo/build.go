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

// Root answers the folder of the program's module, also from a module that
// takes it from beside itself.
func Root(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "folje").Output()
	if err != nil {
		return "", fmt.Errorf("ask for the module's folder: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
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
	if given := os.Getenv(programVariable); given != "" && filepath.Clean(pkg) == "." {
		return binary, take(given, binary)
	}
	if share(ctx, root, pkg, binary) == nil {
		return binary, nil
	}
	return binary, compile(ctx, root, pkg, binary)
}

// programVariable names a program that is there already, such as a release's,
// which the tests then take instead of building one.
const programVariable = "FOLJE_PROGRAM"

// take copies it.
func take(given, binary string) error {
	content, err := os.ReadFile(given)
	if err != nil {
		return fmt.Errorf("take the program that %s names: %w", programVariable, err)
	}
	return os.WriteFile(binary, content, 0o755)
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

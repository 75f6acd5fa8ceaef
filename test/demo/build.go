package demo

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
// module.
func BuildOf(ctx context.Context, folder, pkg string) (string, error) {
	root, err := Root(ctx)
	if err != nil {
		return "", err
	}
	if err := notice(root); err != nil {
		return "", err
	}
	binary := filepath.Join(folder, "folje")
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, "./"+filepath.ToSlash(pkg))
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return binary, nil
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

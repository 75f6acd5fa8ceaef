package access

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"folje/internal/folder"

	"github.com/pocketbase/pocketbase/core"
)

// The errors of a key file that can't be used. Each is wrapped in a sentence
// that says what to do.
var (
	ErrKeyMissing = errors.New("the key of the invites is missing")
	ErrKeyExposed = errors.New("the key of the invites can be read by others")
	ErrKeyLength  = errors.New("the key of the invites has the wrong length")
)

// keyed are the collections whose rows are found by the key: with another one
// printed codes and calendars would stop, and operations would be applied a
// second time.
var keyed = []string{"invites", "calendars", "operations"}

// KeyFile is where the secret lies in a data folder.
func KeyFile(dataDir string) string { return filepath.Join(dataDir, "keys", "invites.key") }

// OpenKeys loads the keys of the app's data folder, and makes them where no row
// depends on them yet. The app must be migrated.
func OpenKeys(app core.App) (*Keys, error) {
	for _, name := range keyed {
		rows, err := app.CountRecords(name)
		if err != nil {
			return nil, fmt.Errorf("count %s: %w", name, err)
		}
		if rows > 0 {
			return LoadKeys(app.DataDir(), false)
		}
	}
	return LoadKeys(app.DataDir(), true)
}

// LoadKeys loads the keys from the data folder. Where the file is missing it is
// made if fresh says that nothing depends on an old one; otherwise it fails
// with [ErrKeyMissing]. A file that others may read fails with [ErrKeyExposed],
// one of another length with [ErrKeyLength].
func LoadKeys(dataDir string, fresh bool) (*Keys, error) {
	path := KeyFile(dataDir)
	secret, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		if !fresh {
			return nil, fmt.Errorf("%w: the database depends on it, but there is no %s; put the file back from the backup it is in "+
				"(32 bytes, mode 0600), or delete all rows of the collections %s: then print new posters, and expect that "+
				"what phones send twice counts twice", ErrKeyMissing, path, strings.Join(keyed, ", "))
		}
		secret, err = makeKey(path)
	}
	if err != nil {
		return nil, err
	}
	return NewKeys(secret)
}

func readKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look at the key file: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("%w: %s has mode %04o; run chmod 600 on it", ErrKeyExposed, path, mode)
	}
	if !info.Mode().IsRegular() || info.Size() != KeyLength {
		return nil, fmt.Errorf("%w: %s must be a file of %d bytes, it has %d; put it back from a backup",
			ErrKeyLength, path, KeyLength, info.Size())
	}
	secret, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	return secret, nil
}

// makeKey writes a new key, so that a crash leaves either none or a whole one.
func makeKey(path string) ([]byte, error) {
	secret := make([]byte, KeyLength)
	rand.Read(secret) // never fails
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the key folder: %w", err)
	}
	if err := folder.WriteFile(path, secret); err != nil {
		return nil, fmt.Errorf("write the key file: %w", err)
	}
	return secret, nil
}

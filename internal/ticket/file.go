package ticket

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"folje/internal/folder"
)

// The errors of a key file that can't be used. Each is wrapped in a sentence
// that says what to do.
var (
	ErrKeyExposed = errors.New("the keys of tickets can be read by others")
	ErrKeyDamaged = errors.New("the file of the tickets' keys is damaged")
)

// File is where the private keys lie in a data folder: one seed a line, in
// unpadded base64url, the current one first. Nothing depends on it for longer
// than a ticket's life: without it a new one is made, and phones ask for another
// ticket.
func File(dataDir string) string { return filepath.Join(dataDir, "keys", "ticket.key") }

// keep is how many keys the file has at most: one for new tickets, and the one
// before it, whose tickets are still on their way.
const keep = 2

// Open reads the keys of the data folder, and makes the first where the file is
// missing. A file that others may read fails with [ErrKeyExposed], one that
// makes no sense with [ErrKeyDamaged].
func Open(dataDir string) (*Issuer, error) {
	seeds, err := read(File(dataDir))
	if errors.Is(err, fs.ErrNotExist) {
		return Rotate(dataDir)
	}
	if err != nil {
		return nil, err
	}
	return newIssuer(seeds), nil
}

// IDs name the keys of the data folder; there are none where the file is
// missing. It fails as [Open] does.
func IDs(dataDir string) ([]ID, error) {
	seeds, err := read(File(dataDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return newIssuer(seeds).public.sorted(), nil
}

// Rotate puts a new key before the one there is, which stays good for tickets
// that it signed; an older one goes. It fails as [Open] does.
func Rotate(dataDir string) (*Issuer, error) {
	path := File(dataDir)
	seeds, err := read(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	fresh := make([]byte, ed25519.SeedSize)
	rand.Read(fresh) // never fails
	seeds = append([][]byte{fresh}, seeds...)
	seeds = seeds[:min(len(seeds), keep)]
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the key folder: %w", err)
	}
	var lines strings.Builder
	for _, seed := range seeds {
		lines.WriteString(encoding.EncodeToString(seed) + "\n")
	}
	if err := folder.WriteFile(path, []byte(lines.String())); err != nil {
		return nil, fmt.Errorf("write the keys of tickets: %w", err)
	}
	return newIssuer(seeds), nil
}

// maxFile is far more than the file needs, in bytes.
const maxFile = 4096

func read(path string) ([][]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look at the keys of tickets: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("%w: %s has mode %04o; run chmod 600 on it, and where others may have read it, remove it: a new one is made",
			ErrKeyExposed, path, mode)
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, damaged(path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the keys of tickets: %w", err)
	}
	lines := strings.Fields(string(raw))
	if len(lines) == 0 || len(lines) > keep {
		return nil, damaged(path)
	}
	seeds := make([][]byte, len(lines))
	for i, line := range lines {
		if seeds[i], err = encoding.DecodeString(line); err != nil || len(seeds[i]) != ed25519.SeedSize {
			return nil, damaged(path)
		}
	}
	return seeds, nil
}

func damaged(path string) error {
	return fmt.Errorf("%w: %s; remove it: a new key is made, and phones ask for another ticket by themselves", ErrKeyDamaged, path)
}

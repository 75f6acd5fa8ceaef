package backup

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
)

// ErrDamaged says that an archive, or a database in it, is not what it was
// when it was made.
var ErrDamaged = errors.New("the archive is damaged")

// maxManifest bounds what is read of a manifest, in bytes.
const maxManifest = 256 << 20

// open unpacks the archive into the new folder to, and checks it: every byte
// by age, every file's hash, both databases by SQLite, their rows, the epoch.
func open(ctx context.Context, path, to string, identities ...age.Identity) (*Manifest, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the archive: %w", err)
	}
	defer file.Close()
	plain, err := age.Decrypt(bufio.NewReaderSize(file, 1<<20), identities...)
	if none := (*age.NoIdentityMatchError)(nil); errors.As(err, &none) {
		return nil, fmt.Errorf("open the archive: %w", err)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return nil, err
	}
	m, found, err := unpack(ctx, plain, to)
	if err != nil {
		return nil, err
	}
	if err := m.compare(found); err != nil {
		return nil, err
	}
	return m, m.compareDatabases(ctx, to)
}

// unpack writes the files to the folder and gives what they turned out to be,
// and what the manifest says they should.
func unpack(ctx context.Context, plain io.Reader, to string) (*Manifest, map[string]File, error) {
	zipped, err := gzip.NewReader(cancelled{ctx, plain})
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	var m *Manifest
	found, archive := map[string]File{}, tar.NewReader(zipped)
	for {
		h, err := archive.Next()
		switch {
		case errors.Is(err, io.EOF):
			return end(m, found, zipped)
		case err != nil:
			return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		case m != nil:
			return nil, nil, fmt.Errorf("%w: something follows the manifest", ErrDamaged)
		case h.Name == manifestName:
			if m, err = readManifest(archive); err != nil {
				return nil, nil, err
			}
			continue
		}
		f, err := unpackFile(archive, h, to)
		if err != nil {
			return nil, nil, err
		}
		found[f.Name] = f
	}
}

// end reads what is left: only its last byte proves to age that none is missing.
func end(m *Manifest, found map[string]File, rest io.Reader) (*Manifest, map[string]File, error) {
	if _, err := io.Copy(io.Discard, rest); err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if m == nil {
		return nil, nil, fmt.Errorf("%w: it has no manifest", ErrDamaged)
	}
	return m, found, nil
}

func readManifest(r io.Reader) (*Manifest, error) {
	var m Manifest
	if err := json.NewDecoder(io.LimitReader(r, maxManifest)).Decode(&m); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if m.Format != format {
		return nil, fmt.Errorf("the archive has format %d, and this program reads %d: use the program of build %s", m.Format, format, m.Build)
	}
	return &m, nil
}

func unpackFile(r io.Reader, h *tar.Header, to string) (f File, err error) {
	name, ok := strings.CutPrefix(h.Name, dataDir)
	local := filepath.FromSlash(name)
	if !ok || h.Typeflag != tar.TypeReg || !filepath.IsLocal(local) {
		return File{}, fmt.Errorf("%w: %q does not belong there", ErrDamaged, h.Name)
	}
	path := filepath.Join(to, local)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return File{}, err
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return File{}, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	hash := sha256.New()
	in := &tracked{Reader: r}
	n, err := io.Copy(io.MultiWriter(out, hash), in)
	if in.err != nil {
		err = fmt.Errorf("%w: %w", ErrDamaged, in.err)
	}
	return File{name, n, hex.EncodeToString(hash.Sum(nil))}, err
}

// tracked remembers why reading ended, to tell a damaged archive from a full
// disk.
type tracked struct {
	io.Reader
	err error
}

func (t *tracked) Read(b []byte) (int, error) {
	n, err := t.Reader.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		t.err = err
	}
	return n, err
}

// compare checks that exactly the manifest's files are there.
func (m *Manifest) compare(found map[string]File) error {
	for _, want := range m.Files {
		if got := found[want.Name]; got != want {
			return fmt.Errorf("%w: %s is not what was archived", ErrDamaged, want.Name)
		}
	}
	if len(found) != len(m.Files) {
		return fmt.Errorf("%w: it has %d files and should have %d", ErrDamaged, len(found), len(m.Files))
	}
	return nil
}

func (m *Manifest) compareDatabases(ctx context.Context, dir string) error {
	left := maps.Clone(m.Rows)
	err := inspect(ctx, dir, func(name string, rows map[string]int, epoch string) error {
		if !maps.Equal(rows, left[name]) || epoch != "" && epoch != m.Epoch {
			return fmt.Errorf("%w: it has other rows than were archived", ErrDamaged)
		}
		delete(left, name)
		return nil
	})
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("%w: a database is missing", ErrDamaged)
	}
	return err
}

package backup

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"filippo.io/age"
)

// In an archive the data folder's files lie below dataDir; the manifest comes
// last, so that it can only be there if all before it is.
const (
	dataDir      = "data/"
	manifestName = "manifest.json"
)

// writeArchive writes the files below dir, and their manifest, which it
// completes, to path, for the recipients to open. When it returns, the archive
// is on the disk; key opens this one archive, for whoever checks it.
func writeArchive(ctx context.Context, path, dir string, m *Manifest, recipients []age.Recipient) (key []byte, err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := &witness{Recipient: recipients[0]}
	sealed, err := age.Encrypt(file, append([]age.Recipient{w}, recipients[1:]...)...)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	zipped, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed) // a server has better things to do
	if err != nil {
		return nil, err
	}
	t := tar.NewWriter(zipped)
	if err := writeFiles(ctx, t, dir, m); err != nil {
		return nil, err
	}
	if err := writeManifest(t, m); err != nil {
		return nil, err
	}
	return w.key, errors.Join(t.Close(), zipped.Close(), sealed.Close(), file.Sync())
}

func writeFiles(ctx context.Context, t *tar.Writer, dir string, m *Manifest) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		f, err := writeFile(ctx, t, name, filepath.ToSlash(rel), m)
		if err != nil {
			return fmt.Errorf("archive %s: %w", rel, err)
		}
		m.Files = append(m.Files, f)
		return nil
	})
}

func writeFile(ctx context.Context, t *tar.Writer, name, as string, m *Manifest) (File, error) {
	in, err := os.Open(name)
	if err != nil {
		return File{}, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return File{}, err
	}
	if err := t.WriteHeader(header(dataDir+as, info.Size(), m)); err != nil {
		return File{}, err
	}
	hash := sha256.New()
	// What somebody adds to the file meanwhile belongs to a later moment.
	n, err := io.Copy(io.MultiWriter(t, hash), io.LimitReader(cancelled{ctx, in}, info.Size()))
	if err != nil {
		return File{}, err
	}
	if n < info.Size() {
		return File{}, errShorter
	}
	return File{as, info.Size(), hex.EncodeToString(hash.Sum(nil))}, nil
}

// errShorter is of a file that lost bytes while it was archived. Files of ours
// are written beside the old one, which nobody touches.
var errShorter = errors.New("it became shorter meanwhile; whatever writes it in its place has to wait for the backup")

func writeManifest(t *tar.Writer, m *Manifest) error {
	raw, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	if err := t.WriteHeader(header(manifestName, int64(len(raw)), m)); err != nil {
		return err
	}
	_, err = t.Write(raw)
	return err
}

func header(name string, size int64, m *Manifest) *tar.Header {
	return &tar.Header{Typeflag: tar.TypeReg, Name: path.Clean(name), Size: size, Mode: 0o600, ModTime: m.Made}
}

// witness is a recipient that also remembers the archive's own key, so that
// the archive can be read back without anybody's identity.
type witness struct {
	age.Recipient
	key []byte
}

// Wrap is the recipient's.
func (w *witness) Wrap(key []byte) ([]*age.Stanza, error) {
	w.key = bytes.Clone(key)
	return w.Recipient.Wrap(key)
}

// WrapWithLabels is the recipient's where it has one: labels keep recipients
// apart that must not be mixed.
func (w *witness) WrapWithLabels(key []byte) ([]*age.Stanza, []string, error) {
	w.key = bytes.Clone(key)
	if r, ok := w.Recipient.(age.RecipientWithLabels); ok {
		return r.WrapWithLabels(key)
	}
	stanzas, err := w.Recipient.Wrap(key)
	return stanzas, nil, err
}

// cancelled is a reader that ends with its context.
type cancelled struct {
	ctx context.Context
	io.Reader
}

func (c cancelled) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(b)
}

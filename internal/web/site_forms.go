package web

import (
	"archive/zip"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// forms are compressed files, by what they are forms of: the hash of the file
// as it is, a dot and the encoding. A start keeps them for the next one, since
// compressing everything takes a slow machine several seconds. For a generated
// file they have its hash as well, by what it was made of.
type forms map[string][]byte

// generatedMark begins the names by which generated files are known.
const generatedMark = "of-"

// of names what a generated file is made of.
func (g Generated) of(name string) string {
	sum := sha256.New()
	for _, part := range [][]byte{[]byte(name), g.Known, g.Wording} {
		fmt.Fprintf(sum, "%d ", len(part))
		sum.Write(part)
	}
	return generatedMark + hex.EncodeToString(sum.Sum(nil)[:16])
}

// content gives a generated file as it was kept; nil where it was not.
func (k *forms) content(of string) *content {
	if k == nil {
		return nil
	}
	hash := string((*k)[of])
	br, gz := (*k)[hash+".br"], (*k)[hash+".gz"]
	if br == nil || gz == nil {
		return nil
	}
	return &content{hash: hash, of: of, brotli: func() []byte { return br }, gzip: func() []byte { return gz }}
}

// form gives a file's form, as it was kept or made now.
func (k *forms) form(name string, make func() []byte) []byte {
	if k != nil && (*k)[name] != nil {
		return (*k)[name]
	}
	return make()
}

// readForms gives what [Site.keepForms] kept; without a file there is nothing.
func readForms(path string) (forms, error) {
	z, err := zip.OpenReader(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the compressed files: %w", err)
	}
	defer z.Close()
	kept := forms{}
	for _, entry := range z.File {
		r, err := entry.Open()
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", entry.Name, err)
		}
		body, err := io.ReadAll(r) // fails where its checksum is wrong
		if err := errors.Join(err, r.Close()); err != nil {
			return nil, fmt.Errorf("read %s: %w", entry.Name, err)
		}
		kept[entry.Name] = body
	}
	return kept, nil
}

// useForms has files that are not compressed yet taken from what was kept.
func (s *Site) useForms(kept forms) {
	for _, f := range s.now().files {
		f.kept.Store(&kept)
	}
}

// keepForms keeps the forms of the site's files, all compressed, in path, as a
// whole or not at all; where those are there already it does nothing.
func (s *Site) keepForms(path string) error {
	made := forms{}
	for _, f := range s.now().files {
		if c := f.content(); c.brotli != nil {
			made[c.hash+".br"], made[c.hash+".gz"] = c.brotli(), c.gzip()
			if c.of != "" {
				made[c.of] = []byte(c.hash)
			}
		}
	}
	if there, err := readForms(path); err == nil && sameNames(there, made) {
		return nil
	}
	aside, err := os.CreateTemp(filepath.Dir(path), "aside-*")
	if err != nil {
		return fmt.Errorf("keep the compressed files: %w", err)
	}
	defer os.Remove(aside.Name())
	err = errors.Join(made.writeTo(aside), aside.Sync(), aside.Close())
	if err := cmp.Or(err, os.Rename(aside.Name(), path)); err != nil {
		return fmt.Errorf("keep the compressed files: %w", err)
	}
	return nil
}

func sameNames(a, b forms) bool {
	return slices.Equal(slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b)))
}

func (k forms) writeTo(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(k)) {
		entry, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return err
		}
		if _, err := entry.Write(k[name]); err != nil {
			return err
		}
	}
	return z.Close()
}

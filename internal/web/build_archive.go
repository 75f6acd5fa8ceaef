package web

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"folje/internal/pattern"
)

// keptBuilds is how many builds before the running one stay fetchable. A phone
// that holds an older one gets the newer version's page the next time it has a
// network.
const keptBuilds = 3

// buildName matches what buildID makes; other files in the folder are not ours.
var buildName = pattern.Of(`^([0-9a-f]{16})\.zip$`)

// builds are the web files of the builds that ran here last, by build without
// its wording. Pages of theirs are still open on phones, and fetch some of their
// files only when they are needed.
type builds map[string]map[string]func() *file

// openBuilds keeps the site's files in the folder, as those that run from now
// on, drops all but the last ones before them and opens those. A build that
// can't be read is left out. The result is usable also where err says that the
// site could not be stored, such as on a full disk.
func openBuilds(folder string, s *Site, now time.Time) (builds, error) {
	stored := s.archive(folder, now)
	found, err := archives(folder)
	if err != nil {
		return nil, errors.Join(stored, err)
	}
	found = slices.DeleteFunc(found, func(name string) bool { return name == s.source().base+".zip" })
	opened, failures := builds{}, []error{stored}
	for i, name := range found {
		if i >= keptBuilds {
			failures = append(failures, os.Remove(filepath.Join(folder, name)))
			continue
		}
		files, err := openArchive(filepath.Join(folder, name))
		if err != nil {
			failures = append(failures, err)
			continue
		}
		opened[strings.TrimSuffix(name, ".zip")] = files
	}
	return opened, errors.Join(failures...)
}

// archive stores the site's files as folder/<base>.zip, whole or not at all,
// or notes that a build that is there already runs now.
func (s *Site) archive(folder string, now time.Time) error {
	path := filepath.Join(folder, s.source().base+".zip")
	if err := os.Chtimes(path, now, now); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("keep the build: %w", err)
	}
	// Under a name that a start which was cut short leaves behind only once, and
	// in a file of its own: a backup may be reading that one.
	name := filepath.Join(folder, "aside")
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("keep the build: %w", err)
	}
	aside, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("keep the build: %w", err)
	}
	defer os.Remove(aside.Name())
	err = errors.Join(s.writeTo(aside), aside.Sync(), aside.Close())
	if err == nil {
		err = errors.Join(os.Chtimes(aside.Name(), now, now), os.Rename(aside.Name(), path))
	}
	if err != nil {
		return fmt.Errorf("keep the build: %w", err)
	}
	return nil
}

func (s *Site) writeTo(w io.Writer) error {
	z := zip.NewWriter(w)
	for name, f := range s.now().files {
		entry, err := z.Create(strings.TrimPrefix(name, "/"))
		if err != nil {
			return err
		}
		if _, err := entry.Write(f.content().bytes()); err != nil {
			return err
		}
	}
	return z.Close()
}

// archives lists the stored builds, those that ran last first.
func archives(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list builds: %w", err)
	}
	ran := map[string]time.Time{}
	var names []string
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !buildName.MatchString(e.Name()) {
			continue
		}
		ran[e.Name()] = info.ModTime()
		names = append(names, e.Name())
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(ran[b].Compare(ran[a]), cmp.Compare(a, b))
	})
	return names, nil
}

// openArchive gives the files of a stored build by path. Each is unpacked when
// it is first asked for; until the program ends the archive stays open, so that
// it is not kept in memory.
func openArchive(path string) (map[string]func() *file, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, fmt.Errorf("read build %s: %w", filepath.Base(path), err)
	}
	files := map[string]func() *file{}
	for _, entry := range z.File {
		files["/"+entry.Name] = sync.OnceValue(func() *file { return unpack(entry) })
	}
	return files, nil
}

// unpack gives an archived file, or nil where the archive is damaged there.
func unpack(entry *zip.File) *file {
	r, err := entry.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	return newFile("/"+entry.Name, body)
}

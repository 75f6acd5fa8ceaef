package locale

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Own gives the locale files of a server whose operator has some of their own in
// a folder. Each of those is held to the program's source as [Faults] does. A
// file without a hard fault is used, and kept in the folder named kept; for one
// that has one, and for one of a locale that the program lacks, what was kept
// last is used, or the program's where that is none or isn't good any more. What
// was wrong comes back line by line. Files of locales that the folder lacks are
// the program's.
//
// The result reads from kept and from the program, so that the operator can go
// on writing while the server runs.
func Own(program fs.FS, folder, kept string) (files fs.FS, wrong []string, err error) {
	source, err := readSource(program)
	if err != nil {
		return nil, nil, err
	}
	names, err := fs.Glob(program, "*.json")
	if err != nil {
		return nil, nil, fmt.Errorf("list locale files: %w", err)
	}
	own, err := jsonFiles(folder)
	if err != nil {
		return nil, nil, fmt.Errorf("read --locales: %w", err)
	}
	o := owner{program: program, source: source, folder: folder, kept: kept}
	picked := picked{}
	for _, name := range names {
		picked[name] = program
		if slices.Contains(own, name) {
			picked[name] = o.pick(name)
		}
	}
	for _, name := range own {
		if picked[name] == nil {
			o.say(filepath.Join(folder, name), errors.New("the program has no such locale"), "it is not used")
		}
	}
	return picked, o.wrong, nil
}

func readSource(program fs.FS) (*Catalog, error) {
	raw, err := fs.ReadFile(program, Source+".json")
	if err != nil {
		return nil, fmt.Errorf("read the program's locales: %w", err)
	}
	return ReadCatalog(Source, raw)
}

func jsonFiles(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".json") && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// owner picks each locale's file.
type owner struct {
	program      fs.FS
	source       *Catalog
	folder, kept string
	wrong        []string
}

// say notes what is wrong with a file, fault by fault, and what follows.
func (o *owner) say(file string, err error, so string) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		o.wrong = append(o.wrong, file+": "+line)
	}
	o.wrong = append(o.wrong, file+": "+so)
}

// pick gives where the locale is read from.
func (o *owner) pick(name string) fs.FS {
	file := filepath.Join(o.folder, name)
	raw, err := o.good(file)
	if err == nil {
		if err := keep(o.kept, name, raw); err == nil {
			return os.DirFS(o.kept)
		}
		o.say(file, fmt.Errorf("keep it as the last good one: %w", err), "it is read where it is")
		return os.DirFS(o.folder)
	}
	if _, last := o.good(filepath.Join(o.kept, name)); last == nil {
		o.say(file, err, "the last good one is used")
		return os.DirFS(o.kept)
	}
	o.say(file, err, "the program's own is used")
	return o.program
}

// good reads a file that has no hard fault; the error names all it has.
func (o *owner) good(file string) ([]byte, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	tag := strings.TrimSuffix(filepath.Base(file), ".json")
	c, err := ReadCatalog(tag, raw)
	if err != nil {
		return nil, err
	}
	if _, err := infoOf(tag, raw); err != nil {
		return nil, err
	}
	faults, err := o.faults(c)
	if err != nil {
		return nil, err
	}
	if len(faults) == 0 {
		return raw, nil
	}
	said := make([]error, len(faults))
	for i, f := range faults {
		where := f.ID
		if f.Form != "" {
			where += " (" + f.Form + ")"
		}
		said[i] = errors.New(strings.TrimSuffix(where+": "+f.Code+": "+f.At, ": "))
	}
	return nil, errors.Join(said...)
}

// faults are the hard ones of a file. Which messages count is known from the
// source, from the program's file of the locale and from the file itself.
func (o *owner) faults(c *Catalog) ([]Fault, error) {
	raw, err := fs.ReadFile(o.program, c.Tag+".json")
	if err != nil {
		return nil, fmt.Errorf("read the program's locales: %w", err)
	}
	program, err := ReadCatalog(c.Tag, raw)
	if err != nil {
		return nil, err
	}
	counts := map[string]bool{}
	for _, catalog := range []*Catalog{o.source, program, c} {
		for id, m := range catalog.Messages {
			counts[id] = counts[id] || m.Counts()
		}
	}
	faults, err := c.faults(o.source, counts)
	if err != nil {
		return nil, err
	}
	if c.Tag == Source {
		faults = append(faults, lostPlaceholders(c, o.source)...)
	}
	return slices.DeleteFunc(faults, func(f Fault) bool { return f.Soft }), nil
}

// lostPlaceholders compares the operator's wording of the source with the
// program's: it may say other things, but with the same placeholders.
func lostPlaceholders(c, program *Catalog) []Fault {
	var faults []Fault
	for id, from := range program.Messages {
		for form, text := range c.Messages[id].Forms {
			want, got := placeholders(from.Nearest(form)), placeholders(text)
			if strings.TrimSpace(text) == "" || !slices.Equal(want, got) {
				faults = append(faults, Fault{Tag: c.Tag, ID: id, Form: form, Code: "placeholder",
					At: strings.Join(want, " ") + " is " + strings.Join(got, " ")})
			}
		}
	}
	slices.SortFunc(faults, func(a, b Fault) int { return strings.Compare(a.String(), b.String()) })
	return faults
}

func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// keep stores a good file, whole or not at all; one that is there already stays.
func keep(folder, name string, raw []byte) error {
	path := filepath.Join(folder, name)
	if was, err := os.ReadFile(path); err == nil && string(was) == string(raw) {
		return nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	// In a file of its own: a backup may be reading what a crash left.
	if err := os.Remove(path + ".new"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	aside, err := os.OpenFile(path+".new", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(aside.Name())
	_, err = aside.Write(raw)
	if err := errors.Join(err, aside.Sync(), aside.Close()); err != nil {
		return err
	}
	return os.Rename(aside.Name(), path)
}

// picked are the files of several folders, by name.
type picked map[string]fs.FS

// Open opens the file where it was picked from.
func (p picked) Open(name string) (fs.File, error) {
	from, ok := p[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return from.Open(name)
}

// Glob lists the files that match.
func (p picked) Glob(pattern string) ([]string, error) {
	var names []string
	for name := range p {
		matched, err := filepath.Match(pattern, name)
		if err != nil {
			return nil, err
		}
		if matched {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

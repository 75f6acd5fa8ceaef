package pack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"folje/internal/text"
)

const mainFile = "pack.json"

// Fault is one thing wrong with a pack: where it stands and what it is. Field is
// a path such as "letter.blocks[2].sentences[0].ar", empty for the whole file.
type Fault struct {
	File, Field, Problem string
}

func (f Fault) Error() string {
	if f.Field == "" {
		return f.File + ": " + f.Problem
	}
	return f.File + ": " + f.Field + ": " + f.Problem
}

// Load reads and checks the pack in fsys: pack.json and letters/*.json. Other
// files are left alone. A pack that loads is sound: what it refers to is there,
// each source sentence is exactly one segment, its texts are plain and within
// the limits of internal/text, one sentence has one translation, and what it
// calls published lies before today, whatever weekday that is.
//
// The error names every Fault found (errors.As gives the first).
func Load(fsys fs.FS) (*Pack, error) {
	var p Pack
	if err := readFile(fsys, mainFile, &p); err != nil {
		return nil, err
	}
	files, err := fs.Glob(fsys, "letters/*.json")
	if err != nil {
		return nil, fmt.Errorf("list the pack's letters: %w", err)
	}
	slices.Sort(files)
	var faults []error
	for _, file := range files {
		e := Entry{File: file}
		if err := readFile(fsys, file, &e); err != nil {
			faults = append(faults, err)
		}
		p.Entries = append(p.Entries, e)
	}
	if len(faults) == 0 {
		faults = check(&p)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return &p, nil
}

// readFile decodes one file strictly into out and checks that its texts are plain.
func readFile(fsys fs.FS, file string, out any) error {
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("read the pack's %s: %w", file, err)
	}
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	if err := strict.Decode(out); err != nil {
		return Fault{File: file, Problem: err.Error()}
	}
	if _, err := strict.Token(); !errors.Is(err, io.EOF) {
		return Fault{File: file, Problem: "something follows the end of the JSON"}
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return Fault{File: file, Problem: err.Error()}
	}
	return errors.Join(plain(file, "", tree)...)
}

// markup is what no text may hold: a tag, a comment or an entity of HTML.
var markup = regexp.MustCompile(`<[A-Za-z/!?]|&(?:[A-Za-z]+|#[0-9A-Fa-fx]+);`)

// plain returns the faults of every string in a decoded JSON value: markup, and
// white space or invisible characters that a segment wouldn't keep.
func plain(file, field string, value any) []error {
	var faults []error
	switch v := value.(type) {
	case string:
		if markup.MatchString(v) {
			return []error{Fault{file, field, "holds HTML; texts are plain"}}
		}
		if text.Fold(v) != v {
			return []error{Fault{file, field, "holds white space or characters that a text doesn't keep"}}
		}
	case []any:
		for i, item := range v {
			faults = append(faults, plain(file, index(field, i), item)...)
		}
	case map[string]any:
		for name, item := range v {
			faults = append(faults, plain(file, strings.TrimPrefix(field+"."+name, "."), item)...)
		}
		sortFaults(faults)
	}
	return faults
}

func sortFaults(faults []error) {
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
}

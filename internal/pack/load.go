package pack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"folje/internal/pattern"
	"folje/internal/text"
)

// The files of a pack.
const (
	mainFile = "pack.json"
	// All others may be missing.
	glossaryFile   = "glossary.json"
	worriesFile    = "worries.json"
	themesFile     = "themes.json"
	activitiesFile = "activities.json"
	questionsFile  = "questions.json"
	phrasesFile    = "phrases.json"
	yearFile       = "terms.json"
	supportFile    = "support_groups.json"
)

// Limits of a pack, in bytes of a file and in files of a folder. The largest file
// of a municipality with everything is some 150 kB.
const (
	maxFile  = 2 << 20
	maxFiles = 500
)

// Fault is one thing wrong with a pack: where it stands and what it is. Field is
// a path such as "letter.blocks[2].sentences[0]", empty for the whole file; Line
// is 0 where there is none.
type Fault struct {
	File    string
	Line    int
	Field   string
	Problem string
}

func (f Fault) Error() string {
	at := f.File
	if f.Line > 0 {
		at += ":" + strconv.Itoa(f.Line)
	}
	if f.Field != "" {
		at += ": " + f.Field
	}
	return at + ": " + f.Problem
}

// Load reads and checks the pack in fsys: pack.json, guide/*.json, letters/*.json,
// worries.json, themes.json, activities.json, questions.json, phrases.json,
// glossary.json, terms.json, support_groups.json and translations/*.json. Other
// files are left alone; one of these that is a link or another special file, or
// too large, is refused, and so is a folder that is a link. A pack that
// loads is sound: what it refers to is there, each source sentence is exactly
// one segment, its texts are plain and within the limits of internal/text, what
// is translated is said somewhere, and what it calls published lies before
// today, whatever weekday that is.
//
// The error names every Fault found (errors.As gives the first).
func Load(fsys fs.FS) (*Pack, error) {
	r := reader{fsys: fsys, lines: map[string]lines{}}
	var p Pack
	if err := r.file(mainFile, &p); err != nil {
		return nil, err
	}
	faults := r.singles(&p)
	faults = append(faults, r.guide(&p)...)
	faults = append(faults, r.entries(&p)...)
	faults = append(faults, r.translations(&p)...)
	if len(faults) == 0 {
		faults = check(&p, r.lines)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return &p, nil
}

// reader reads a pack's files and keeps where their fields stand.
type reader struct {
	fsys  fs.FS
	lines map[string]lines
}

// singles reads what is one file each.
func (r reader) singles(p *Pack) (faults []error) {
	for _, f := range []struct {
		file string
		into any
	}{
		{glossaryFile, &struct{ Words *[]Word }{&p.Words}},
		{worriesFile, &struct{ Worries *[]Worry }{&p.Worries}},
		{themesFile, &struct{ Themes *[]Theme }{&p.Themes}},
		{activitiesFile, &struct{ Activities *[]Activity }{&p.Activities}},
		{questionsFile, &struct{ Questions *[]Phrase }{&p.Questions}},
		{phrasesFile, &struct{ Phrases *[]Phrase }{&p.Phrases}},
		{yearFile, &p.School},
		{supportFile, &struct{ Groups *[]SupportGroup }{&p.SupportGroups}},
	} {
		if err := r.file(f.file, f.into); err != nil && !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, err)
		}
	}
	return faults
}

func (r reader) guide(p *Pack) (faults []error) {
	return r.all("guide", func(file string) error {
		e := GuideEntry{File: file}
		err := r.file(file, &e)
		p.Guide = append(p.Guide, e)
		return err
	})
}

func (r reader) entries(p *Pack) (faults []error) {
	return r.all("letters", func(file string) error {
		e := Entry{File: file}
		err := r.file(file, &e)
		p.Entries = append(p.Entries, e)
		return err
	})
}

func (r reader) translations(p *Pack) (faults []error) {
	return r.all("translations", func(file string) error {
		l := Locale{File: file, Tag: strings.TrimSuffix(path.Base(file), ".json")}
		err := r.file(file, &l)
		p.Locales = append(p.Locales, l)
		return err
	})
}

// all reads the folder's JSON files in the order of their names.
func (r reader) all(folder string, read func(file string) error) (faults []error) {
	if info, err := fs.Lstat(r.fsys, folder); err == nil && !info.IsDir() {
		return []error{Fault{File: folder, Problem: "is no folder"}}
	}
	files, err := fs.Glob(r.fsys, folder+"/*.json")
	if err != nil {
		return []error{fmt.Errorf("list the pack's %s: %w", folder, err)}
	}
	if len(files) > maxFiles {
		return []error{Fault{File: folder, Problem: fmt.Sprintf("holds %d files, more than %d", len(files), maxFiles)}}
	}
	slices.Sort(files)
	for _, file := range files {
		if err := read(file); err != nil {
			faults = append(faults, err)
		}
	}
	return faults
}

// file decodes one file strictly into out and checks that its texts are plain.
func (r reader) file(file string, out any) error {
	info, err := fs.Lstat(r.fsys, file)
	if err == nil && (!info.Mode().IsRegular() || info.Size() > maxFile) {
		return Fault{File: file, Problem: fmt.Sprintf("is no regular file of at most %d bytes", maxFile)}
	}
	raw, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		return fmt.Errorf("read the pack's %s: %w", file, err)
	}
	if at, err := decode(raw, out); err != nil {
		return Fault{File: file, Line: lineAt(raw, at), Problem: err.Error()}
	}
	found, twice := survey(raw)
	r.lines[file] = found
	var faults []error
	for _, field := range twice {
		faults = append(faults, Fault{file, found.of(field), field, "is there twice"})
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return Fault{File: file, Problem: err.Error()}
	}
	return errors.Join(append(faults, plain(file, found, "", tree)...)...)
}

// decode reads one JSON value and nothing that out doesn't know. An error comes
// with the byte at which it was noticed.
func decode(raw []byte, out any) (at int64, err error) {
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	err = strict.Decode(out)
	var syntax *json.SyntaxError
	var mistyped *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return syntax.Offset, err
	case errors.As(err, &mistyped):
		return mistyped.Offset, err
	case err != nil:
		// An unknown field's error says its name, and nothing else of it.
		name := strings.TrimPrefix(err.Error(), "json: unknown field ")
		return int64(max(bytes.Index(raw, []byte(name)), 0)), err
	}
	if _, err := strict.Token(); !errors.Is(err, io.EOF) {
		return strict.InputOffset(), errors.New("something follows the end of the JSON")
	}
	return 0, nil
}

// markup is what no text may hold: a tag, a comment or an entity of HTML.
var markup = pattern.Of(`<[A-Za-z/!?]|&(?:[A-Za-z]+|#[0-9A-Fa-fx]+);`)

// plain returns the faults of every string in a decoded JSON value: markup, and
// white space or invisible characters that a segment wouldn't keep.
func plain(file string, at lines, field string, value any) []error {
	var faults []error
	switch v := value.(type) {
	case string:
		if markup.MatchString(v) {
			return []error{Fault{file, at.of(field), field, "holds HTML; texts are plain"}}
		}
		if text.Fold(v) != v {
			return []error{Fault{file, at.of(field), field, "holds white space or characters that a text doesn't keep"}}
		}
	case []any:
		for i, item := range v {
			faults = append(faults, plain(file, at, index(field, i), item)...)
		}
	case map[string]any:
		for name, item := range v {
			faults = append(faults, plain(file, at, strings.TrimPrefix(field+"."+name, "."), item)...)
		}
		sortFaults(faults)
	}
	return faults
}

func sortFaults(faults []error) {
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
}

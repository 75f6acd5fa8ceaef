package locale

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"folje/internal/wording"
)

// Fault is one thing that is wrong with the locale files. Code is missing (the
// locale lacks the message), unknown (the source lacks it), undescribed, form (a
// plural form is missing or one too many), or one of [wording.Check]'s; Soft
// ones are for a translator to look at, the others break what readers see.
type Fault struct {
	Tag, ID, Form string
	Code          string
	At            string
	Soft          bool
}

// String names the file, the message and the form.
func (f Fault) String() string {
	where := f.Tag + ".json: " + f.ID
	if f.Form != "" {
		where += " (" + f.Form + ")"
	}
	if f.At != "" {
		return where + ": " + f.Code + ": " + f.At
	}
	return where + ": " + f.Code
}

// Faults compares every locale file at the root of fsys with the source's. It
// fails where a file can't be read at all.
func Faults(fsys fs.FS) ([]Fault, error) {
	catalogs, err := ReadCatalogs(fsys)
	if err != nil {
		return nil, err
	}
	return FaultsOf(catalogs)
}

// FaultsOf is [Faults] of files that are read already, by tag.
func FaultsOf(catalogs map[string]*Catalog) ([]Fault, error) {
	source := catalogs[Source]
	if source == nil {
		return nil, fmt.Errorf("check locales: no %s.json", Source)
	}
	counts := map[string]bool{}
	for _, c := range catalogs {
		for id, m := range c.Messages {
			counts[id] = counts[id] || m.Counts()
		}
	}
	var faults []Fault
	for _, tag := range slices.Sorted(maps.Keys(catalogs)) {
		found, err := catalogs[tag].faults(source, counts)
		if err != nil {
			return nil, err
		}
		faults = append(faults, found...)
	}
	return faults, nil
}

// ReadCatalogs reads every <tag>.json at the root of fsys, by tag.
func ReadCatalogs(fsys fs.FS) (map[string]*Catalog, error) {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, fmt.Errorf("list locale files: %w", err)
	}
	catalogs := map[string]*Catalog{}
	for _, name := range names {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read locales: %w", err)
		}
		tag := strings.TrimSuffix(path.Base(name), ".json")
		if catalogs[tag], err = ReadCatalog(tag, raw); err != nil {
			return nil, err
		}
	}
	return catalogs, nil
}

// faults compares a file with the source's; counts are the messages that have
// more than one form in some locale.
func (c *Catalog) faults(source *Catalog, counts map[string]bool) ([]Fault, error) {
	forms, err := Forms(c.Tag)
	if err != nil {
		return nil, err
	}
	var faults []Fault
	for _, id := range slices.Sorted(maps.Keys(source.Messages)) {
		m, ok := c.Messages[id]
		if !ok {
			faults = append(faults, Fault{Tag: c.Tag, ID: id, Code: "missing"})
			continue
		}
		want := []string{"other"}
		if counts[id] {
			want = forms
		}
		faults = append(faults, c.checkForms(m, want)...)
		faults = append(faults, c.checkTexts(m, source.Messages[id])...)
	}
	for _, id := range slices.Sorted(maps.Keys(c.Messages)) {
		if _, ok := source.Messages[id]; !ok {
			faults = append(faults, Fault{Tag: c.Tag, ID: id, Code: "unknown"})
		}
	}
	return faults, nil
}

func (c *Catalog) checkForms(m Message, want []string) []Fault {
	var faults []Fault
	for _, form := range formNames {
		_, has := m.Forms[form]
		if needs := slices.Contains(want, form); has != needs {
			at := "not a form of " + c.Tag
			if needs {
				at = "lacks it"
			}
			faults = append(faults, Fault{Tag: c.Tag, ID: m.ID, Form: form, Code: "form", At: at})
		}
	}
	if c.Tag == Source && strings.TrimSpace(m.Comment) == "" {
		faults = append(faults, Fault{Tag: c.Tag, ID: m.ID, Code: "undescribed"})
	}
	return faults
}

// checkTexts compares each form with the source's nearest.
func (c *Catalog) checkTexts(m, source Message) []Fault {
	var faults []Fault
	for _, form := range formNames {
		if text, ok := m.Forms[form]; ok {
			faults = append(faults, CheckText(c.Tag, source, form, text)...)
		}
	}
	return faults
}

// CheckText compares the text of one form in a locale with the source's message.
// Forms for none, one and two may say the count in words.
func CheckText(tag string, source Message, form, text string) []Fault {
	if err := checkPlaceholder(text); err != nil {
		return []Fault{{Tag: tag, ID: source.ID, Form: form, Code: wording.Placeholder, At: err.Error()}}
	}
	if tag == Source || AboutItself(source.ID) {
		return nil
	}
	var faults []Fault
	few := slices.Contains([]string{"zero", "one", "two"}, form)
	for _, f := range wording.Check(source.Nearest(form), text, tag) {
		if few && (f.At == "{{.Count}}" || f.Code == wording.Number) || ownName(tag, source.ID, f.At) {
			continue
		}
		faults = append(faults, Fault{Tag: tag, ID: source.ID, Form: form, Code: f.Code, At: f.At, Soft: !f.Hard})
	}
	return faults
}

// Nearest is the source's text that a form of a translation says: that of the
// same form where the source has it.
func (m Message) Nearest(form string) string {
	if text := m.Forms[form]; text != "" {
		return text
	}
	return m.Forms["other"]
}

// ownName are messages of a locale that name it in the sentence, where others
// have {{.Language}}: its name, alone, wouldn't read well.
func ownName(tag, id, at string) bool {
	return tag == simple && id == "marks.missing_all" && at == "{{.Language}}"
}

package pack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// Files are the files of a pack of content, by path: what Load reads again. The
// same pack gives the same bytes. Units, staff, meetings, letters and school years
// are of a demo's pack, and are not written.
func (p *Pack) Files() (map[string][]byte, error) {
	files := map[string][]byte{}
	add := func(file string, content any) error {
		raw, err := write(content)
		if err != nil {
			return fmt.Errorf("write %s: %w", file, err)
		}
		files[file] = raw
		return nil
	}
	about := struct {
		Name         string       `json:"name"`
		Licence      string       `json:"licence"`
		Note         string       `json:"note"`
		Municipality Municipality `json:"municipality"`
	}{p.Name, p.Licence, p.Note, p.Municipality}
	if err := add(mainFile, about); err != nil {
		return nil, err
	}
	for i := range p.Guide {
		if err := add("guide/"+p.Guide[i].Key+".json", p.Guide[i]); err != nil {
			return nil, err
		}
	}
	for _, list := range []struct {
		file, name string
		n          int
		items      any
	}{
		{worriesFile, "worries", len(p.Worries), p.Worries},
		{themesFile, "themes", len(p.Themes), p.Themes},
		{activitiesFile, "activities", len(p.Activities), p.Activities},
		{questionsFile, "questions", len(p.Questions), p.Questions},
		{phrasesFile, "phrases", len(p.Phrases), p.Phrases},
		{glossaryFile, "words", len(p.Words), p.Words},
	} {
		if list.n > 0 {
			if err := add(list.file, map[string]any{list.name: list.items}); err != nil {
				return nil, err
			}
		}
	}
	for _, l := range p.Locales {
		files["translations/"+l.Tag+".json"] = p.locale(l)
	}
	return files, nil
}

// write is readable JSON: texts as they are, without escapes of HTML.
func write(content any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(content); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// locale writes a translator's file: each sentence in reading order with its
// translation below it.
func (p *Pack) locale(l Locale) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "{\n  \"status\": %s,\n  \"sentences\": {", quote(l.Status))
	p.pairs(&b, l.Sentences)
	b.WriteString("\n  }")
	if len(l.Reviewed) > 0 {
		b.WriteString(",\n  \"reviewed\": {")
		p.pairs(&b, l.Reviewed)
		b.WriteString("\n  }")
	}
	b.WriteString("\n}\n")
	return []byte(b.String())
}

func (p *Pack) pairs(b *strings.Builder, values map[string]string) {
	seen, comma := map[string]bool{}, ""
	for _, source := range p.Sources() {
		if s, ok := values[source]; ok && !seen[source] {
			seen[source] = true
			fmt.Fprintf(b, "%s\n    %s:\n      %s", comma, quote(source), quote(s))
			comma = ","
		}
	}
}

func quote(s string) string {
	raw, _ := write(s) // a string can always be written
	return strings.TrimSuffix(string(raw), "\n")
}

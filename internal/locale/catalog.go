package locale

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"weak"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Message is one interface message as a locale file has it. Forms are its texts
// by CLDR plural form; one that doesn't count has "other" alone. In the source's
// file Comment describes it for translators; elsewhere State says how good the
// text is, Comment is a translator's, and Hash is the [SourceHash] of what was
// translated.
type Message struct {
	ID      string
	State   State
	Comment string
	Hash    string
	Forms   map[string]string
}

// Counts reports whether the message has a text for more than one plural form.
func (m Message) Counts() bool { return len(m.Forms) > 1 }

// Catalog is one locale file as it is written.
type Catalog struct {
	Tag      string
	Messages map[string]Message
}

// ReadCatalog reads a locale file. It is strict: besides what isn't JSON it
// refuses, naming the message, what a go-i18n message can't have.
func ReadCatalog(tag string, raw []byte) (*Catalog, error) {
	var entries map[string]map[string]string
	if err := json.Unmarshal(raw, &entries); err != nil {
		return nil, fmt.Errorf("read %s.json: %w", tag, err)
	}
	c := &Catalog{Tag: tag, Messages: make(map[string]Message, len(entries))}
	for id, entry := range entries {
		m := Message{ID: id, Forms: map[string]string{}}
		for name, value := range entry {
			switch {
			case name == "hash":
				m.Hash = value
			case name == "description":
				m.Comment = value
			case slices.Contains(formNames, name):
				m.Forms[name] = value
			default:
				return nil, fmt.Errorf("read %s.json: message %s has %q, which no message has", tag, id, name)
			}
		}
		if tag != Source {
			state, comment, known := describedAs(m.Comment)
			if !known {
				return nil, fmt.Errorf("read %s.json: message %s is described as %q; a translation is %q or %q, with a comment after a colon",
					tag, id, m.Comment, Machine, Reviewed)
			}
			m.State, m.Comment = state, comment
		}
		c.Messages[id] = m
	}
	return c, nil
}

// Catalog gives a locale's file as it is written, without what was edited since.
// It is shared: don't change it.
func (b *Bundle) Catalog(tag string) (*Catalog, error) {
	f := b.files[tag]
	if f == nil {
		return nil, fmt.Errorf("read locale %s: %w", tag, fs.ErrNotExist)
	}
	f.reading.Lock()
	defer f.reading.Unlock()
	if c := f.written.Value(); c != nil {
		return c, nil
	}
	raw, err := fs.ReadFile(f.fsys, f.name)
	if err != nil {
		return nil, fmt.Errorf("read locale %s: %w", tag, err)
	}
	c, err := ReadCatalog(tag, raw)
	if err == nil {
		f.written = weak.Make(c)
	}
	return c, err
}

// Write gives the file: keys sorted, two spaces, a line break at the end, so
// that what nobody changed is the same byte by byte.
func (c *Catalog) Write() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("{")
	for i, id := range slices.Sorted(maps.Keys(c.Messages)) {
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n  " + quoted(id) + ": {")
		for j, field := range c.fields(c.Messages[id]) {
			if j > 0 {
				out.WriteString(",")
			}
			out.WriteString("\n    " + quoted(field[0]) + ": " + quoted(field[1]))
		}
		out.WriteString("\n  }")
	}
	out.WriteString("\n}\n")
	return out.Bytes(), nil
}

// fields are a message's fields in the order of the file.
func (c *Catalog) fields(m Message) [][2]string {
	var fields [][2]string
	add := func(name, value string) {
		if value != "" {
			fields = append(fields, [2]string{name, value})
		}
	}
	if c.Tag == Source {
		add("description", m.Comment)
	} else if !AboutItself(m.ID) {
		add("description", m.State.description(m.Comment))
		add("hash", m.Hash)
	}
	for _, form := range formNames {
		add(form, m.Forms[form])
	}
	return fields
}

// AboutItself reports whether a locale says with the message what it is: such a
// message is no translation.
func AboutItself(id string) bool { return id == keyName || id == keyDir }

func quoted(s string) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""` // a string always encodes
	}
	return string(bytes.TrimSpace(out.Bytes()))
}

// Forms gives the CLDR plural forms that whole numbers take in a locale, and
// "other", in CLDR's order: those that a message which counts must have.
func Forms(tag string) ([]string, error) {
	parsed, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("tag %s: %w", tag, err)
	}
	has := map[plural.Form]bool{plural.Other: true}
	for n := range 200 { // CLDR's rules look at no more than the last two digits
		has[plural.Cardinal.MatchPlural(parsed, n, 0, 0, 0, 0)] = true
	}
	byName := map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other}
	return slices.DeleteFunc(slices.Clone(formNames), func(name string) bool { return !has[byName[name]] }), nil
}

package locale

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"strings"
)

// Audiences of the messages that the browser gets. What notifications say is
// the server's alone and in neither.
const (
	Parent = "parent" // all but the server's, staff's and translators' screens and the poster
	Staff  = "staff"  // staff's and translators' screens and the poster, on top of Parent's
)

// server are messages that only the server says.
const server = "server"

// projectionForm is part of what a projection is known by: raise it when the
// same files give another projection.
const projectionForm = "1"

// Known is what [Bundle.Projection] makes a projection of: while it is the same
// the projection is.
func (b *Bundle) Known(locale, audience string) []byte {
	known := []byte(projectionForm + " " + audience)
	for _, tag := range b.chain(locale) {
		known = append(known, b.files[tag].sum[:]...)
	}
	return known
}

// Projection returns an audience's messages in a locale as JSON, keys sorted:
// {key: "text"} or, for a message with plural forms, {key: {form: "text"}}. A
// message that the locale lacks is its fallback's, with that locale's plural
// forms: whoever picks a form takes "other" where it isn't there. Placeholders
// stay. An unknown locale or audience gives nil.
func (b *Bundle) Projection(locale, audience string) []byte {
	if b.files[locale] == nil || audience != Parent && audience != Staff {
		return nil
	}
	out := map[string]any{}
	for _, tag := range b.chain(locale) {
		for id, m := range b.all(tag) {
			if _, filled := out[id]; filled || audienceOf(id) != audience || m["other"] == "" {
				continue
			}
			out[id] = projected(m)
		}
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return nil // strings and maps of strings always encode
	}
	return bytes.TrimSpace(buf.Bytes())
}

func audienceOf(id string) string {
	if strings.HasPrefix(id, "push.") {
		return server
	}
	for _, prefix := range []string{"staff.", "translate.", "poster."} {
		if strings.HasPrefix(id, prefix) {
			return Staff
		}
	}
	return Parent
}

// all reads the file's messages as they stand there; none where it can't be
// read. They aren't kept: the browser gets them once, and keeps them itself.
func (f *file) all() map[string]map[string]string {
	raw, err := fs.ReadFile(f.fsys, f.name)
	if err != nil {
		return nil
	}
	var found map[string]map[string]string
	if err := json.Unmarshal(raw, &found); err != nil {
		return nil
	}
	return found
}

// projected is the one form that a message has, or all of them.
func projected(m map[string]string) any {
	delete(m, "description")
	delete(m, "hash")
	maps.DeleteFunc(m, func(_, text string) bool { return text == "" })
	if len(m) > 1 {
		return m
	}
	return m["other"]
}

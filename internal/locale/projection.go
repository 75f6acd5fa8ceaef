package locale

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// Audiences of the messages that the browser gets. What notifications and the
// plain guide say, and why the server refuses something, is the server's alone
// and in neither.
const (
	Parent = "parent" // all but the others'
	Later  = "later"  // parents' screens that a letter doesn't lead to, on top of Parent's
	Staff  = "staff"  // staff's and translators' screens and the poster, on top of the others
)

// Audiences are all that the browser gets messages for. Parents' letters need
// none but the first.
func Audiences() []string { return []string{Parent, Later, Staff} }

// server are messages that only the server says.
const server = "server"

// projectionForm is part of what a projection is known by: raise it when the
// same files give another projection.
const projectionForm = "3"

// Known is what [Bundle.Projection] makes a projection of: while it is the same
// the projection is.
func (b *Bundle) Known(locale, audience string) []byte {
	known := []byte(projectionForm + " " + audience)
	for _, tag := range b.chain(locale) {
		sum := b.files[tag].known().sum
		known = append(known, sum[:]...)
	}
	return known
}

// KnownKeys is what [Bundle.Keys] makes an audience's keys of.
func (b *Bundle) KnownKeys(audience string) []byte { return b.Known(Source, audience+" keys") }

// Keys returns the ids of an audience's messages as JSON: {"keys": hash,
// "list": [id, …]}, sorted. Projections give the texts in this order. An
// unknown audience gives nil.
func (b *Bundle) Keys(audience string) []byte {
	list := b.keys(audience)
	if list == nil {
		return nil
	}
	return compact(map[string]any{"keys": listHash(list), "list": list})
}

// Projection returns an audience's messages in a locale as JSON: {"keys": hash,
// "texts": [text, …]} in the order of [Bundle.Keys] with the same hash. A
// message with plural forms is {form: text}. One that the locale lacks is its
// fallback's, with that locale's plural forms: whoever picks a form takes
// "other" where it isn't there. Placeholders stay. An unknown locale or
// audience gives nil.
func (b *Bundle) Projection(locale, audience string) []byte {
	list := b.keys(audience)
	if b.files[locale] == nil || list == nil {
		return nil
	}
	found := map[string]any{}
	for _, tag := range b.chain(locale) {
		for id, m := range b.all(tag) {
			if _, filled := found[id]; !filled && m["other"] != "" {
				found[id] = projected(m)
			}
		}
	}
	texts := make([]any, len(list))
	for i, id := range list {
		texts[i] = found[id]
	}
	return compact(map[string]any{"keys": listHash(list), "texts": texts})
}

// keys are the ids of an audience's messages, sorted; nil where there is no
// such audience. The source has every message.
func (b *Bundle) keys(audience string) []string {
	if !slices.Contains(Audiences(), audience) {
		return nil
	}
	list := []string{}
	for id, m := range b.files[Source].all() {
		if audienceOf(id) == audience && m["other"] != "" {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}

func listHash(list []string) string {
	sum := sha256.Sum256([]byte(strings.Join(list, "\n")))
	return hex.EncodeToString(sum[:6])
}

func compact(value any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return nil // strings, lists and maps of strings always encode
	}
	return bytes.TrimSpace(buf.Bytes())
}

func audienceOf(id string) string {
	prefix, rest, _ := strings.Cut(id, ".")
	switch prefix {
	case "push", "error", "plain":
		return server
	case "guide", "request", "plan", "activities", "erase", "about":
		if rest != "title" { // other screens lead there
			return Later
		}
	case "town", "search": // More leads there, which has what comes later
		return Later
	case "staff", "translate", "poster":
		return Staff
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

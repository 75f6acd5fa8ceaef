package locale

import (
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Push is the audience of what only notifications say, for translators.
const Push = "push"

// AudienceOf is whom translators translate a message for: [Parent], [Staff] or
// [Push]. What only the server says to parents is Parent's here.
func AudienceOf(id string) string {
	switch {
	case strings.HasPrefix(id, "push."):
		return Push
	case audienceOf(id) == Staff:
		return Staff
	}
	return Parent
}

// Edit is the text of one plural form of a message as translators wrote it on
// the server. Source is the [SourceHash] of what it was translated from.
type Edit struct {
	Form, Text, Source string
	Reviewed           bool
}

// Edits are texts by locale and message.
type Edits map[string]map[string][]Edit

// Site is what a server that has no database says and looks like, as it is told:
// what was edited, and the colour (#rrggbb; "" is the app's own).
type Site struct {
	Colour string `json:"colour,omitempty"`
	Edits  Edits  `json:"edits,omitempty"`
}

// overlay is what was edited, by locale. It never changes: the next one takes
// its place.
type overlay map[string]*edited

// edited is one locale's. What its messages say is made when one of them is
// said: neither a start nor a translator waits for it.
type edited struct {
	byID map[string][]Edit
	says func() *spoken
}

// spoken are the messages of which an edit wins over the file.
type spoken struct {
	messages  map[string]Message
	catalogue *catalogue
	machine   bool // not all of the locale is reviewed
}

// Edit lays texts of a message over what its file says, from now on; none takes
// earlier ones back. An edit whose source has changed since gives way to a file
// that was translated from the present one. It reports whether the texts are
// others than before.
func (b *Bundle) Edit(tag, id string, edits []Edit) bool {
	return b.EditAll(Edits{tag: {id: edits}})
}

// EditAll is [Bundle.Edit] of many messages at once.
func (b *Bundle) EditAll(all Edits) bool {
	b.editing.Lock()
	defer b.editing.Unlock()
	next, changed := overlay{}, false
	if now := b.overlay.Load(); now != nil {
		next = maps.Clone(*now)
	}
	for tag, messages := range all {
		before := map[string][]Edit{}
		if now := next[tag]; now != nil {
			before = now.byID
		}
		byID := maps.Clone(before)
		for id, edits := range messages {
			byID[id] = slices.Clone(edits)
			if len(edits) == 0 {
				delete(byID, id)
			}
		}
		if b.files[tag] == nil || maps.EqualFunc(before, byID, slices.Equal) {
			continue
		}
		changed = true
		next[tag] = &edited{byID, sync.OnceValue(func() *spoken { return b.speak(tag, byID) })}
		if len(byID) == 0 {
			delete(next, tag)
		}
	}
	if changed {
		b.overlay.Store(&next)
	}
	return changed
}

// Edits is everything that was edited, as [Bundle.ReplaceEdits] takes it.
func (b *Bundle) Edits() Edits {
	all := Edits{}
	if now := b.overlay.Load(); now != nil {
		for tag, of := range *now {
			all[tag] = maps.Clone(of.byID)
		}
	}
	return all
}

// ReplaceEdits has the bundle say what was edited elsewhere, and nothing that was
// edited here. It reports whether the texts are others than before.
func (b *Bundle) ReplaceEdits(all Edits) bool {
	next := Edits{}
	for tag, messages := range b.Edits() {
		next[tag] = map[string][]Edit{}
		for id := range messages {
			next[tag][id] = nil // taken back
		}
	}
	for tag, messages := range all {
		if next[tag] == nil {
			next[tag] = map[string][]Edit{}
		}
		maps.Copy(next[tag], messages)
	}
	return b.EditAll(next)
}

// Frozen is the bundle as it is now, without what is edited later.
func (b *Bundle) Frozen() *Bundle {
	f := &Bundle{files: b.files, tags: b.tags}
	f.overlay.Store(b.overlay.Load())
	return f
}

// over gives what was edited in a locale; nil for nothing.
func (b *Bundle) over(tag string) *edited {
	now := b.overlay.Load()
	if now == nil {
		return nil
	}
	return (*now)[tag]
}

// speak lays the edits over the file's messages. Where the files can't be read
// it is as if there were none.
func (b *Bundle) speak(tag string, byID map[string][]Edit) *spoken {
	s := &spoken{messages: map[string]Message{}, machine: b.files[tag].known().info.Machine}
	source, err := b.Catalog(Source)
	if err != nil {
		return s
	}
	own, err := b.Catalog(tag)
	if err != nil {
		return s
	}
	for id, edits := range byID {
		if m, won := Merge(tag, source.Messages[id], own.Messages[id], edits); won {
			s.messages[id] = m
		}
	}
	s.catalogue = catalogueOf(tag, s.messages)
	s.catalogue.rtl = b.files[tag].known().info.Dir == "rtl"
	s.machine = s.unreviewed(source, own)
	return s
}

// unreviewed reports whether a message isn't reviewed for the present source.
func (s *spoken) unreviewed(source, own *Catalog) bool {
	for id, from := range source.Messages {
		m, ok := s.messages[id]
		if !ok {
			m = own.Messages[id]
		}
		if !AboutItself(id) && !m.Stands(from) {
			return true
		}
	}
	return false
}

// catalogueOf says messages that were checked before they were stored.
func catalogueOf(tag string, messages map[string]Message) *catalogue {
	parsed := language.MustParse(tag)
	bundle := i18n.NewBundle(parsed)
	c := &catalogue{plural: map[string]bool{}}
	for id, m := range messages {
		c.plural[id] = m.Counts()
		bundle.MustAddMessages(parsed, &i18n.Message{ID: id, Zero: m.Forms["zero"], One: m.Forms["one"],
			Two: m.Forms["two"], Few: m.Forms["few"], Many: m.Forms["many"], Other: m.Forms["other"]})
	}
	c.localizer = i18n.NewLocalizer(bundle, tag)
	return c
}

// all gives a locale's messages by id and form, as its file has them and with
// what was edited laid over them. They aren't kept: the browser gets them once.
func (b *Bundle) all(tag string) map[string]map[string]string {
	found := b.files[tag].all()
	e := b.over(tag)
	if e == nil {
		return found
	}
	for id, m := range e.says().messages {
		found[id] = maps.Clone(m.Forms)
	}
	return found
}

// Wording is what was edited of a projection: while it and [Bundle.Known] are
// the same, the projection is. Nil where nothing was.
func (b *Bundle) Wording(locale, audience string) []byte {
	edits := map[string]map[string][]Edit{}
	for _, tag := range b.chain(locale) {
		e := b.over(tag)
		if e == nil {
			continue
		}
		for id, of := range e.byID {
			if audienceOf(id) != audience {
				continue
			}
			if edits[tag] == nil {
				edits[tag] = map[string][]Edit{}
			}
			edits[tag][id] = of
		}
	}
	if len(edits) == 0 {
		return nil
	}
	raw, err := json.Marshal(edits) // maps by key
	if err != nil {
		return nil // strings always encode
	}
	sum := sha256.Sum256(raw)
	return sum[:]
}

package pack

import (
	"net/mail"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"folje/internal/pattern"
	"folje/internal/text"
)

// The words of the guide; they are those of the collection.
var (
	nameForm   = pattern.Of(`^[a-z][a-z0-9_]{0,39}$`)
	partNames  = []string{"summary", "who", "happens", "cost", "consent", "behind", "hours", "more"}
	noteNames  = []string{"cooperate", "requires", "signs", "consult", "follows", "steering", "history"}
	entryTypes = []string{"service", "knowledge", "history"}
	audiences  = []string{"everyone", "staff"}
	stages     = []string{"preschool", "school", "youth"}
	reaches    = []string{"phone", "sms", "mail", "web", "visit"}
	dialled    = pattern.Of(`^\+?[0-9](?:[ /()-]{0,2}[0-9])*$`)
)

// Limits, in runes of a text and in pieces.
const (
	maxName     = 80
	maxAlso     = 20
	maxNote     = 3000
	maxNotes    = 30
	maxContacts = 12
	maxRelated  = 20
	maxAddress  = 200
	maxSynonyms = 600
	maxLine     = 5000
	oldest      = 20
)

const placeSuffix = "_place"

func (c *checker) guideEntry(e *GuideEntry) {
	if want := strings.TrimSuffix(path.Base(e.File), ".json"); e.Key != want {
		c.fault("key", "is %q in a file called %s.json", e.Key, want)
	}
	c.name("key", e.Key)
	c.length("name", e.Name, maxName)
	c.title("title", e.Title)
	c.many("also", len(e.Also), maxAlso)
	for i, s := range e.Also {
		c.given(index("also", i), s)
		c.length(index("also", i), s, maxName)
	}
	c.oneOf("type", e.Type, entryTypes)
	c.oneOf("audience", e.Audience, audiences)
	if e.Type == "history" && e.Open() {
		c.fault("audience", "is %q, but what has ended is for staff", e.Audience)
	}
	c.ages("", e.AgeFrom, e.AgeTo)
	c.parts(e)
	c.notes(e.Staff)
	c.contacts(e)
	c.references("related", e.Related, e.Key)
	c.many("related", len(e.Related), maxRelated)
	for i, s := range e.Chain {
		c.oneOf(index("chain", i), s, stages)
	}
	if e.Order < 0 {
		c.fault("order", "is negative")
	}
	if e.CheckedDays != nil && *e.CheckedDays > 0 {
		c.fault("checkedDays", "lies ahead")
	}
}

func (c *checker) parts(e *GuideEntry) {
	var blocks []text.Block
	for i, p := range e.Parts {
		at := index("parts", i)
		c.oneOf(at+".part", p.Part, partNames)
		if p.Kind != text.Paragraph && p.Kind != text.Item {
			c.fault(at+".kind", "is %q, not paragraph or item", p.Kind)
		}
		if len(p.Sentences) == 0 {
			c.fault(at+".sentences", "is missing")
			continue
		}
		c.whole(at+".sentences", p.Sentences, e.Open())
		blocks = append(blocks, text.Block{ID: "p" + strconv.Itoa(i+1), Kind: p.Kind, Text: Join(p.Sentences)}.Segmented(Source))
	}
	if len(blocks) == len(e.Parts) {
		c.blocks("parts", blocks)
	}
}

// whole checks that each sentence is one segment, and what it names.
func (c *checker) whole(field string, sentences []string, named bool) {
	found := text.Break(Join(sentences))
	for i, s := range sentences {
		at := index(field, i)
		c.given(at, s)
		if named {
			c.names(at, s)
		}
		if i >= len(found) || found[i] != s {
			c.fault(at, "is not exactly one segment: %q", found)
			return
		}
	}
	if len(found) > len(sentences) {
		c.fault(field, "holds more segments than sentences: %q", found)
	}
}

func (c *checker) notes(notes []GuideNote) {
	c.many("staff", len(notes), maxNotes)
	for i, n := range notes {
		at := index("staff", i)
		c.oneOf(at+".part", n.Part, noteNames)
		c.given(at+".text", n.Text)
		c.length(at+".text", n.Text, maxNote)
	}
}

func (c *checker) contacts(e *GuideEntry) {
	c.many("contacts", len(e.Contacts), maxContacts)
	for i, r := range e.Contacts {
		at := index("contacts", i)
		c.oneOf(at+".kind", r.Kind, reaches)
		c.length(at+".label", r.Label, maxName)
		c.length(at+".value", r.Value, maxAddress)
		if !r.works() {
			c.fault(at+".value", "%q is none of that kind", r.Value)
		}
		c.names(at+".label", r.Label)
	}
	if e.Place != nil {
		c.length("place.name", e.Place.Name, maxName)
		c.length("place.address", e.Place.Address, maxAddress)
	}
}

func (r Reach) works() bool {
	switch r.Kind {
	case "phone", "sms":
		return dialled.MatchString(r.Value)
	case "mail":
		a, err := mail.ParseAddress(r.Value)
		return err == nil && a.Address == r.Value && !strings.ContainsAny(r.Value, "?&%#") // as the guide has it
	case "web":
		u, err := url.Parse(r.Value)
		return err == nil && u.Scheme == "https" && u.User == nil && u.Port() == "" && strings.Contains(u.Hostname(), ".")
	}
	return r.Value != ""
}

// National reports whether the whole country reaches the same by it: a short
// number such as 112, 1177 or 116 111, or a web page.
func (r Reach) National() bool {
	switch r.Kind {
	case "phone", "sms":
		return !strings.HasPrefix(r.Value, "0") && !strings.HasPrefix(r.Value, "+")
	}
	return r.Kind == "web"
}

func (c *checker) name(field, key string) {
	if !nameForm.MatchString(key) || strings.HasSuffix(key, placeSuffix) || key == "municipality" {
		c.fault(field, "%q is not a key (a–z, 0–9 and _)", key)
	}
}

func (c *checker) title(field, s string) {
	c.given(field, s)
	c.length(field, s, text.MaxTitle)
	c.names(field, s)
}

func (c *checker) length(field, s string, most int) {
	if len([]rune(s)) > most {
		c.fault(field, "is longer than %d characters", most)
	}
}

func (c *checker) many(field string, n, most int) {
	if n > most {
		c.fault(field, "are more than %d", most)
	}
}

func (c *checker) ages(at string, from, to int) {
	if from < 0 || to > oldest || from > to {
		c.fault(at+"ageTo", "%d–%d are no ages between 0 and %d", from, to, oldest)
	}
}

// references checks that there is an entry for each key, none twice and not own.
func (c *checker) references(field string, keys []string, own string) {
	for i, key := range keys {
		switch {
		case c.pack.GuideEntry(key) == nil:
			c.fault(index(field, i), "there is no entry %q in the guide", key)
		case key == own:
			c.fault(index(field, i), "is the entry itself")
		case slices.Contains(keys[:i], key):
			c.fault(index(field, i), "%q is there twice", key)
		}
	}
}

// Placeholder is what stands in a text for a name.
var placeholder = pattern.Of(`\{\{\.([a-z0-9_]+)\}\}`)

// Named gives the keys of the entries that the text names.
func Named(s string) []string {
	var keys []string
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		if key := strings.TrimSuffix(m[1], placeSuffix); key != "municipality" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// names checks what a text names: entries that everybody may read of.
func (c *checker) names(field, s string) {
	for _, key := range Named(s) {
		if e := c.pack.GuideEntry(key); e == nil || !e.Open() {
			c.fault(field, "names %q, of which the guide has no entry for everybody", key)
		}
	}
	if strings.ContainsAny(placeholder.ReplaceAllString(s, ""), "{}") {
		c.fault(field, "holds a brace that isn't part of a name such as {{.familjeguiden}}")
	}
}

// placeholders of a text, sorted, each once: a language may say a name twice.
func placeholders(s string) []string {
	if !strings.Contains(s, "{{") {
		return nil
	}
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// Package locale holds the interface's messages in every locale: it says them
// on the server, hands them to the browser, and finds a caller's locale.
//
// A message is missing in a locale when its file lacks it. Then sv-simple falls
// back to sv, and every other locale to en and then sv.
package locale

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Source is the locale that the messages, and staff, write in; every message has it.
const Source = "sv"

// simple is the plain-language form of Source.
const simple = Source + "-simple"

// Info describes one locale. Name is in its own script. Dir is "ltr" or "rtl".
// Machine is true until a human who reads the language has reviewed its messages.
type Info struct {
	Tag     string `json:"tag"`
	Name    string `json:"name"`
	Dir     string `json:"dir"`
	Machine bool   `json:"machine"`
}

// Bundle is every locale's messages. It is made by [Load] or [Open] and may be
// used by many goroutines. Its files never change; what translators write on the
// server is laid over them ([Bundle.Edit]).
type Bundle struct {
	files   map[string]*file        // by tag
	tags    []string                // in the order of [Bundle.Locales]
	overlay atomic.Pointer[overlay] // nil until something was edited
	editing sync.Mutex
}

// file is one locale's. It is read when somebody asks what it says of its locale
// or has a message said: a start must not wait for fifteen languages.
type file struct {
	fsys      fs.FS
	name, tag string
	look      func() (looked, error)
	catalogue func() (*catalogue, error)

	reading sync.Mutex
	written weak.Pointer[Catalog] // kept while somebody works with it
}

// looked is what is known of a file without its messages.
type looked struct {
	info Info
	sum  [sha256.Size]byte // of the file
}

// known is what the file says of its locale. Where it can't be read, which
// [Bundle.Check] tells, that is its tag alone.
func (f *file) known() looked {
	l, err := f.look()
	if err != nil {
		return looked{info: Info{Tag: f.tag, Name: f.tag, Dir: "ltr", Machine: f.tag != Source}}
	}
	return l
}

// catalogue says one locale's messages through go-i18n, with nothing but this
// locale in its bundle, since go-i18n's own matcher gives sv for sv-simple and
// its first language for one it doesn't have.
type catalogue struct {
	localizer *i18n.Localizer
	plural    map[string]bool // ids of messages with more forms than "other"
	rtl       bool
}

// Locales returns every locale, the source first, then its simple form, then by tag.
func (b *Bundle) Locales() []Info {
	infos := make([]Info, len(b.tags))
	for i, tag := range b.tags {
		infos[i] = b.files[tag].known().info
		if e := b.over(tag); e != nil {
			infos[i].Machine = e.says().machine
		}
	}
	return infos
}

// Tags returns the tags of [Bundle.Locales] in their order, and reads no file.
func (b *Bundle) Tags() []string { return slices.Clone(b.tags) }

// Find returns the locale with this tag, written exactly so.
func (b *Bundle) Find(tag string) (Info, bool) {
	f := b.files[tag]
	if f == nil {
		return Info{}, false
	}
	return f.known().info, true
}

// Text returns the message with this id in locale, or the nearest there is in
// its fallback chain, with its placeholders filled from params. In a message
// that runs right to left, params that are strings are isolated (U+2068 …
// U+2069), so that a Swedish name doesn't turn the sentence's order round. An
// id that no locale has comes back as it is.
func (b *Bundle) Text(locale, id string, params map[string]any) string {
	return b.say(locale, i18n.LocalizeConfig{MessageID: id}, params)
}

// TextCount is Text in the plural form for n, which may be a fraction;
// {{.Count}} is n unless params say otherwise. A message with one form has that
// for every n.
func (b *Bundle) TextCount(locale, id string, n float64, params map[string]any) string {
	data := map[string]any{"Count": n}
	if n == float64(int(n)) {
		data["Count"] = int(n)
	}
	maps.Copy(data, params)
	return b.say(locale, i18n.LocalizeConfig{MessageID: id, PluralCount: strconv.FormatFloat(n, 'f', -1, 64)}, data)
}

func (b *Bundle) say(locale string, config i18n.LocalizeConfig, params map[string]any) string {
	for _, tag := range b.chain(locale) {
		if e := b.over(tag); e != nil && e.byID[config.MessageID] != nil {
			if text, ok := e.says().say(config, params); ok {
				return text
			}
		}
		c, err := b.files[tag].catalogue()
		if err != nil {
			continue // the files were checked before they came into the program
		}
		if text, err := c.say(config, params); err == nil {
			return text
		}
	}
	return config.MessageID
}

func (s *spoken) say(config i18n.LocalizeConfig, params map[string]any) (string, bool) {
	if _, ok := s.messages[config.MessageID]; !ok {
		return "", false
	}
	text, err := s.catalogue.say(config, params)
	return text, err == nil
}

func (c *catalogue) say(config i18n.LocalizeConfig, params map[string]any) (string, error) {
	config.TemplateData = params
	if !c.plural[config.MessageID] {
		config.PluralCount = nil // go-i18n would miss the form rather than take the only one
	}
	if c.rtl {
		config.TemplateData = isolated(params)
	}
	return c.localizer.Localize(&config)
}

func isolated(params map[string]any) map[string]any {
	out := maps.Clone(params)
	for name, value := range out {
		if s, ok := value.(string); ok {
			out[name] = "\u2068" + s + "\u2069"
		}
	}
	return out
}

// chain returns the locales to look in, nearest first. All of them exist.
func (b *Bundle) chain(tag string) []string {
	chain := []string{tag, "en", Source}
	if tag == Source || strings.HasPrefix(tag, Source+"-") {
		chain = []string{tag, Source}
	}
	return slices.DeleteFunc(slices.Compact(chain), func(t string) bool { return b.files[t] == nil })
}

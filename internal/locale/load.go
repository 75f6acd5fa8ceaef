package locale

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/sync/errgroup"
	"golang.org/x/text/language"
)

// Keys about a locale itself, in its own file.
const (
	keyName   = "locale.name"
	keyDir    = "locale.dir"
	keyReview = "locale.review" // "source", "human" or "machine"
)

// Load reads every <tag>.json at the root of fsys (go-i18n's JSON: key →
// {description, CLDR forms}). It fails, naming the file, on a tag that isn't
// BCP 47 or has no plural rules, on a file that isn't such JSON, on a locale
// without name, direction or review, and on a placeholder that isn't {{.Name}};
// and if there is no file for Source.
func Load(fsys fs.FS) (*Bundle, error) {
	files, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, fmt.Errorf("list locale files: %w", err)
	}
	b := &Bundle{catalogues: map[string]*catalogue{}}
	var mu sync.Mutex
	var all errgroup.Group // every start waits for this
	for _, file := range files {
		all.Go(func() error {
			tag := strings.TrimSuffix(path.Base(file), ".json")
			c, info, err := read(fsys, file, tag)
			if err != nil {
				return fmt.Errorf("load locale %s: %w", file, err)
			}
			mu.Lock()
			defer mu.Unlock()
			b.catalogues[tag], b.locales = c, append(b.locales, info)
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		return nil, err
	}
	if b.catalogues[Source] == nil {
		return nil, fmt.Errorf("load locales: no %s.json", Source)
	}
	slices.SortFunc(b.locales, func(x, y Info) int {
		return cmp.Or(cmp.Compare(rank(x.Tag), rank(y.Tag)), strings.Compare(x.Tag, y.Tag))
	})
	return b, nil
}

func read(fsys fs.FS, file, tag string) (*catalogue, Info, error) {
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, Info{}, err
	}
	c, err := newCatalogue(tag, raw)
	if err != nil {
		return nil, Info{}, err
	}
	info, err := c.info(tag)
	c.rtl = info.Dir == "rtl"
	return c, info, err
}

func newCatalogue(tag string, raw []byte) (*catalogue, error) {
	parsed, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("tag: %w", err)
	}
	bundle := i18n.NewBundle(parsed)
	file, err := bundle.ParseMessageFileBytes(raw, tag+".json")
	if err != nil {
		return nil, err
	}
	c := &catalogue{
		localizer: i18n.NewLocalizer(bundle, tag),
		messages:  map[string]*i18n.Message{},
		plural:    map[string]bool{},
	}
	for _, m := range file.Messages {
		if err := checkPlaceholders(m); err != nil {
			return nil, err
		}
		c.messages[m.ID] = m
		c.plural[m.ID] = len(forms(m)) > 1
	}
	return c, nil
}

func (c *catalogue) info(tag string) (Info, error) {
	info := Info{Tag: tag, Name: c.meta(keyName), Dir: c.meta(keyDir)}
	switch review := c.meta(keyReview); review {
	case "source", "human":
	case "machine":
		info.Machine = true
	default:
		return info, fmt.Errorf("%s is %q, not source, human or machine", keyReview, review)
	}
	if info.Name == "" {
		return info, errors.New(keyName + " is missing")
	}
	if info.Dir != "ltr" && info.Dir != "rtl" {
		return info, fmt.Errorf("%s is %q, not ltr or rtl", keyDir, info.Dir)
	}
	return info, nil
}

func (c *catalogue) meta(key string) string {
	if m := c.messages[key]; m != nil {
		return m.Other
	}
	return ""
}

// placeholder is all of go-i18n's template language that a message may use: the
// browser fills nothing else.
var placeholder = regexp.MustCompile(`\{\{\.([A-Z][A-Za-z0-9]*)\}\}`)

func checkPlaceholders(m *i18n.Message) error {
	for form, text := range forms(m) {
		if !strings.Contains(text, "{{") && !strings.Contains(text, "}}") {
			continue
		}
		if rest := placeholder.ReplaceAllString(text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
			return fmt.Errorf("message %s, form %s: only placeholders like {{.Name}} are allowed", m.ID, form)
		}
	}
	return nil
}

// forms returns the CLDR forms that m has.
func forms(m *i18n.Message) map[string]string {
	all := map[string]string{
		"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other,
	}
	for form, text := range all {
		if text == "" {
			delete(all, form)
		}
	}
	return all
}

func rank(tag string) int {
	switch tag {
	case Source:
		return 0
	case simple:
		return 1
	}
	return 2
}

package locale

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/sync/errgroup"
	"golang.org/x/text/language"

	"folje/internal/pattern"
)

// Keys about a locale itself, in its own file.
const (
	keyName = "locale.name"
	keyDir  = "locale.dir"
)

// Load opens every <tag>.json at the root of fsys and checks it: see [Open] and
// [Bundle.Check].
func Load(fsys fs.FS) (*Bundle, error) {
	b, err := Open(fsys)
	if err != nil {
		return nil, err
	}
	return b, b.Check()
}

// Open finds every <tag>.json at the root of fsys (go-i18n's JSON: key →
// {description, hash, CLDR forms}) and leaves what is in them until it is
// needed. It fails, naming the file, on a tag that isn't BCP 47; and if there is
// no file for Source.
func Open(fsys fs.FS) (*Bundle, error) {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, fmt.Errorf("list locale files: %w", err)
	}
	b, buffers := &Bundle{files: map[string]*file{}}, &sync.Pool{New: func() any { return new(bytes.Buffer) }}
	for _, name := range names {
		f, err := newFile(fsys, name, buffers)
		if err != nil {
			return nil, fmt.Errorf("load locale %s: %w", name, err)
		}
		b.files[f.tag], b.tags = f, append(b.tags, f.tag)
	}
	if b.files[Source] == nil {
		return nil, fmt.Errorf("load locales: no %s.json", Source)
	}
	slices.SortFunc(b.tags, func(x, y string) int { return cmp.Or(cmp.Compare(rank(x), rank(y)), strings.Compare(x, y)) })
	return b, nil
}

// Check reads all files. It fails, naming the file, on a locale without name or
// direction or plural rules, on a file that isn't go-i18n's JSON, and on a
// placeholder that isn't {{.Name}}. The program's own files are checked by a
// test.
func (b *Bundle) Check() error {
	var all errgroup.Group
	for _, f := range b.files {
		all.Go(func() error {
			_, err := f.look()
			if err == nil {
				_, err = f.catalogue()
			}
			return err
		})
	}
	return all.Wait()
}

// newFile knows a locale's file, which it does not open. Files are read into
// the buffers: all of them together are several megabytes.
func newFile(fsys fs.FS, name string, buffers *sync.Pool) (*file, error) {
	tag := strings.TrimSuffix(path.Base(name), ".json")
	if _, err := language.Parse(tag); err != nil {
		return nil, fmt.Errorf("tag: %w", err)
	}
	f := &file{fsys: fsys, name: name, tag: tag}
	f.catalogue = sync.OnceValues(f.read)
	f.look = sync.OnceValues(func() (l looked, err error) {
		buffer := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(buffer)
		buffer.Reset()
		if err = f.readInto(buffer); err == nil {
			l.sum = sha256.Sum256(buffer.Bytes())
			l.info, err = infoOf(tag, buffer.Bytes())
		}
		if err != nil {
			return l, fmt.Errorf("load locale %s: %w", f.name, err)
		}
		return l, nil
	})
	return f, nil
}

func (f *file) readInto(buffer *bytes.Buffer) error {
	opened, err := f.fsys.Open(f.name)
	if err != nil {
		return err
	}
	defer opened.Close()
	if info, err := opened.Stat(); err == nil {
		buffer.Grow(int(info.Size()) + bytes.MinRead)
	}
	_, err = buffer.ReadFrom(opened)
	return err
}

func (f *file) read() (*catalogue, error) {
	raw, err := fs.ReadFile(f.fsys, f.name)
	if err != nil {
		return nil, fmt.Errorf("load locale %s: %w", f.name, err)
	}
	c, err := newCatalogue(f.tag, raw)
	if err != nil {
		return nil, fmt.Errorf("load locale %s: %w", f.name, err)
	}
	c.rtl = said(raw, keyDir) == "rtl"
	return c, nil
}

func newCatalogue(tag string, raw []byte) (*catalogue, error) {
	bundle := i18n.NewBundle(language.MustParse(tag))
	parsed, err := bundle.ParseMessageFileBytes(raw, tag+".json")
	if err != nil {
		return nil, err
	}
	c := &catalogue{localizer: i18n.NewLocalizer(bundle, tag), plural: map[string]bool{}}
	for _, m := range parsed.Messages {
		if err := checkPlaceholders(m); err != nil {
			return nil, err
		}
		m.Description, m.Hash = "", "" // for translators only
		c.plural[m.ID] = len(forms(m)) > 1
	}
	return c, nil
}

func infoOf(tag string, raw []byte) (Info, error) {
	info := Info{Tag: tag, Name: said(raw, keyName), Dir: said(raw, keyDir), Machine: tag != Source && !allReviewed(raw)}
	if info.Name == "" {
		return info, errors.New(keyName + " is missing")
	}
	if info.Dir != "ltr" && info.Dir != "rtl" {
		return info, fmt.Errorf("%s is %q, not ltr or rtl", keyDir, info.Dir)
	}
	return info, nil
}

// allReviewed reports whether the file says of some message that it is reviewed,
// and of none that it isn't.
func allReviewed(raw []byte) bool {
	described := []byte(`"description": "`)
	return bytes.Contains(raw, append(described, Reviewed...)) && !bytes.Contains(raw, append(described, Machine...))
}

// said finds one message of a file without reading the others; "" for none.
func said(raw []byte, key string) string {
	_, rest, _ := bytes.Cut(raw, []byte(strconv.Quote(key)))
	value, ok := bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(":"))
	if !ok {
		return ""
	}
	var m struct{ Other string }
	if err := json.NewDecoder(bytes.NewReader(value)).Decode(&m); err != nil {
		return ""
	}
	return m.Other
}

// placeholder is all of go-i18n's template language that a message may use: the
// browser fills nothing else.
var placeholder = pattern.Of(`\{\{\.([A-Z][A-Za-z0-9]*)\}\}`)

func checkPlaceholders(m *i18n.Message) error {
	for form, text := range forms(m) {
		if err := checkPlaceholder(text); err != nil {
			return fmt.Errorf("message %s, form %s: %w", m.ID, form, err)
		}
	}
	return nil
}

func checkPlaceholder(text string) error {
	if !strings.Contains(text, "{{") && !strings.Contains(text, "}}") {
		return nil
	}
	if rest := placeholder.ReplaceAllString(text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		return errors.New("only placeholders like {{.Name}} are allowed")
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

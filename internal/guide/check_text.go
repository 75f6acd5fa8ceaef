package guide

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"folje/internal/pattern"
	"folje/internal/text"

	"github.com/pocketbase/pocketbase/core"
)

// Limits, in runes of a text, and in pieces of an entry.
const (
	maxName     = 80
	maxAlso     = 20
	maxNote     = 3000
	maxNotes    = 30
	maxContacts = 12
	maxRelated  = 20
	maxAddress  = 200
	maxSynonyms = 600
)

var (
	keyForm = pattern.Of(`^[a-z][a-z0-9_]{0,39}$`)
	markup  = pattern.Of(`</?[A-Za-z][^<>]*>|<!--`)
)

// checker holds what the checks of one record need.
type checker struct {
	app    core.App
	r      *core.Record
	faults faults
	known  map[string]bool // keys of entries that texts may name; read when first needed
}

// line folds a one-line text and checks its length.
func (c *checker) line(field string, most int, required bool) {
	s := text.Fold(c.r.GetString(field))
	c.r.Set(field, s)
	if required && text.Blank(s) {
		c.faults.add(field, "error.field_required", nil)
		return
	}
	c.length(field, s, most)
	c.markup(field, s)
}

func (c *checker) length(field, s string, most int) {
	if n := utf8.RuneCountInString(s); n > most {
		c.faults.add(field, text.CodeBlockTooLong, map[string]any{"Max": most, "Count": n})
	}
}

// markup refuses HTML, which would be shown as it stands.
func (c *checker) markup(field, s string) {
	if markup.MatchString(s) {
		c.faults.add(field, "error.guide_markup", nil)
	}
}

// names checks that the text's placeholders stand for something.
func (c *checker) names(field, s string) error {
	if !strings.Contains(s, "{{") && !strings.Contains(s, "}}") {
		return nil
	}
	if err := c.readKnown(); err != nil {
		return err
	}
	for _, key := range mentions(s) {
		if !c.known[key] {
			c.faults.add(field, "error.guide_name_unknown", map[string]any{"Name": key})
		}
	}
	if rest := placeholders.ReplaceAllString(s, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		c.faults.add(field, "error.guide_name_form", nil)
	}
	return nil
}

// readKnown lists the entries that everybody may read of, hidden or not, and
// the one that is being saved.
func (c *checker) readKnown() error {
	if c.known != nil {
		return nil
	}
	found, err := all(c.app)
	if err != nil {
		return err
	}
	c.known = map[string]bool{}
	for _, e := range found {
		if e.Id != c.r.Id && e.Open() {
			c.known[e.Key()] = true
		}
	}
	if c.r.Collection().Name == entries && (Entry{c.r}).Open() {
		c.known[c.r.GetString("key")] = true
	}
	return nil
}

// ages checks the ages that it is for.
func (c *checker) ages() {
	from, to := c.r.GetFloat("ageFrom"), c.r.GetFloat("ageTo")
	for field, age := range map[string]float64{"ageFrom": from, "ageTo": to} {
		if age < 0 || age > Oldest || age != float64(int(age)) {
			c.faults.add(field, "error.guide_age", map[string]any{"Max": Oldest})
		}
	}
	if from > to {
		c.faults.add("ageTo", "error.guide_ages", nil)
	}
}

// whole numbers from 0 on.
func (c *checker) number(field string, most int) {
	if n := c.r.GetFloat(field); n < 0 || n > float64(most) || n != float64(int(n)) {
		c.faults.add(field, "error.field_invalid", nil)
	}
}

// key checks what the record is named by, which never changes.
func (c *checker) key(stored *core.Record) error {
	key := c.r.GetString("key")
	switch {
	case key == "":
		c.faults.add("key", "error.field_required", nil)
	case !keyForm.MatchString(key) || strings.HasSuffix(key, placeSuffix) || key == municipality:
		c.faults.add("key", "error.guide_key", nil)
	case stored.Id != "" && key != stored.GetString("key"):
		c.faults.add("key", "error.guide_key_fixed", nil)
	}
	twin, err := c.app.FindAllRecords(c.r.Collection().Name, hashOfKey(key))
	if err != nil {
		return fmt.Errorf("look for a record of the same key: %w", err)
	}
	if len(twin) > 0 && twin[0].Id != c.r.Id {
		c.faults.add("key", "error.guide_key_taken", nil)
	}
	return nil
}

// decode reads a JSON field that is a list of T; anything else is a fault of the
// field.
func decode[T any](c *checker, field string, most int) []T {
	var all []T
	raw, err := json.Marshal(c.r.Get(field))
	if s := string(raw); err == nil && s != `""` && s != "null" {
		err = json.Unmarshal(raw, &all)
	}
	if err != nil {
		c.faults.add(field, "error.field_invalid", nil)
		return nil
	}
	if len(all) > most {
		c.faults.add(field, "error.guide_too_many", map[string]any{"Max": most, "Count": len(all)})
	}
	if all == nil {
		all = []T{}
	}
	return all
}

// lines folds a text line by line.
func lines(s string) string {
	out := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i := range out {
		out[i] = text.Fold(out[i])
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

package pack

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"folje/internal/pattern"
)

// The words a pack may use; they are those of the collections.
var (
	unitKinds = []string{"preschool", "school", "family_centre"}
	roles     = []string{"editor", "translator", "coordinator", "steget", "admin"}
	statuses  = []string{"machine", "draft", "reviewed"}
	keyForm   = pattern.Of(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	localeTag = pattern.Of(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
)

// checker collects the faults of a pack.
type checker struct {
	pack   *Pack
	lines  map[string]lines
	file   string
	faults []error
}

// check returns everything wrong with a pack that was read; its fields stand in
// these lines of the files.
func check(p *Pack, at map[string]lines) []error {
	c := &checker{pack: p, lines: at, file: mainFile}
	c.main()
	for i := range p.Entries {
		c.file = p.Entries[i].File
		c.entry(&p.Entries[i])
	}
	c.file = glossaryFile
	c.words(p.Words)
	c.content()
	said := map[string]bool{}
	for _, s := range p.Sources() {
		said[s] = true
	}
	for _, l := range p.Locales {
		c.file = l.File
		c.translations(l, said)
	}
	return c.faults
}

func (c *checker) fault(field, format string, args ...any) {
	c.faults = append(c.faults, Fault{c.file, c.lines[c.file].of(field), field, fmt.Sprintf(format, args...)})
}

// given reports a missing text.
func (c *checker) given(field, value string) {
	if value == "" {
		c.fault(field, "is missing")
	}
}

func (c *checker) oneOf(field, value string, allowed []string) {
	if !slices.Contains(allowed, value) {
		c.fault(field, "is %q, not one of %s", value, strings.Join(allowed, ", "))
	}
}

func (c *checker) key(field, key string, seen map[string]bool) {
	if !keyForm.MatchString(key) {
		c.fault(field, "%q is not a key (a–z, 0–9 and hyphens)", key)
	}
	if seen[key] {
		c.fault(field, "%q is used twice", key)
	}
	seen[key] = true
}

func (c *checker) main() {
	p := c.pack
	c.given("name", p.Name)
	c.given("licence", p.Licence)
	c.given("note", p.Note)
	c.given("municipality.name", p.Municipality.Name)
	if len(p.Units) == 0 {
		if len(p.Entries) > 0 {
			c.fault("units", "is missing")
		}
	} else {
		c.given("municipality.address", p.Municipality.Address)
	}
	units := map[string]bool{}
	for i, u := range p.Units {
		c.unit(index("units", i), u, units)
	}
	emails := map[string]bool{}
	for i, s := range p.Staff {
		c.staff(index("staff", i), s, emails)
	}
}

func (c *checker) unit(field string, u Unit, seen map[string]bool) {
	c.key(field+".key", u.Key, seen)
	c.given(field+".name", u.Name)
	c.oneOf(field+".kind", u.Kind, unitKinds)
	c.given(field+".authority", u.Authority)
	c.given(field+".address", u.Address)
	groups := map[string]bool{}
	for i, g := range u.Groups {
		at := index(field+".groups", i)
		c.key(at+".key", g.Key, groups)
		c.given(at+".name", g.Name)
		c.wishes(at+".wishes", g.Wishes)
	}
	if len(u.Groups) == 0 {
		c.fault(field+".groups", "is missing")
	}
}

func (c *checker) staff(field string, s Staff, seen map[string]bool) {
	c.given(field+".name", s.Name)
	if a, err := mail.ParseAddress(s.Email); err != nil || a.Address != s.Email {
		c.fault(field+".email", "%q is not an e-mail address", s.Email)
	}
	if seen[s.Email] {
		c.fault(field+".email", "%q is used twice", s.Email)
	}
	seen[s.Email] = true
	if len(s.Roles) == 0 {
		c.fault(field+".roles", "is missing")
	}
	for i, r := range s.Roles {
		c.oneOf(index(field+".roles", i), r, roles)
	}
	for i, key := range s.Units {
		if c.pack.Unit(key) == nil {
			c.fault(index(field+".units", i), "there is no unit %q", key)
		}
	}
	for i, tag := range s.Locales {
		c.locale(index(field+".locales", i), tag)
	}
}

func (c *checker) locale(field, tag string) {
	if !localeTag.MatchString(tag) {
		c.fault(field, "%q is not a locale", tag)
	}
}

// Unit returns the unit with that key, nil if there is none.
func (p *Pack) Unit(key string) *Unit {
	for i := range p.Units {
		if p.Units[i].Key == key {
			return &p.Units[i]
		}
	}
	return nil
}

func (u *Unit) has(group string) bool {
	return slices.ContainsFunc(u.Groups, func(g Group) bool { return g.Key == group })
}

// edits reports whether the member of staff with that address is an editor of the unit.
func (p *Pack) edits(email, unit string) bool {
	return slices.ContainsFunc(p.Staff, func(s Staff) bool {
		return s.Email == email && slices.Contains(s.Roles, "editor") && slices.Contains(s.Units, unit)
	})
}

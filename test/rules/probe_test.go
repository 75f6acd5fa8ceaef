package rules_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// A filter is a question: whoever may choose it can ask about what she isn't
// shown. So the same list is asked for twice, once with a string that stands in
// a record the role can't see and once with one that stands nowhere. An answer
// that differs has told something.
func TestFiltersTellNothing(t *testing.T) {
	w := newWorld(t)
	stored := w.stored(t)
	for _, name := range []string{editor, translator, coordinator, stranger} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := w.serve(tinySite())
			if err != nil {
				t.Fatal(err)
			}
			defer s.close()
			all, err := s.schema()
			if err != nil {
				t.Fatal(err)
			}
			p := prober{server: s, T: t, schema: all, stored: stored, who: roleNamed(name), visible: map[string]bool{}}
			for _, from := range all {
				p.probe(from)
			}
			if p.asked == 0 {
				t.Error("nothing was asked")
			}
		})
	}
}

func roleNamed(name string) role {
	return roles[slices.IndexFunc(roles, func(r role) bool { return r.name == name })]
}

// stored says which canaries stand in which field of which record.
type stored map[string]map[string][]needle // collection → field → canaries

type needle struct{ record, text string }

// stored reads the whole database.
func (w *world) stored(t *testing.T) stored {
	t.Helper()
	s, err := w.serve(tinySite())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	all, err := s.schema()
	if err != nil {
		t.Fatal(err)
	}
	found := stored{}
	for _, c := range all {
		found[c.Name] = map[string][]needle{}
		records, err := s.app.FindAllRecords(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			for _, f := range c.Fields {
				for _, one := range w.in(raw(r, f)) {
					found[c.Name][f.GetName()] = append(found[c.Name][f.GetName()], needle{r.Id, one.text})
				}
			}
		}
	}
	return found
}

func raw(r *core.Record, f core.Field) string {
	if p, ok := r.GetRaw(f.GetName()).(*core.PasswordFieldValue); ok {
		return p.Hash
	}
	return r.GetString(f.GetName())
}

// prober asks as one role.
type prober struct {
	*server
	*testing.T
	schema
	stored
	who     role
	visible map[string]bool // collection and record → the role may view it
	asked   int
}

// probe asks a collection's list about every text that can be reached from it.
func (p *prober) probe(from *core.Collection) {
	if len(p.list(from, "").ids) == 0 {
		return // nothing to tell by leaving it out
	}
	p.fields(from, "", from)
	p.travel(from, 2, "", func(path string, to *core.Collection) { p.fields(from, path+".", to) })
}

func (p *prober) fields(from *core.Collection, path string, to *core.Collection) {
	for _, f := range to.Fields {
		secret := p.unseen(to, f)
		if secret == "" {
			continue // it may see them all
		}
		p.compare(from, path+f.GetName(), secret)
	}
}

// compare asks whether some record has the text, and whether none has it. A
// field that can't be filtered by is asked about once.
func (p *prober) compare(from *core.Collection, field, secret string) {
	for _, operator := range []string{"?~", "!~"} {
		told := p.list(from, field+" "+operator+" "+quote(secret))
		nothing := p.list(from, field+" "+operator+" "+quote("no such text"))
		if told.String() != nothing.String() {
			p.Errorf("%s learns of a text by filtering %s: %s %s %q gives %s, and another text %s",
				p.who.name, from.Name, field, operator, secret, told, nothing)
			return
		}
		if told.status == 400 {
			return
		}
	}
}

// unseen is a text that stands in the field of a record that the role can't
// see, and of none that it can.
func (p *prober) unseen(c *core.Collection, f core.Field) string {
	seen := map[string]bool{}
	for _, n := range p.stored[c.Name][f.GetName()] {
		seen[n.text] = seen[n.text] || p.may(c, f, n.record)
	}
	for _, n := range p.stored[c.Name][f.GetName()] {
		if !seen[n.text] {
			return n.text
		}
	}
	return ""
}

// may reports whether the role may see the field of the record.
func (p *prober) may(c *core.Collection, f core.Field, record string) bool {
	if f.GetHidden() {
		return false
	}
	key := c.Name + "/" + record
	if _, ok := p.visible[key]; !ok {
		a := p.ask("/api/collections/" + c.Name + "/records/" + record)
		p.visible[key] = a.status == 200
	}
	return p.visible[key]
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"` }

// listed is what a list answered: its status and the records' ids.
type listed struct {
	status int
	ids    []string
}

func (l listed) String() string {
	return fmt.Sprintf("%d with %d records %v", l.status, len(l.ids), l.ids)
}

// Sorting by a hidden field, or by one of a collection that the role can't
// list, would tell its order.
func TestSortsTellNothing(t *testing.T) {
	w := newWorld(t)
	s, err := w.serve(tinySite())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	all, err := s.schema()
	if err != nil {
		t.Fatal(err)
	}
	p := prober{server: s, T: t, schema: all, who: roleNamed(editor)}
	for _, from := range all {
		if len(p.list(from, "").ids) == 0 {
			continue
		}
		try := func(path string, to *core.Collection) {
			for _, f := range to.Fields {
				if !f.GetHidden() && to.ListRule != nil {
					continue
				}
				a := p.ask("/api/collections/" + from.Name + "/records?sort=" + url.QueryEscape(path+f.GetName()))
				if a.status < 400 {
					t.Errorf("%s can be sorted by %s%s: %d", from.Name, path, f.GetName(), a.status)
				}
			}
		}
		try("", from)
		p.travel(from, 2, "", func(path string, to *core.Collection) { try(path+".", to) })
	}
}

func (p *prober) list(c *core.Collection, filter string) listed {
	a := p.ask("/api/collections/" + c.Name + "/records?perPage=500&fields=id&filter=" + url.QueryEscape(filter))
	out := listed{status: a.status}
	var page struct{ Items []struct{ ID string } }
	if a.status == 200 {
		if err := json.Unmarshal(a.body, &page); err != nil {
			p.Fatalf("read a list: %v", err)
		}
	}
	for _, item := range page.Items {
		out.ids = append(out.ids, item.ID)
	}
	slices.Sort(out.ids)
	return out
}

func (p *prober) ask(path string) answer {
	p.asked++
	a, err := p.send(p.who, request{method: "GET", path: path})
	if err != nil {
		p.Fatal(err)
	}
	return a
}

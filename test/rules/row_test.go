package rules_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// row is one request, asked by everybody.
type row struct {
	section, name string
	request
	route  string // the route it is about, as the router has it
	nobody string // why nobody may succeed; otherwise somebody must
	opens  string // what the request itself gives a right to, as the table shows it ("A:ug")
	inside bool   // the public listener must not have it at all
	some   bool   // it gives a few of what the role may see: which, is another thing each time
	spoils bool   // it changes more than the database: the server is not used again
}

// patterns of PocketBase's routes for records, which the rows of every
// collection are about.
const (
	records = "/api/collections/{collection}/records"
	auths   = "/api/collections/{collection}/"
)

// schema is the collections as the database has them.
type schema []*core.Collection

func (s *server) schema() (schema, error) {
	all, err := s.app.FindAllCollections()
	if err != nil {
		return nil, fmt.Errorf("list the collections: %w", err)
	}
	slices.SortFunc(all, func(a, b *core.Collection) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// collectionRows are the operations on every collection, with a complaint about
// each that has no fixture.
func (s schema) collectionRows(fixtures map[string]fixture) (rows []row, missing []string) {
	for _, c := range s {
		f, ok := fixtures[c.Name]
		if !ok {
			missing = append(missing, "the collection "+c.Name+" has no row in the authorization matrix: give it two records "+
				"(content_test.go, bookkeeping_test.go) and an entry in fixtures (fixture_test.go), run with -update and read its cells")
			continue
		}
		rows = append(rows, s.readRows(c, f)...)
		rows = append(rows, writeRows(c, f)...)
		for i := range rows {
			if rows[i].section == "" {
				rows[i].section, rows[i].inside = "collection "+c.Name, inside(c)
			}
		}
	}
	return rows, missing
}

// inside reports whether only administrators' tools reach the collection:
// PocketBase's own, and those that the app's routes alone work with. A new
// collection is open until it is named here.
func inside(c *core.Collection) bool {
	locked := []string{
		"devices", "memberships", "invites", "changes", "announcements", "audit_log", "segments", "segment_uses", "translations",
		"staff_invites", "rsvps", "interpreter_bookings", "wishes", "translation_reports", "letter_opens", "operations", "calendars",
		"push_subscriptions", "outbox", "deliveries", "locale_messages", "translation_history", "translation_claims",
		"machine_jobs", "recordings", "attachments", "pack_items", "logos",
		"channels", "request_keys", "staff_keys", "request_holders", "request_wraps", "requests", "request_shares",
	}
	return c.System || slices.Contains(locked, c.Name)
}

func (s schema) readRows(c *core.Collection, f fixture) []row {
	path := "/api/collections/" + c.Name + "/records"
	list := func(name, query string) row {
		return row{name: name, route: "GET " + records, request: request{method: "GET", path: path + "?perPage=500" + query}}
	}
	rows := []row{
		list("list", ""),
		list("list, expanded and every field", "&fields=*,"+hidden(c)+"&expand="+strings.Join(s.paths(c, 3, forwards), ",")),
		list("list, expanded backwards", "&expand="+strings.Join(s.paths(c, 2, backwards), ",")),
	}
	for _, r := range f.records {
		rows = append(rows, row{name: "view " + r.name, route: "GET " + records + "/{id}",
			request: request{method: "GET", path: path + "/" + r.view + "?expand=" + strings.Join(s.paths(c, 1, forwards), ",")}})
	}
	return rows
}

func writeRows(c *core.Collection, f fixture) (rows []row) {
	path := "/api/collections/" + c.Name + "/records"
	for _, r := range f.records {
		if r.create != nil {
			rows = append(rows, row{name: "create " + r.name, route: "POST " + records,
				request: request{method: "POST", path: path, body: r.create}})
		}
	}
	for _, r := range f.records {
		rows = append(rows, row{name: "update " + r.name, route: "PATCH " + records + "/{id}", nobody: r.fixed,
			request: request{method: "PATCH", path: path + "/" + r.change, body: r.update}})
	}
	for _, r := range f.records {
		rows = append(rows, row{name: "delete " + r.name, route: "DELETE " + records + "/{id}", nobody: r.kept,
			request: request{method: "DELETE", path: path + "/" + r.change}})
	}
	return rows
}

// hidden lists the collection's hidden fields.
func hidden(c *core.Collection) string {
	var names []string
	for _, f := range c.Fields {
		if f.GetHidden() {
			names = append(names, f.GetName())
		}
	}
	return strings.Join(names, ",")
}

// hop is a step from a collection to another, along a relation or against it.
type hop struct {
	name string
	to   *core.Collection
}

func (s schema) hops(from *core.Collection) (hops []hop) {
	for _, c := range s {
		for _, f := range c.Fields {
			relation, ok := f.(*core.RelationField)
			if !ok {
				continue
			}
			if c.Id == from.Id {
				hops = append(hops, hop{relation.Name, s.byID(relation.CollectionId)})
			}
			if relation.CollectionId == from.Id {
				hops = append(hops, hop{c.Name + "_via_" + relation.Name, c})
			}
		}
	}
	return hops
}

func (s schema) byID(id string) *core.Collection {
	return s[slices.IndexFunc(s, func(c *core.Collection) bool { return c.Id == id })]
}

// Which way relations are followed.
const (
	forwards  = false
	backwards = true
)

// paths are the ways from a collection, up to so many hops long, either all
// forwards or with a step backwards.
func (s schema) paths(from *core.Collection, length int, way bool) (paths []string) {
	s.travel(from, length, "", func(path string, _ *core.Collection) {
		if strings.Contains(path, "_via_") == way {
			paths = append(paths, path)
		}
	})
	return paths
}

func (s schema) travel(from *core.Collection, length int, prefix string, visit func(path string, to *core.Collection)) {
	if length == 0 {
		return
	}
	for _, h := range s.hops(from) {
		visit(prefix+h.name, h.to)
		s.travel(h.to, length-1, prefix+h.name+".", visit)
	}
}

package rules_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// attempt is something a role must not get done.
type attempt struct {
	name string
	request
}

func patch(name, path string, b body) attempt { return attempt{name, request{"PATCH", path, b, nil}} }
func post(name, path string, b body) attempt  { return attempt{name, request{"POST", path, b, nil}} }

// refuse checks that every attempt is refused and leaves the database as it is.
func refuse(t *testing.T, who string, attempts func(w *world) []attempt) {
	t.Helper()
	w, s := serving(t)
	for _, a := range attempts(w) {
		before, err := s.version()
		if err != nil {
			t.Fatal(err)
		}
		got := s.must(t, who, a.request)
		after, err := s.version()
		if err != nil {
			t.Fatal(err)
		}
		if got.status < 400 || got.status >= 500 || before != after {
			t.Errorf("%s: %d, changed %t: %s", a.name, got.status, before != after, got.body)
		}
	}
}

func serving(t *testing.T) (*world, *server) {
	t.Helper()
	w := newWorld(t)
	s, err := w.serve(tinySite())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	return w, s
}

func (s *server) must(t *testing.T, who string, r request) answer {
	t.Helper()
	a, err := s.send(roleNamed(who), r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

const recordsOf = "/api/collections/"

func TestNobodyGivesHerselfARole(t *testing.T) {
	for _, who := range []string{editor, coordinator, demoted} {
		refuse(t, who, func(w *world) []attempt {
			me, colleague := recordsOf+"staff/records/"+w.ids[who], recordsOf+"staff/records/"+w.units['A'].id("colleague")
			return []attempt{
				patch("roles", me, body{"roles": []string{"admin"}}),
				patch("one more role", me, body{"roles+": "admin"}),
				patch("units", me, body{"units+": w.units['B'].id("unit")}),
				patch("locales", me, body{"locales+": "en"}),
				patch("password without the old one", me, body{"password": "new long password", "passwordConfirm": "new long password"}),
				patch("e-mail", me, body{"email": "new@example.org"}),
				patch("a colleague's role", colleague, body{"roles": []string{"coordinator"}}),
				post("an account", recordsOf+"staff/records", body{
					"name": "new", "email": "new@example.org", "password": password, "passwordConfirm": password, "roles": []string{"admin"},
				}),
			}
		})
	}
}

func TestAnEditorWritesInHerUnitOnly(t *testing.T) {
	refuse(t, editor, func(w *world) []attempt {
		a, b := w.units['A'], w.units['B']
		letters, meetings := recordsOf+"letters/records", recordsOf+"meetings/records"
		draft, meeting := letters+"/"+a.id("draft"), meetings+"/"+a.id("planned")
		base := a.bases["draft"]
		blocks := []body{{"id": "a", "kind": "paragraph", "text": "new"}}
		return []attempt{
			post("a letter in B", letters, body{"unit": b.id("unit"), "groups": []string{b.id("group")}, "title": "new", "blocks": blocks, "base": 0}),
			post("a letter to B's group", letters, body{"unit": a.id("unit"), "groups": []string{b.id("group")}, "title": "new", "blocks": blocks, "base": 0}),
			post("a letter to both groups", letters, body{"unit": a.id("unit"), "groups": []string{a.id("group"), b.id("group")}, "title": "new", "base": 0}),
			post("a letter about B's meeting", letters, body{"unit": a.id("unit"), "meeting": b.id("planned"), "title": "new", "base": 0}),
			post("a letter of no unit", letters, body{"title": "new", "base": 0}),
			patch("B's group added", draft, body{"groups+": b.id("group"), "base": base}),
			patch("the letter moved to B", draft, body{"unit": b.id("unit"), "groups": []string{b.id("group")}, "base": base}),
			patch("B's meeting", draft, body{"meeting": b.id("planned"), "base": base}),
			post("a meeting in B", meetings, body{"kind": "qpm", "unit": b.id("unit"), "groups": []string{b.id("group")}, "starts": "2026-12-01 17:00:00.000Z"}),
			post("a meeting of B's group", meetings, body{"kind": "qpm", "unit": a.id("unit"), "groups": []string{b.id("group")}, "starts": "2026-12-01 17:00:00.000Z"}),
			patch("B's group in a meeting", meeting, body{"groups+": b.id("group")}),
			patch("the meeting moved to B", meeting, body{"unit": b.id("unit"), "groups": []string{b.id("group")}}),
			post("a revision", recordsOf+"letter_revisions/records", body{
				"letter": a.id("draft"), "number": 1, "groups": []string{a.id("group")}, "content": blocks}),
			patch("a revision's text", recordsOf+"letter_revisions/records/"+a.id("revision"), body{"content": blocks}),
			{"a published letter deleted", request{method: "DELETE", path: letters + "/" + a.id("published")}},
			{"a revision deleted", request{method: "DELETE", path: recordsOf + "letter_revisions/records/" + a.id("revision")}},
		}
	})
}

// What only the server sets stays as it was, also where the rest is saved.
func TestAnEditorDoesNotPublishByTheBack(t *testing.T) {
	w, s := serving(t)
	a := w.units['A']
	got := s.must(t, editor, request{method: "PATCH", path: recordsOf + "letters/records/" + a.id("draft"), body: body{
		"base": a.bases["draft"], "title": "new", "number": 7, "published": "2026-01-01 00:00:00.000Z",
		"withdrawn": "2026-01-01 00:00:00.000Z", "release": "2026-01-01 00:00:00.000Z", "author": w.ids[stranger],
	}})
	if got.status != http.StatusOK {
		t.Fatalf("save: %d %s", got.status, got.body)
	}
	l, err := s.app.FindRecordById("letters", a.id("draft"))
	if err != nil {
		t.Fatal(err)
	}
	if l.GetString("title") != "new" || l.GetInt("number") != 0 || l.GetString("published")+l.GetString("withdrawn")+l.GetString("release") != "" ||
		l.GetString("author") != a.id("colleague") {
		t.Errorf("the draft became %v", l.FieldsData())
	}
}

func TestStaffSeeNoOtherStaff(t *testing.T) {
	w, s := serving(t)
	for _, who := range []string{editor, translator, coordinator, steget, stranger} {
		for _, query := range []string{
			"staff/records?perPage=500", "staff/records?filter=" + "name!=''", "units/records?expand=staff_via_units",
			"letters/records?expand=author", "meetings/records?expand=author&fields=*,expand.author.email",
			"letter_revisions/records?expand=author,letter.author", "staff/records/" + w.units['A'].id("colleague"),
			"staff/records/" + w.units['B'].id("colleague"),
		} {
			got := s.must(t, who, request{method: "GET", path: recordsOf + query})
			others := slices.DeleteFunc(w.in(got.text), func(c canary) bool {
				return c.owner == who || c.kind != kName && c.kind != kEmail
			})
			if len(others) > 0 {
				t.Errorf("%s sees others of the staff in %s: %s", who, query, shown(others, who))
			}
		}
	}
}

// A token must end with the password that it was given for, and with the
// account; what a role allowed must end with the role. The last two are
// columns of the matrix.
func TestATokenEndsWithThePassword(t *testing.T) {
	w, s := serving(t)
	list := request{method: "GET", path: recordsOf + "letters/records"}
	refresh := request{method: "POST", path: recordsOf + "staff/auth-refresh"}
	if got := s.must(t, editor, refresh); got.status != http.StatusOK || len(w.in(s.must(t, editor, list).text)) == 0 {
		t.Fatalf("before: %d %s", got.status, got.body)
	}
	me, err := s.app.FindRecordById("staff", w.ids[editor])
	if err != nil {
		t.Fatal(err)
	}
	me.SetPassword("another long password")
	if err := s.app.Save(me); err != nil {
		t.Fatal(err)
	}
	if got := s.must(t, editor, refresh); got.status != http.StatusUnauthorized {
		t.Errorf("refresh with the old token: %d", got.status)
	}
	for _, path := range []string{recordsOf + "letters/records", own + "staff/groups/" + w.units['A'].id("group") + "/invites"} {
		got := s.must(t, editor, request{method: "GET", path: path})
		if found := w.in(got.text); len(found) > 0 {
			t.Errorf("the old token still shows%s in %s", shown(found, editor), path)
		}
	}
}

// A field that is hidden stays so, however it is asked for.
func TestHiddenFieldsStayHidden(t *testing.T) {
	w, s := serving(t)
	all, err := s.schema()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		for _, f := range c.Fields {
			if !f.GetHidden() {
				continue
			}
			base := recordsOf + c.Name + "/records?fields=*," + f.GetName() + ",expand.*." + f.GetName()
			for _, query := range []string{"", "&expand=" + strings.Join(all.paths(c, 1, forwards), ","), "&sort=" + f.GetName(), "&filter=" + f.GetName() + "!=''"} {
				for _, who := range []string{editor, admin} {
					got := s.must(t, who, request{method: "GET", path: base + query})
					asked := strings.Contains(query, "sort") || strings.Contains(query, "filter")
					if asked && got.status < 400 {
						t.Errorf("%s may sort or filter %s by %s: %d", who, c.Name, f.GetName(), got.status)
					}
					if slices.ContainsFunc(w.in(got.text), func(one canary) bool { return one.kind == kSecret }) {
						t.Errorf("%s sees %s.%s by %s", who, c.Name, f.GetName(), query)
					}
				}
			}
		}
	}
}

// Signing in shows nobody but who signs in, also with everything expanded.
func TestSigningInExpandsNothing(t *testing.T) {
	w, s := serving(t)
	all, err := s.schema()
	if err != nil {
		t.Fatal(err)
	}
	staff := all[slices.IndexFunc(all, func(c *core.Collection) bool { return c.Name == "staff" })]
	query := "?expand=" + strings.Join(all.paths(staff, 3, forwards), ",") + "&fields=*,record.*,record.expand.*"
	for _, r := range []struct {
		who string
		request
	}{
		{guest, request{"POST", recordsOf + "staff/auth-with-password" + query, body{"identity": w.email(coordinator), "password": password}, nil}},
		{coordinator, request{"POST", recordsOf + "staff/auth-refresh" + query, nil, nil}},
	} {
		got := s.must(t, r.who, r.request)
		if got.status != http.StatusOK {
			t.Fatalf("%s: %d %s", r.path, got.status, got.body)
		}
		over := slices.DeleteFunc(w.in(got.text), func(c canary) bool { return c.owner == coordinator || within(may[coordinator], c) })
		if len(over) > 0 {
			t.Errorf("%s shows%s", r.path, shown(over, coordinator))
		}
	}
}

// The rule is asked about the record of the path; a body that says another id
// must not have the answer tell of that one.
func TestNobodySavesOneRecordAsAnother(t *testing.T) {
	w := newWorld(t)
	s, err := w.serve(tinySite())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	own, foreign := w.units['A'], w.units['B']
	for collection, name := range map[string]string{"letters": "draft", "meetings": "planned", "meeting_notes": "held"} {
		for _, base := range []int{0, 1, 99} {
			a, err := s.send(role{name: editor}, request{
				method: "PATCH", path: "/api/collections/" + collection + "/records/" + own.id(name),
				body: body{"id": foreign.id(name), "base": base, "title": "new", "place": "new", "emotional": "new"},
			})
			if err != nil {
				t.Fatal(err)
			}
			if a.status != 400 {
				t.Errorf("%s from base %d: %d", collection, base, a.status)
			}
			for _, c := range w.all {
				if c.unit == 'B' && strings.Contains(a.text, c.text) {
					t.Errorf("%s from base %d tells of another unit's: %s", collection, base, shown([]canary{c}, editor))
				}
			}
		}
	}
}

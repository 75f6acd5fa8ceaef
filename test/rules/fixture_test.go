package rules_test

import (
	"maps"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// fixture is what the matrix needs to know of a collection to try every
// operation on it.
type fixture struct{ records []target }

// target is a record to view, one to change and delete, and the bodies that
// would be accepted from who may. Create is nil where it would be another
// target's twin; kept says why nobody can delete the record, and fixed why
// nobody can change it.
type target struct {
	name, view, change string
	create, update     body
	kept, fixed        string
}

type body = map[string]any

// fixtures has an entry for every collection of the database.
func (w *world) fixtures() map[string]fixture {
	all := map[string]fixture{
		"units":            w.both(unitTarget),
		"groups":           w.both(groupTarget),
		"staff":            w.both(staffTarget),
		"meetings":         w.both(meetingTarget),
		"meeting_notes":    w.both(notesTarget),
		"letters":          w.letterTargets(),
		"letter_revisions": w.both(w.revisionTarget),
		"segments":         w.both(segmentTarget),
		"segment_uses":     w.both(useTarget),
		"translations":     w.translationTargets(),
		"devices":          w.both(deviceTarget),
		"memberships":      w.both(membershipTarget),
		"invites":          w.both(inviteTarget),
		"changes":          w.both(changeTarget),
		"announcements":    w.both(announcementTarget),
		"audit_log":        w.both(auditTarget),
		"settings":         w.settingTargets(),
		"glossary":         w.wordTargets(),
		"phrases":          w.phraseTargets(),
		"locale_messages":  w.messageTargets(),
		"machine_jobs":     w.both(failedTarget),
		"recordings":       w.both(recordingTarget),
		"attachments":      w.both(attachmentTarget),
		"pack_items":       w.packTargets(),
		"logos":            w.logoTargets(),
	}
	maps.Copy(all, w.sentFixtures())
	maps.Copy(all, w.deskFixtures())
	maps.Copy(all, w.pushFixtures())
	maps.Copy(all, w.guideFixtures())
	maps.Copy(all, w.themeFixtures())
	maps.Copy(all, w.confidentialFixtures())
	maps.Copy(all, w.colleagueFixtures())
	maps.Copy(all, w.tabletFixtures())
	maps.Copy(all, w.pocketbaseFixtures())
	return all
}

// both makes a target of each unit.
func (w *world) both(make func(*place) target) fixture {
	a, b := make(w.units['A']), make(w.units['B'])
	a.name, b.name = "A", "B"
	return fixture{[]target{a, b}}
}

func unitTarget(p *place) target {
	t := target{view: p.id("unit"), change: p.id("unit"), update: body{"name": "new"}, kept: "it has groups"}
	if p.letter == 'A' { // a new unit belongs to none
		t.create = body{"name": "new", "kind": "school"}
	}
	return t
}

func groupTarget(p *place) target {
	return target{
		view: p.id("group"), change: p.id("group"),
		create: body{"name": "new", "unit": p.id("unit")}, update: body{"name": "new", "children": 17}, kept: "phones follow it",
	}
}

func staffTarget(p *place) target {
	return target{
		view: p.id("colleague"), change: p.id("colleague"), update: body{"name": "new"},
		create: body{
			"name": "new", "email": "new@example.org", "password": password, "passwordConfirm": password,
			"roles": []string{"editor"}, "units": []string{p.id("unit")},
		},
	}
}

func meetingTarget(p *place) target {
	return target{
		view: p.id("held"), change: p.id("planned"), update: body{"place": "new"},
		create: body{"kind": "qpm", "unit": p.id("unit"), "groups": []string{p.id("group")}, "starts": "2026-12-01 17:00:00.000Z"},
	}
}

func (w *world) letterTargets() fixture {
	f := w.both(func(p *place) target {
		return target{
			view: p.id("published"), change: p.id("draft"), update: body{"title": "new", "base": p.bases["draft"]},
			create: body{"unit": p.id("unit"), "groups": []string{p.id("group")}, "title": "new", "base": 0,
				"blocks": []body{{"id": "a", "kind": "paragraph", "text": "new"}}},
		}
	})
	for _, p := range w.inOrder() {
		f.records = append(f.records, target{
			name: string(p.letter) + "'s published", view: p.id("withdrawn"), change: p.id("published"),
			update: body{"title": "new", "base": p.bases["published"]},
		}, target{
			name: string(p.letter) + "'s waiting", view: p.id("waiting"), change: p.id("waiting"),
			update: body{"title": "new", "base": p.bases["waiting"]},
		})
	}
	return f
}

func (w *world) revisionTarget(p *place) target {
	return target{
		view: p.id("revision"), change: p.id("revision"), update: body{"number": 9},
		create: body{"letter": p.id("published"), "number": 9, "groups": []string{p.id("group")},
			"content": []body{{"id": "title", "kind": "title", "text": "new"}}},
	}
}

func segmentTarget(p *place) target {
	return target{
		view: p.id("segment"), change: p.id("segment"), update: body{"text": "new"},
		create: body{"id": strings.Repeat("n", 32), "locale": "sv", "text": "new"},
	}
}

func useTarget(p *place) target {
	return target{
		view: p.id("use"), change: p.id("use"), update: body{"published": true},
		create: body{"segment": p.id("segment"), "unit": p.id("unit"), "context": "new", "collection": "letters", "record": p.id("draft")},
	}
}

func (w *world) translationTargets() fixture {
	f := w.both(func(p *place) target {
		return target{
			view: p.id("translation"), change: p.id("translation"), update: body{"text": "new"},
			create: body{"segment": p.id("segment"), "locale": "ar", "text": "new", "status": "draft"},
		}
	})
	for _, p := range w.inOrder() {
		f.records = append(f.records, target{
			name: string(p.letter) + "'s wording", view: p.id("wording"), change: p.id("wording"), update: body{"text": "new"},
		})
	}
	return f
}

func deviceTarget(p *place) target {
	t := target{view: p.id("device"), change: p.id("device"), update: body{"revoked": "2026-11-21 12:00:00.000Z"}}
	if p.letter == 'A' { // a new device belongs to no unit
		t.create = body{"id": "cccccccc-0000-4000-8000-000000000000", "secretHash": strings.Repeat("0", 64), "locale": "sv"}
	}
	return t
}

func membershipTarget(p *place) target {
	t := target{
		view: p.id("device's membership"), change: p.id("device's membership"), update: body{"ends": "2027-01-01 00:00:00.000Z"},
	}
	t.create = body{"device": p.id("device"), "group": p.id("group"), "ends": "2027-01-01 00:00:00.000Z"}
	t.create["group"] = p.id("other group")
	return t
}

func inviteTarget(p *place) target {
	return target{
		view: p.id("invite"), change: p.id("invite"), update: body{"revoked": "2026-11-21 12:00:00.000Z"},
		create: body{"kind": "group", "group": p.id("group"), "codeHash": strings.Repeat("0", 64), "codeSealed": "new"},
	}
}

func changeTarget(p *place) target {
	return target{
		view: p.id("change"), change: p.id("change"), update: body{"gone": true},
		create: body{"scope": p.id("group"), "stream": "records", "item": "letters:new", "seq": 999},
	}
}

func auditTarget(p *place) target {
	const why = "the database itself refuses it"
	return target{view: p.id("audit"), change: p.id("audit"), update: body{"action": "new"}, fixed: why, kept: why}
}

func (w *world) settingTargets() fixture {
	return fixture{[]target{
		{
			name: "municipality", view: w.ids["municipality"], change: w.ids["municipality"],
			create: body{"name": "new", "value": 1}, update: body{"value": body{"name": "new", "address": "new"}},
		},
		{name: "epoch", view: w.ids["epoch"], change: w.ids["epoch"], update: body{"value": "new"}},
	}}
}

func (w *world) inOrder() []*place { return []*place{w.units['A'], w.units['B']} }

// pocketbaseFixtures are those of PocketBase's own collections.
func (w *world) pocketbaseFixtures() map[string]fixture {
	all := map[string]fixture{
		core.CollectionNameSuperusers: {[]target{{
			name: "another", view: w.ids[superSigning], change: w.ids[superSigning], update: body{"emailVisibility": true},
			create: body{"email": "new@example.org", "password": password, "passwordConfirm": password},
		}}},
	}
	for collection, fields := range map[string]body{
		core.CollectionNameExternalAuths: {"provider": "github", "providerId": "new"},
		core.CollectionNameMFAs:          {"method": "otp"},
		core.CollectionNameOTPs:          {"password": "12345678"},
		core.CollectionNameAuthOrigins:   {"fingerprint": "new"},
	} {
		all[collection] = w.both(func(p *place) target {
			create := body{"collectionRef": w.ids["staff"], "recordRef": p.id("colleague")}
			for name, value := range fields {
				create[name] = value
			}
			return target{view: p.id(collection), change: p.id(collection), create: create, update: fields}
		})
	}
	return all
}

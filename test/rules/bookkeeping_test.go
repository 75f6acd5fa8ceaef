package rules_test

import (
	"encoding/base64"
	"strings"

	"folje/internal/access"
	"folje/internal/audit"

	"github.com/pocketbase/pocketbase/core"
)

// bookkeeping makes what the server keeps for itself: devices, memberships,
// invites, changes, the audit log, and PocketBase's own records of a colleague.
func (w *world) bookkeeping(p *place) {
	unit := p.letter
	devices := []struct{ name, role string }{{"device", ""}}
	if unit == 'A' {
		devices = append(devices, struct{ name, role string }{"own device", phone}, struct{ name, role string }{"shut out", revoked})
	}
	for i, d := range devices {
		w.device(p, i, d.name, d.role)
	}
	w.invites(p)
	w.save("changes", map[string]any{
		"scope": w.text(kChange, unit), "stream": w.text(kChange, unit), "item": w.text(kChange, unit), "seq": 1,
	})
	if err := audit.Write(w.app, w.text(kAudit, unit), w.text(kAudit, unit), w.text(kAudit, unit), noon); err != nil {
		w.Fatal(err)
	}
	for name, collection := range map[string]string{"change": "changes", "audit": "audit_log"} {
		p.ids[name] = w.newest(collection)
	}
	w.sent(p)
	w.desk(p)
	w.failed(p)
	w.pushed(p)
	w.told(p)
	w.pocketbase(p)
}

// newest is the id of the record that was saved last.
func (w *world) newest(collection string) (id string) {
	if err := w.app.DB().Select("id").From(collection).OrderBy("rowid DESC").Limit(1).Row(&id); err != nil {
		w.Fatal(err)
	}
	return id
}

func (w *world) device(p *place, number int, name, role string) {
	unit := strings.ToLower(string(p.letter))
	id := strings.Repeat(unit, 8) + "-0000-4000-8000-00000000000" + string(rune('0'+number))
	secret := base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat(unit, 31) + string(rune('0'+number))))
	hash, err := access.HashSecret(secret)
	if err != nil {
		w.Fatal(err)
	}
	values := map[string]any{"id": id, "secretHash": hash, "locale": w.own(kDevice, p.letter, role), "seen": noon}
	if role == revoked {
		values["revoked"] = noon
	}
	w.save("devices", values)
	w.add(canary{text: id, kind: kDevice, unit: p.letter, owner: role})
	w.add(canary{text: secret, kind: kSecret, unit: p.letter})
	membership := "canarymember" + unit + "0" + string(rune('0'+number))
	w.save("memberships", map[string]any{
		"id": membership, "device": id, "group": p.id("group"), "ends": noon.AddDate(1, 0, 0),
	})
	w.add(canary{text: membership, kind: kMembership, unit: p.letter, owner: role})
	p.ids[name], p.ids[name+"'s membership"] = id, membership
	if role != "" {
		w.tokens[role] = "Bearer " + secret
	}
}

// invites makes two invites of the group and a device's handover.
func (w *world) invites(p *place) {
	keys, err := access.OpenKeys(w.app)
	if err != nil {
		w.Fatal(err)
	}
	for _, name := range []string{"invite", "second invite", "handover"} {
		var made *access.Invite
		err := w.app.RunInTransaction(func(tx core.App) (err error) {
			if name == "handover" {
				made, err = access.MakeHandover(tx, keys, p.id("device"), noon)
			} else {
				made, err = access.MakeInvite(tx, keys, p.id("group"), p.id("colleague"), 100, noon)
			}
			return err
		})
		if err != nil {
			w.Fatalf("make the %s: %v", name, err)
		}
		code, err := made.Code(keys)
		if err != nil {
			w.Fatal(err)
		}
		p.ids[name], p.codes[name] = made.Id, code.String()
		w.add(canary{text: made.Id, kind: kInvite, unit: p.letter})
		w.add(canary{text: code.String(), kind: kCode, unit: p.letter})
	}
}

// pocketbase makes records in PocketBase's own collections.
func (w *world) pocketbase(p *place) {
	staff, err := w.app.FindCollectionByNameOrId("staff")
	if err != nil {
		w.Fatal(err)
	}
	w.ids["staff"] = staff.Id
	for collection, fields := range map[string][]string{
		core.CollectionNameExternalAuths: {"providerId"}, core.CollectionNameMFAs: {"method"},
		core.CollectionNameOTPs: {"password", "sentTo"}, core.CollectionNameAuthOrigins: {"fingerprint"},
	} {
		values := map[string]any{"collectionRef": staff.Id, "recordRef": p.id("colleague"), "provider": "google"}
		for _, f := range fields {
			values[f] = w.text(kSystem, p.letter)
		}
		p.ids[collection] = w.save(collection, values).Id
	}
}

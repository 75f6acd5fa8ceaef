package rules_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"

	"folje/internal/access"

	"golang.org/x/crypto/bcrypt"
)

// The secret of unit A's tablet, the token of who is in on it, and the PIN.
var (
	tabletSecret = base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("s", 32)))
	tabletToken  = strings.Repeat("t", 43)
)

const tabletPIN = "482915"

// tablets makes a tablet of each unit that is in use, one of A's that waits, and
// somebody who is in on A's.
func (w *world) tablets() {
	keys, err := access.OpenKeys(w.app)
	if err != nil {
		w.Fatal(err)
	}
	for _, p := range w.inOrder() {
		secret := sha256.Sum256([]byte(strings.Repeat(string(p.letter+'s'-'A'), 32)))
		p.ids["tablet"] = w.save("tablets", map[string]any{
			"name": w.text(kTablet, p.letter), "unit": p.id("unit"), "code": keys.Lookup(access.Code("used" + string(p.letter))),
			"mark": hex.EncodeToString(secret[:]), "expires": noon, "seen": "2026-11-21 00:00:00.000Z",
		}).Id
	}
	a := w.units['A']
	a.ids["waiting tablet"] = w.save("tablets", map[string]any{
		"name": w.text(kTablet, 'A'), "unit": a.id("unit"), "code": keys.Lookup("0123456789"), "expires": noon.AddDate(0, 0, 1),
	}).Id
	her := w.staff(onTablet, 'A', []string{access.RoleEditor, access.RoleTranslator, access.RoleCoordinator, access.RoleSteget},
		a.id("unit"), w.units['B'].id("unit"))
	hashed, err := bcrypt.GenerateFromPassword([]byte(keys.PIN(her.Id, tabletPIN)), bcrypt.MinCost)
	if err != nil {
		w.Fatal(err)
	}
	w.ids["pin"] = w.save("staff_pins", map[string]any{"person": her.Id, "hash": string(hashed)}).Id
	mark := sha256.Sum256([]byte(tabletToken))
	w.save("tablet_sessions", map[string]any{
		"id": her.Id, "tablet": a.id("tablet"), "units": a.id("unit"), "roles": access.RoleEditor,
		"mark": hex.EncodeToString(mark[:]), "began": noon, "used": noon,
	})
	w.tokens[onTablet] = "folje-tablet-" + tabletToken
	w.tokens[onTabletIn] = w.tokens[onTablet]
}

func (w *world) tabletFixtures() map[string]fixture {
	her := w.ids[onTablet]
	return map[string]fixture{
		"tablets": w.both(func(p *place) target {
			return target{
				view: p.id("tablet"), change: p.id("tablet"), update: body{"name": "new"},
				create: body{"name": "new", "unit": p.id("unit"), "code": strings.Repeat(string(p.letter), 64)},
			}
		}),
		"staff_pins": {[]target{{
			name: "hers", view: w.ids["pin"], change: w.ids["pin"], update: body{"tries": 1},
			create: body{"person": w.ids[editor], "hash": "new"},
		}}},
		"tablet_sessions": {[]target{{
			name: "hers", view: her, change: her, update: body{"units": w.units['B'].id("unit")},
			create: body{"id": w.ids[editor], "tablet": w.units['A'].id("tablet"), "units": w.units['A'].id("unit"), "roles": "editor", "mark": "new"},
		}}},
	}
}

func (w *world) tabletRows() []row {
	const all, pin, enrol, enter = "staff/tablets", "staff/me/pin", "tablet/enrol", "tablet/enter"
	a, her := w.units['A'], w.ids[onTablet]
	fresh := base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("f", 32)))
	rows := []row{
		ask("GET", all, "", all, nil),
		ask("POST", all, "", all, body{"name": "new", "unit": a.id("unit")}),
		ask("GET", pin, "", pin, nil),
		ask("PUT", pin, "", pin, body{"pin": "730528"}),
		ask("DELETE", pin, "", pin, nil),
		ask("POST", enrol, "with A's code", enrol, body{"code": "01234-56789", "secret": fresh}).entitled("A:un+"),
		ask("POST", enrol, "with a wrong code", enrol, body{"code": "AAAAA-AAAAA", "secret": fresh}).refused("there is no such code"),
		ask("GET", "tablet", "without its secret", "tablet", nil).refused("a tablet has a secret of its own"),
		ask("GET", "tablet", "A's own", "tablet", nil).as("Bearer " + tabletSecret).entitled("A:un+"),
		ask("POST", enter, "without its secret", enter, body{"person": her, "pin": tabletPIN}).refused("a tablet has a secret of its own"),
		ask("POST", enter, "on A's own", enter, body{"person": her, "pin": tabletPIN}).as("Bearer " + tabletSecret).entitled("A:n"),
		ask("POST", "tablet/leave", "", "tablet/leave", nil),
	}
	for _, p := range w.inOrder() {
		rows = append(rows, ask("DELETE", all+"/{id}", string(p.letter), all+"/"+p.id("tablet"), nil))
	}
	return rows
}

// as sends the row with an Authorization of its own, whoever asks.
func (r row) as(authorization string) row {
	r.header = map[string]string{"Authorization": authorization}
	return r
}

// closed are the sections of which a shared tablet gives nothing at all.
var closed = []string{"phones", "where phones are reached", "invites", "setting units up", "colleagues", "the guide",
	"the app's own messages", "the translators' desk", "reading aloud", "what phones send", "confidential requests", "calendars"}

// beyond reports whether a shared tablet's session got more than an editor of its
// unit there, or anything of what is closed to it. Rows that bring an Authorization of
// their own aren't about the session.
func (r result) beyond(c cell, admin bool) bool {
	if !c.through() || r.header["Authorization"] != "" || r.cells[guest].through() && c.show(onTablet) == r.cells[guest].show(guest) {
		return false
	}
	if slices.Contains(closed, r.section) && !strings.HasSuffix(r.route, "staff/engines") { // who translates a letter's languages
		return true
	}
	if strings.HasSuffix(r.route, "tablet/leave") {
		return false
	}
	hers := r.cells[editor]
	if admin {
		hers = r.cells[editorIn]
	}
	return !hers.through() || slices.ContainsFunc(c.found, func(one canary) bool {
		return !slices.ContainsFunc(hers.found, func(other canary) bool { return other.text == one.text })
	})
}

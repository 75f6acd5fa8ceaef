package rules_test

import (
	"strings"

	"folje/internal/access"

	"github.com/pocketbase/pocketbase/core"
)

// welcome is the secret of the link that somebody was sent to work in unit A.
const welcome = "ett hemligt ord till den som är inbjuden"

// invited makes an invite to each unit; that of A has a link to answer by.
func (w *world) invited() {
	keys, err := access.OpenKeys(w.app)
	if err != nil {
		w.Fatal(err)
	}
	for _, p := range w.inOrder() {
		secret := access.Code(welcome + strings.Repeat("!", int(p.letter-'A')))
		p.ids["welcome"] = w.save("staff_invites", map[string]any{
			"name": w.text(kName, p.letter), "email": w.text(kEmail, p.letter) + "@example.org", "roles": []string{access.RoleEditor},
			"units": []string{p.id("unit")}, "mark": keys.Lookup(secret), "sealed": keys.Seal(secret), "expires": noon.AddDate(0, 0, 14),
		}).Id
	}
}

func (w *world) colleagueFixtures() map[string]fixture {
	return map[string]fixture{"staff_invites": w.both(func(p *place) target {
		return target{
			view: p.id("welcome"), change: p.id("welcome"), update: body{"name": "new"},
			create: body{"name": "new", "email": "new" + string(p.letter) + "@example.org", "roles": []string{"admin"}, "mark": strings.Repeat(string(p.letter), 64)},
		}
	})}
}

func (w *world) colleagueRows() []row {
	const all, one, look, accept = "staff/colleagues", "staff/colleagues/{id}", "welcome/look", "welcome/accept"
	a := w.units['A']
	her := body{"name": "new", "email": "new@example.org", "roles": []string{"editor"}, "units": []string{a.id("unit")}}
	rows := []row{
		ask("GET", all, "", all, nil),
		ask("POST", all, "", all, her),
		ask("POST", all, "who works here already", all, body{"name": "new", "email": w.email(editor), "roles": []string{"admin"}}).refused("she has an account"),
		ask("POST", look, "A's link", look, body{"secret": welcome}).entitled("A:unN"),
		ask("POST", look, "a wrong link", look, body{"secret": "x"}).refused("the link is wrong"),
		ask("POST", accept, "A's link", accept, body{"secret": welcome, "password": "sju gula lönnlöv"}).entitled("A:N"),
		ask("POST", accept, "a wrong link", accept, body{"secret": "x", "password": "sju gula lönnlöv"}).refused("the link is wrong"),
	}
	const codes, code, out = all + "/codes", "staff/code", "staff/me/sign-out"
	rows = append(rows,
		ask("POST", code, "nobody's", code, body{"mfa": "x"}),
		ask("POST", code, "who has not signed in yet", code, body{"mfa": a.id(core.CollectionNameMFAs)}),
		ask("POST", codes, "without e-mail", codes, nil).refused("no code would arrive"),
		ask("PUT", codes, "on", codes, body{"on": true, "id": "x", "code": "123456"}).refused("the code is wrong"),
		ask("PUT", codes, "off", codes, body{"on": false}),
		ask("POST", out, "", out, nil))
	for _, p := range w.inOrder() {
		name, path := string(p.letter), all+"/"+p.id("colleague")
		rows = append(rows,
			ask("DELETE", all+"/invites/{id}", name, all+"/invites/"+p.id("welcome"), nil),
			ask("PUT", one, name, path, her),
			ask("POST", one+"/password", name, path+"/password", nil),
			ask("POST", one+"/leave", name, path+"/leave", nil))
	}
	return append(rows,
		ask("PUT", one, "the only administrator gives it up", all+"/"+w.ids[admin], her).refused("nobody could let anybody in"),
		ask("POST", one+"/leave", "the only administrator", all+"/"+w.ids[admin]+"/leave", nil).refused("nobody could let anybody in"))
}

package rules_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"folje/internal/confidential"

	"filippo.io/age"
)

// Of the channels A is Steget's and B is Familjeguiden's.
const (
	kChannel kind = 'Z'
	kSealed  kind = 'J'
	kWrapped kind = 'O'
	kShared  kind = 'Y'
	kPublic  kind = 'f'
)

func init() {
	legend = append(legend, []struct {
		kind kind
		says string
	}{
		{kChannel, "what phones are told of a channel for confidential requests (A Steget's, B Familjeguiden's)"},
		{kSealed, "a confidential request, encrypted"}, {kWrapped, "a key of a channel or of a holder, encrypted"},
		{kShared, "a request that was shared with one colleague, encrypted"}, {kPublic, "the public half of a holder's own key"},
	}...)
	for role := range may {
		may[role] += " A:Z B:Z"
	}
	may[steget] += " A:JO"
	may[coordinator] += " B:JO"
	may[demoted] += " B:O" // a coordinator may recover the channel, with the paper
	may[translator] += " A:Y"
}

// Who stands at which channel: its holder, its head, the one who asks, and what
// proves that somebody has its key.
var (
	holderOf = map[byte]string{'A': steget, 'B': coordinator}
	headOf   = map[byte]string{'A': editor, 'B': stranger}
	proof    = strings.Repeat("ab", sha256.Size)
)

func nameOf(letter byte) string {
	return map[byte]string{'A': "steget", 'B': "familjeguiden"}[letter]
}

// confidential opens both channels, with a holder, one who asks, a replaced key,
// a request, and one more that A's holder shared with the translator.
func (w *world) confidential() {
	for _, p := range w.inOrder() {
		w.channel(p)
		w.holders(p)
		w.requested(p)
	}
}

func (w *world) channel(p *place) {
	c, err := w.app.FindFirstRecordByData("channels", "name", nameOf(p.letter))
	if err != nil {
		w.Fatal(err)
	}
	c.Load(map[string]any{"head": w.ids[headOf[p.letter]], "hours": w.text(kChannel, p.letter), "open": true})
	if err := w.app.Save(c); err != nil {
		w.Fatal(err)
	}
	raw, err := hex.DecodeString(proof)
	if err != nil {
		w.Fatal(err)
	}
	check := sha256.Sum256(raw)
	key := func(number int, replaced any) string {
		return w.save("request_keys", map[string]any{
			"channel": c.Id, "number": number, "recipient": w.text(kChannel, p.letter), "recoveryRecipient": w.text(kWrapped, p.letter),
			"recovery": w.text(kWrapped, p.letter), "check": hex.EncodeToString(check[:]), "replaced": replaced,
		}).Id
	}
	p.ids["channel"], p.ids["old key"], p.ids["key"] = c.Id, key(1, noon), key(2, nil)
}

func (w *world) holders(p *place) {
	role := holderOf[p.letter]
	p.ids["staff key"] = w.save("staff_keys", map[string]any{
		"staff": w.ids[role], "recipient": w.own(kPublic, p.letter, role), "identity": w.own(kWrapped, p.letter, role),
	}).Id
	p.ids["holder"] = w.save("request_holders", map[string]any{"channel": p.id("channel"), "staff": w.ids[role], "state": "in"}).Id
	asking := w.save("staff", map[string]any{
		"name": w.text(kName, p.letter), "email": strings.ToLower(string(p.letter)) + "asks@example.org", "password": password, "verified": true,
		"roles": []string{map[byte]string{'A': "steget", 'B': "coordinator"}[p.letter]},
	})
	p.ids["asking"] = w.save("request_holders", map[string]any{"channel": p.id("channel"), "staff": asking.Id, "state": "asked"}).Id
	p.ids["wrap"] = w.save("request_wraps", map[string]any{
		"key": p.id("key"), "holder": p.id("holder"), "wrapped": w.own(kWrapped, p.letter, role),
	}).Id
}

func (w *world) requested(p *place) {
	request := func(state string) string {
		return w.save("requests", map[string]any{
			"key": p.id("key"), "ciphertext": w.text(kSealed, p.letter), "state": state, "arrived": noon,
		}).Id
	}
	p.ids["request"], p.ids["opened request"] = request("new"), request("opened")
	to := w.ids[translator]
	if p.letter == 'B' {
		to = w.ids[signingIn]
	}
	p.ids["share"] = w.save("request_shares", map[string]any{
		"request": p.id("opened request"), "to": to, "by": w.ids[holderOf[p.letter]], "ciphertext": w.text(kShared, p.letter),
		"consent": body{"how": "phone", "at": "2026-11-20"}, "at": noon,
	}).Id
}

// confidentialFixtures are those of the channels. All of it is locked; what a
// superuser sees is encrypted, and nothing of it can be written in the dashboard.
func (w *world) confidentialFixtures() map[string]fixture {
	all := map[string]fixture{}
	for collection, one := range map[string]struct {
		id     string
		update body
	}{
		"channels": {"channel", body{"hours": "new"}}, "request_keys": {"key", body{"recipient": "new"}},
		"staff_keys": {"staff key", body{"identity": "new"}}, "request_holders": {"holder", body{"state": "left"}},
		"request_wraps": {"wrap", body{"wrapped": "new"}}, "requests": {"request", body{"state": "closed"}},
		"request_shares": {"share", body{"by": "new"}},
	} {
		const why = "only the app's own routes write it"
		all[collection] = w.both(func(p *place) target {
			return target{view: p.id(one.id), change: p.id(one.id), update: one.update, fixed: why, kept: why}
		})
	}
	return all
}

// encrypted are bodies in the age format: a request, and what is encrypted to a
// key and to a passphrase.
type encrypted struct{ recipient, request, sealed, locked string }

func (w *world) encrypted() encrypted {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		w.Fatal(err)
	}
	weak, err := age.NewScryptRecipient(password)
	if err != nil {
		w.Fatal(err)
	}
	weak.SetWorkFactor(15)
	seal := func(to age.Recipient, plain string) string {
		var out bytes.Buffer
		in, err := age.Encrypt(&out, to)
		if err == nil {
			_, err = in.Write([]byte(plain))
		}
		if err == nil {
			err = in.Close()
		}
		if err != nil {
			w.Fatal(err)
		}
		return base64.StdEncoding.EncodeToString(out.Bytes())
	}
	to := identity.Recipient()
	return encrypted{to.String(), seal(to, strings.Repeat(" ", confidential.Plain)), seal(to, "new"), seal(weak, "new")}
}

// confidentialRows are what phones and staff ask of the channels.
func (w *world) confidentialRows() (rows []row) {
	e := w.encrypted()
	const op = "cccccccc-0000-4000-8000-0000000000ff"
	rows = append(rows,
		ask("GET", "request-keys", "", "request-keys", nil),
		ask("POST", "requests", "to no key", "requests", body{"op": op, "to": "new", "ciphertext": e.request}),
		ask("POST", "requests", "without an id of its own", "requests", body{"to": "new", "ciphertext": e.request}).refused("it could not be known again"),
		ask("GET", "staff/channels", "", "staff/channels", nil).entitled("A:nf B:nf"),
		ask("GET", "staff/key", "", "staff/key", nil),
		ask("PUT", "staff/key", "", "staff/key", body{"recipient": e.recipient, "identity": e.locked}),
		ask("PUT", "staff/key", "in plain text", "staff/key", body{"recipient": e.recipient, "identity": "AGE-SECRET-KEY-1"}).refused("it must be encrypted"),
		ask("GET", "staff/shares/mine", "", "staff/shares/mine", nil).entitled("A:n"),
		ask("GET", "staff/people", "", "staff/people", nil).entitled("A:nf B:nf -:n"),
		ask("GET", "staff/people", "of a role", "staff/people?role=editor", nil).entitled("A:n B:n"),
		ask("GET", "staff/audit/chain", "", "staff/audit/chain", nil),
		ask("POST", "staff/channels/{name}", "one there is not", "staff/channels/new", body{}).refused("there are two"))
	for _, p := range w.inOrder() {
		rows = append(rows, ask("POST", "requests", "to "+string(p.letter), "requests", body{"op": op, "to": p.id("key"), "ciphertext": e.request}))
		rows = append(rows, w.channelRows(p, e)...)
		rows = append(rows, w.requestRows(p, e)...)
	}
	return rows
}

func (w *world) channelRows(p *place, e encrypted) []row {
	name, at := string(p.letter), "staff/channels/"+nameOf(p.letter)
	const pattern = "staff/channels/{name}"
	wraps := []body{{"key": p.id("key"), "wrapped": e.sealed}}
	next := func(base int) body {
		return body{"base": base, "recipient": e.recipient, "recovery": e.sealed, "recoveryRecipient": "age1" + strings.Repeat("q", 58),
			"check": strings.Repeat("0", 64), "wraps": []body{{"holder": p.id("holder"), "wrapped": e.sealed}}}
	}
	rows := []row{
		ask("POST", pattern, name, at, body{"answersDays": 4}),
		ask("POST", pattern, name+", another head", at, body{"head": w.ids[editor]}),
		ask("GET", pattern+"/holder", name, at+"/holder", nil),
		ask("PUT", pattern+"/holder", name, at+"/holder", body{"recipient": e.recipient, "identity": e.locked}),
		ask("PUT", pattern+"/holders/{id}", name+", let in", at+"/holders/"+p.id("asking"), body{"state": "in", "wraps": wraps}),
		ask("PUT", pattern+"/holders/{id}", name+", taken out", at+"/holders/"+p.id("holder"), body{"state": "left"}),
		ask("PUT", pattern+"/holders/{id}", name+", covering", at+"/holders/"+p.id("asking"), body{"cover": body{"from": "2026-12-01", "to": "2026-12-07"}}),
		ask("POST", pattern+"/keys", name, at+"/keys", next(2)),
		ask("POST", pattern+"/keys", name+", after another", at+"/keys", next(1)).refused("it is a conflict"),
		ask("POST", pattern+"/recover", name, at+"/recover", body{"proof": proof, "wraps": wraps}),
		ask("POST", pattern+"/recover", name+", without the key", at+"/recover", body{"proof": strings.Repeat("0", 64), "wraps": wraps}).refused("nothing shows that she has it"),
		ask("GET", pattern+"/requests", name, at+"/requests", nil),
	}
	for i := range rows {
		rows[i] = rows[i].entitled("A:nf B:nf") // those who stand at the same channel
	}
	return rows
}

func (w *world) requestRows(p *place, e encrypted) []row {
	name, fresh, read := string(p.letter), "staff/requests/"+p.id("request"), "staff/requests/"+p.id("opened request")
	const pattern = "staff/requests/{id}"
	opening := ask("POST", "staff/shares/{id}/open", name, "staff/shares/"+p.id("share")+"/open", nil)
	if p.letter == 'B' {
		opening = opening.refused("it was shared with nobody here")
	}
	return []row{
		ask("POST", pattern+"/open", name, fresh+"/open", nil),
		ask("PUT", pattern, name, read, body{"state": "closed"}),
		ask("PUT", pattern, name+", which nobody has read", fresh, body{"state": "closed"}).refused("it was not answered"),
		ask("POST", pattern+"/share", name, read+"/share", body{"to": w.ids[holderOf['A'+'B'-p.letter]], "ciphertext": e.request, "consent": body{"how": "phone", "at": "2026-11-20"}}),
		ask("POST", pattern+"/share", name+", without consent", read+"/share", body{"to": w.ids[holderOf['A'+'B'-p.letter]], "ciphertext": e.request}).refused("the parent didn't say yes"),
		ask("POST", pattern+"/export", name, read+"/export", nil),
		opening,
	}
}

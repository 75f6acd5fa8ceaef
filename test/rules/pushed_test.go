package rules_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"

	"folje/internal/push"
)

// pushed makes a subscription of the unit's device, a row of the outbox that
// had its end, and the delivery between the two.
func (w *world) pushed(p *place) {
	sending := func() string { return w.text(kOutbox, p.letter) }
	p.ids["subscription"] = w.subscribe(p, "device", "")
	p.ids["outbox row"] = w.save("outbox", map[string]any{
		"kind": sending(), "item": sending(), "number": 1, "mark": w.text(kSecret, p.letter),
		"groups": []string{sending()}, "locale": sending(), "device": sending(), "author": sending(),
		"cursor": sending(), "dropped": sending(), "awaits": sending(), "counts": map[string]any{sending(): 1},
		"due": noon, "until": noon, "released": noon, "expanded": noon, "done": noon,
	}).Id
	p.ids["delivery"] = w.save("deliveries", map[string]any{
		"outbox": p.id("outbox row"), "subscription": p.id("subscription"), "service": w.text(kDelivery, p.letter),
		"state": "sent", "lease": w.text(kDelivery, p.letter), "finished": noon,
	}).Id
	if p.letter == 'A' {
		p.ids["own subscription"] = w.subscribe(p, "own device", phone)
	}
}

// subscribe makes a device's subscription; only a role's own can be sent to.
// What reaches the phone is a secret, also to whose phone it is: the server
// never says it.
func (w *world) subscribe(p *place, device, role string) string {
	said := func() string { return w.own(kSubscription, p.letter, role) }
	endpoint := endpoints + w.text(kSecret, p.letter)
	sum := sha256.Sum256([]byte(endpoint))
	mark := hex.EncodeToString(sum[:])
	w.add(canary{text: mark, kind: kSecret, unit: p.letter})
	values := map[string]any{
		"device": p.id(device), "service": said(), "key": said(), "heard": said(), "reason": said(),
		"mark": mark, "endpoint": endpoint, "p256dh": w.text(kSecret, p.letter), "auth": w.text(kSecret, p.letter),
	}
	if role == "" {
		values["parked"], values["ended"] = said(), said()
	} else {
		values["key"] = w.ids["push key's id"] // or it would end when the server starts
	}
	p.codes["endpoint of "+device] = endpoint
	return w.save("push_subscriptions", values).Id
}

// endpoints is how they begin at a push service that the server sends to.
const endpoints = "https://updates.push.services.mozilla.com/wpush/v2/"

// pushKeys makes canaries of the keys that the server signs with, and keeps the
// one that phones subscribe with.
func (w *world) pushKeys() {
	keys, err := push.OpenVAPID(w.dir)
	if err != nil {
		w.Fatal(err)
	}
	w.ids["push key"], w.ids["push key's id"] = keys.Current().Public, keys.Current().ID
	raw, err := os.ReadFile(push.VAPIDFile(w.dir))
	if err != nil {
		w.Fatal(err)
	}
	var file struct{ Keys []struct{ Private string } }
	if err := json.Unmarshal(raw, &file); err != nil || len(file.Keys) == 0 {
		w.Fatalf("read the keys of push: %v, %d keys", err, len(file.Keys))
	}
	for _, k := range file.Keys {
		w.add(canary{text: k.Private, kind: kSecret, unit: neither})
	}
}

// subscriptionRows are what a phone says of where it can be reached.
func (w *world) subscriptionRows() []row {
	const mine = "devices/me/subscription"
	a := w.units['A']
	here := func(endpoint, key string) body {
		return body{"endpoint": endpoint, "key": key,
			"keys": body{"p256dh": w.ids["push key"], "auth": base64.RawURLEncoding.EncodeToString(make([]byte, 16))}}
	}
	own, other, key := a.codes["endpoint of own device"], a.codes["endpoint of device"], w.ids["push key"]
	return []row{
		ask("PUT", mine, "new", mine, here(endpoints+"new", key)),
		ask("PUT", mine, "its own again", mine, here(own, key)),
		ask("PUT", mine, "another phone's", mine, here(other, key)),
		ask("PUT", mine, "at no push service", mine, here("https://push.example/new", key)).refused("the server sends to known services only"),
		ask("PUT", mine, "on this machine", mine, here("https://127.0.0.1/new", key)).refused("the server sends to known services only"),
		ask("PUT", mine, "with a key of nobody's", mine, here(endpoints+"new", "new")).refused("the key is not alive"),
		ask("POST", mine+"/test", "its own", mine+"/test", body{"endpoint": own}),
		ask("POST", mine+"/test", "another phone's", mine+"/test", body{"endpoint": other}).refused("it is not the phone's"),
		ask("DELETE", mine, "its own", mine, body{"endpoint": own}),
		ask("DELETE", mine, "another phone's", mine, body{"endpoint": other}),
	}
}

// pushFixtures are those of what leaves the server. All of it is locked.
func (w *world) pushFixtures() map[string]fixture {
	twin := strings.Repeat("0", 64)
	return map[string]fixture{
		"push_subscriptions": w.both(func(p *place) target {
			return target{
				view: p.id("subscription"), change: p.id("subscription"), update: body{"ended": "2026-11-21"},
				create: body{"device": p.id("device"), "mark": twin, "service": "https://push.example",
					"endpoint": "https://push.example/new", "p256dh": "new", "auth": "new", "key": "new"},
			}
		}),
		"outbox": w.both(func(p *place) target {
			t := target{view: p.id("outbox row"), change: p.id("outbox row"), update: body{"dropped": "new"}}
			if p.letter == 'A' { // a new row belongs to no unit
				t.create = body{"kind": "new", "mark": twin, "groups": []string{p.id("group")}}
			}
			return t
		}),
		"deliveries": w.both(func(p *place) target {
			t := target{view: p.id("delivery"), change: p.id("delivery"), update: body{"state": "waiting"}}
			if p.letter == 'A' { // A's own phone has none yet
				t.create = body{"outbox": p.id("outbox row"), "subscription": p.id("own subscription"),
					"service": "https://push.example", "state": "waiting"}
			}
			return t
		}),
	}
}

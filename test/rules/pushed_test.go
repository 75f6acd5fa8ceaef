package rules_test

import "strings"

// pushed makes a subscription of the unit's device, a row of the outbox that
// had its end, and the delivery between the two.
func (w *world) pushed(p *place) {
	sending := func() string { return w.text(kOutbox, p.letter) }
	p.ids["subscription"] = w.subscribe(p, "device", "")
	p.ids["outbox row"] = w.save("outbox", map[string]any{
		"kind": sending(), "item": sending(), "number": 1, "mark": w.text(kSecret, p.letter),
		"groups": []string{sending()}, "locale": sending(), "device": sending(), "author": sending(),
		"cursor": sending(), "dropped": sending(), "counts": map[string]any{sending(): 1},
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

// subscribe makes a device's subscription. What reaches the phone is a secret,
// also to whose phone it is: the server never says it.
func (w *world) subscribe(p *place, device, role string) string {
	said := func() string { return w.own(kSubscription, p.letter, role) }
	return w.save("push_subscriptions", map[string]any{
		"device": p.id(device), "service": said(), "key": said(), "heard": said(), "parked": said(), "ended": said(), "reason": said(),
		"mark": w.text(kSecret, p.letter), "endpoint": "https://push.example/" + w.text(kSecret, p.letter),
		"p256dh": w.text(kSecret, p.letter), "auth": w.text(kSecret, p.letter),
	}).Id
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

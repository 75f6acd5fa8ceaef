package operation_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"testing"

	"folje/internal/access"
	"folje/internal/operation"

	"github.com/pocketbase/pocketbase/core"
)

func TestWhoIsShutOutIsToldAndAppliesNothing(t *testing.T) {
	w := newWorld(t)
	unknown, revoked := phone{newID(), "x"}, w.phone()
	w.revoke(revoked)
	erase := make1("erase", map[string]any{})
	for name, p := range map[string]phone{"unknown": unknown, "none": {}, "revoked": revoked} {
		code := "error.device_unknown"
		if name == "revoked" {
			code = "error.device_revoked"
		}
		for _, ops := range [][]op{{}, {pair("en", "")}, {erase, pair("en", "")}, {pair("en", ""), erase}, {erase.with("seq", 0)}} {
			w.refused(w.send(p, ops...), http.StatusUnauthorized, code)
		}
		w.refused(w.post(p, []byte(`{`)), http.StatusUnauthorized, code)
	}
	w.wishes(0)
	if n := w.count("operations"); n != 0 {
		t.Errorf("%d entries in the ledger", n)
	}
}

func TestEraseDeletesAllOfTheDevice(t *testing.T) {
	w := newWorld(t)
	p, other := w.phone(), w.phone()
	w.expect(w.send(p, make1("erase", map[string]any{})), "applied")
	if w.count("devices") != 1 || w.count("memberships") != 1 {
		t.Errorf("%d devices, %d memberships left, want the other phone's", w.count("devices"), w.count("memberships"))
	}
	if len(w.noted) != 1 || w.noted[0] != p.id {
		t.Errorf("noted %v", w.noted)
	}
	w.refused(w.send(p, pair("en", "")), http.StatusUnauthorized, "error.device_unknown")
	w.expect(w.send(other, pair("en", "")), "applied")
}

func TestEraseIsAppliedForWhoIsUnknown(t *testing.T) {
	w := newWorld(t)
	o := make1("erase", map[string]any{})
	for _, p := range []phone{{newID(), "x"}, {}} {
		w.expect(w.send(p, o, o), "applied applied")
	}
	if n := w.count("operations"); n != 0 || w.noted != nil {
		t.Errorf("%d entries in the ledger, noted %v", n, w.noted)
	}
}

// A server that was restored to an earlier time doesn't know a phone that the
// next restore brings back: it is noted by its secret.
func TestErasingAnUnknownDeviceIsNoted(t *testing.T) {
	w := newWorld(t)
	p := newPhone()
	hash, err := access.HashSecret(p.secret)
	if err != nil {
		t.Fatal(err)
	}
	o := make1("erase", map[string]any{})
	w.expect(w.send(p, o, o), "applied applied")
	if !slices.Equal(w.noted, []string{hash}) || w.count("operations") != 0 {
		t.Errorf("noted %v, want %s", w.noted, hash)
	}
	w.between = func() { w.register(p) } // by a request that the network held back
	w.expect(w.send(p, o), "applied")
	if w.count("devices") != 0 || w.noted[len(w.noted)-1] != p.id {
		t.Errorf("%d devices, noted %v", w.count("devices"), w.noted)
	}
}

// Whoever sends secrets that nobody has seen can't fill the disk with them.
func TestStrangersHaveAnAllowance(t *testing.T) {
	w := newWorld(t)
	o := make1("erase", map[string]any{})
	for range 20 {
		w.expect(w.send(newPhone(), o), "applied")
	}
	a := w.send(newPhone(), o)
	w.refused(a, http.StatusTooManyRequests, "error.too_many_requests")
	if a.header.Get("Retry-After") == "" || len(w.noted) != 20 {
		t.Errorf("Retry-After %q, %d noted", a.header.Get("Retry-After"), len(w.noted))
	}
	w.expect(w.send(phone{}, o), "applied") // costs nothing
	w.expect(w.send(w.phone(), o), "applied")
}

func TestEraseOfARevokedDeviceKeepsItOut(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	w.revoke(p)
	o := make1("erase", map[string]any{})
	w.expect(w.send(p, o), "applied")
	w.expect(w.send(p, o), "applied")
	device, err := w.app.FindRecordById("devices", p.id)
	if err != nil {
		t.Fatal(err)
	}
	if w.count("memberships") != 0 || device.GetString("locale") != "" || !device.GetDateTime("seen").IsZero() {
		t.Errorf("%d memberships, device %v", w.count("memberships"), device.FieldsData())
	}
	w.refused(w.send(p, pair("en", "")), http.StatusUnauthorized, "error.device_revoked")
}

// A phone whose erasure was answered, but not to it, registers anew where its
// outbox holds more than the erasure.
func TestEraseIsAppliedWheneverItComes(t *testing.T) {
	w := newWorld(t)
	p, o := w.phone(), make1("erase", map[string]any{})
	w.expect(w.send(p, o), "applied")
	w.register(p)
	w.expect(w.send(p, o), "applied")
	if n := w.count("devices"); n != 0 {
		t.Errorf("%d devices left", n)
	}
}

func TestWhatWasDecidedBeforeADeviceWasErasedIsAnswered(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	after := pair("efter", "")
	a := w.send(p, pair("före", ""), make1("erase", map[string]any{}), after)
	w.expect(a, "applied applied")
	w.wishes(2)
	w.refused(w.send(p, after), http.StatusUnauthorized, "error.device_unknown")
}

func TestNothingIsErasedThatCouldNotBeNoted(t *testing.T) {
	w := newWorld(t)
	full := errors.New("the journal is full")
	kind := operation.Erase(func(string) error { return full })
	p := w.phone()
	err := w.app.RunInTransaction(func(tx core.App) error {
		_, err := kind.Apply(tx, access.Device{ID: p.id}, operation.Operation{Body: []byte("{}")})
		return err
	})
	if !errors.Is(err, full) || w.count("devices") != 1 {
		t.Errorf("%v, %d devices", err, w.count("devices"))
	}
}

// A device can be deleted or revoked by another request after it was
// authenticated.
func TestADeviceThatIsShutOutBetweenIsTold(t *testing.T) {
	for code, shut := range map[string]func(w *world, p phone){
		"error.device_revoked": (*world).revoke,
		"error.device_unknown": func(w *world, p phone) {
			if err := access.EraseDevice(w.app, p.id); err != nil {
				w.Fatal(err)
			}
		},
	} {
		t.Run(code, func(t *testing.T) {
			w := newWorld(t)
			p := w.phone()
			w.between = func() { shut(w, p) }
			w.refused(w.send(p, pair("en", ""), pair("två", "")), http.StatusUnauthorized, code)
			w.wishes(0)
			if n := w.count("operations"); n != 0 {
				t.Errorf("%d entries in the ledger", n)
			}
		})
	}
}

func TestLeaveIsAppliedWhereNothingIsLeft(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	leave := func(group any) op { return make1("leave", map[string]any{"group": group}) }
	w.expect(w.send(p, leave(w.group.Id), leave(w.group.Id), leave("unknown"), leave(""), leave("' OR 1=1 --")),
		"applied applied applied applied applied")
	w.expect(w.send(p, leave(5), leave(nil), leave([]any{})),
		"rejected:error.operation_malformed applied rejected:error.operation_malformed")
	if n := w.count("memberships"); n != 0 {
		t.Errorf("%d memberships left", n)
	}
}

func TestPhoneOfAnotherEpochIsToldBeforeAnythingIsApplied(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	body := func(epoch string, o op) []byte {
		raw, err := json.Marshal(map[string]any{"epoch": epoch, "operations": []op{o}})
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	o := pair("en", "")
	w.refused(w.post(p, body("before", o)), http.StatusConflict, "error.epoch")
	w.wishes(0)
	w.expect(w.post(p, body("now", o)), "applied")
	w.expect(w.post(p, body("", o)), "repeated")
	w.expect(w.post(p, body("before", make1("erase", map[string]any{}))), "applied")
}

func TestGroupThatWasLeftOnTheWayIsNoneOfThePhones(t *testing.T) {
	w := newWorld(t)
	p, other := w.phone(), w.phone()
	leave := make1("leave", map[string]any{"group": w.group.Id})
	w.expect(w.send(p, pair("before", "follow"), leave, pair("after", "follow")), "applied applied rejected:error.not_member")
	w.between = func() { w.expect(w.send(other, leave.with("op", newID())), "applied") }
	w.expect(w.send(other, pair("meanwhile", "follow")), "rejected:error.not_member")
	w.wishes(2)
}

package access

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
)

func TestPhoneJoinsByACode(t *testing.T) {
	w := newWorld(t)
	p, code := newPhone(), w.code(w.blue)
	r := w.register(p, strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	want := fmt.Sprintf(`{"device":%q,"groups":[{"id":%q,"name":"Blåsippan","unit":{"id":%q,"name":"Granen"}}]}`,
		p.id, w.blue.Id, w.granen.Id)
	if r.status != http.StatusOK || strings.TrimSpace(r.raw) != want {
		t.Fatalf("%d %s\nwant %s", r.status, r.raw, want)
	}
	if got := r.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Blåsippan")
}

func TestRegisteringAgainGivesTheSameAnswer(t *testing.T) {
	w := newWorld(t)
	p, code := newPhone(), w.code(w.blue)
	first := w.register(p, code)
	for range 3 {
		if again := w.register(p, code); again.status != first.status || again.raw != first.raw {
			t.Errorf("%d %s\nfirst %s", again.status, again.raw, first.raw)
		}
	}
	if w.count("devices") != 1 || w.count("memberships") != 1 {
		t.Errorf("%d devices, %d memberships", w.count("devices"), w.count("memberships"))
	}
	if live, _ := FindInvites(w.app, w.blue.Id, w.now); live[0].Uses() != 1 {
		t.Errorf("%d uses for one phone", live[0].Uses())
	}
}

func TestRegisteringAgainSucceedsAfterTheCodeStopped(t *testing.T) {
	w := newWorld(t)
	id, code := w.invite(w.blue)
	p := w.joined(code)
	if r := w.staff(w.admin, http.MethodDelete, "staff/invites/"+id, ""); r.status != http.StatusNoContent {
		t.Fatalf("revoke: %d", r.status)
	}
	w.expectGroups(w.register(p, code), "Blåsippan")
	w.expect(w.register(newPhone(), code), http.StatusNotFound, "error.code_invalid")
}

// A network may deliver a registration again, long after.
func TestWhatWasErasedIsNotRegisteredAgain(t *testing.T) {
	w := newWorld(t)
	code := w.code(w.blue)
	p := w.joined(code)
	if err := EraseDevice(w.app, p.id); err != nil {
		t.Fatal(err)
	}
	hash, err := HashSecret(p.secret)
	if err != nil {
		t.Fatal(err)
	}
	for _, known := range []string{p.id, hash} {
		w.erased = map[string]bool{known: true}
		for _, code := range []string{"", code} {
			w.expect(w.register(p, code), http.StatusConflict, "error.device_taken")
		}
	}
	if w.count("devices") != 0 || w.count("memberships") != 0 {
		t.Errorf("%d devices, %d memberships", w.count("devices"), w.count("memberships"))
	}
	w.expectGroups(w.register(newPhone(), code), "Blåsippan")
}

func TestPhoneRegistersWithoutACodeAndChangesItsLocale(t *testing.T) {
	w := newWorld(t)
	p := newPhone()
	w.expectGroups(w.register(p, ""), "")
	body := fmt.Sprintf(`{"secret":%q,"locale":"sv-simple","future":{"a":[1]}}`, p.secret)
	if r := w.send(http.MethodPut, "devices/"+p.id, "", "", body); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.raw)
	}
	if d, ok := w.index.Find(p.secret); !ok || d.Locale != "sv-simple" || d.ID != p.id {
		t.Errorf("%+v %v", d, ok)
	}
}

func TestAnotherPhonesIdOrSecretIsRefused(t *testing.T) {
	w := newWorld(t)
	p := w.joined("")
	sameID, sameSecret := newPhone(), newPhone()
	sameID.id, sameSecret.secret = p.id, p.secret
	a, b := w.register(sameID, ""), w.register(sameSecret, "")
	w.expect(a, http.StatusConflict, "error.device_taken")
	w.expect(b, http.StatusConflict, "error.device_taken")
	if a.raw != b.raw || w.count("devices") != 1 {
		t.Errorf("%s %s, %d devices", a.raw, b.raw, w.count("devices"))
	}
}

func TestAWrongCodeLeavesNoDevice(t *testing.T) {
	w := newWorld(t)
	p := newPhone()
	w.expect(w.register(p, "00000-00000"), http.StatusNotFound, "error.code_invalid")
	if w.count("devices") != 0 {
		t.Error("a device was made")
	}
	w.expect(w.phone(p, http.MethodGet, "devices/me/groups", ""), http.StatusUnauthorized, "error.device_unknown")
}

func TestMalformedRegistrationsAreToldAtTheField(t *testing.T) {
	w := newWorld(t)
	p := newPhone()
	good := map[string]any{"secret": p.secret, "locale": "ar"}
	for name, c := range map[string]struct {
		id     string
		change map[string]any
		field  string
	}{
		"upper case id":     {strings.ToUpper(p.id), nil, "id"},
		"version 1 id":      {"3b9d6f0a-1234-1abc-8def-0123456789ab", nil, "id"},
		"NUL in id":         {"%00" + p.id, nil, "id"},
		"short secret":      {p.id, map[string]any{"secret": p.secret[1:]}, "secret"},
		"padded secret":     {p.id, map[string]any{"secret": p.secret + "="}, "secret"},
		"newline in secret": {p.id, map[string]any{"secret": p.secret[:42] + "\n"}, "secret"},
		"no secret":         {p.id, map[string]any{"secret": nil}, "secret"},
		"secret a number":   {p.id, map[string]any{"secret": 1}, "secret"},
		"loose last bits":   {p.id, map[string]any{"secret": strings.Repeat("A", 42) + "B"}, "secret"},
		"unknown locale":    {p.id, map[string]any{"locale": "tlh"}, "locale"},
		"no locale":         {p.id, map[string]any{"locale": ""}, "locale"},
		"code a list":       {p.id, map[string]any{"code": []int{1}}, "code"},
	} {
		t.Run(name, func(t *testing.T) {
			body := map[string]any{}
			for _, m := range []map[string]any{good, c.change} {
				for k, v := range m {
					body[k] = v
				}
			}
			raw, _ := json.Marshal(body)
			r := w.send(http.MethodPut, "devices/"+c.id, "", "", string(raw))
			w.expect(r, http.StatusBadRequest, "error.invalid")
			if fields, _ := r.body["fields"].(map[string]any); fields[c.field] == nil {
				t.Errorf("no word at %s: %s", c.field, r.raw)
			}
		})
	}
}

func TestARevokedPhoneIsShutOutAtOnce(t *testing.T) {
	w := newWorld(t)
	code := w.code(w.blue)
	p := w.joined(code)
	record, err := w.app.FindRecordById("devices", p.id)
	if err != nil {
		t.Fatal(err)
	}
	record.Set("revoked", w.now)
	if err := w.app.Save(record); err != nil {
		t.Fatal(err)
	}
	for path, method := range map[string]string{
		"devices/me/groups": http.MethodGet, "devices/me/handover": http.MethodPost,
		"devices/me/groups/" + w.blue.Id: http.MethodDelete,
	} {
		w.expect(w.phone(p, method, path, ""), http.StatusUnauthorized, "error.device_revoked")
	}
	w.expect(w.register(p, code), http.StatusUnauthorized, "error.device_revoked")
	w.expect(w.join(p, code), http.StatusUnauthorized, "error.device_revoked")
}

func TestAPhonesRoutesWantItsSecret(t *testing.T) {
	w := newWorld(t)
	w.joined("")
	stranger := newPhone()
	for _, authorization := range []string{
		"", "Bearer", "Bearer ", "Basic " + stranger.secret, "Bearer " + stranger.secret, stranger.secret,
		"Bearer " + strings.Repeat("A", 1<<16), apptestToken(w),
	} {
		for path, method := range map[string]string{
			"devices/me/groups": http.MethodGet, "devices/me/handover": http.MethodPost,
			"devices/me/groups/x": http.MethodDelete,
		} {
			w.expect(w.send(method, path, authorization, "", ""), http.StatusUnauthorized, "error.device_unknown")
		}
	}
}

func TestErrorsSpeakTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	b := apptest.Locales(t)
	seen := map[string]bool{}
	for _, l := range b.Locales() {
		if l.Tag == "sv-simple" || l.Tag == "sv" || l.Tag == "en" || l.Tag == "ar" {
			seen[b.Text(l.Tag, "error.code_invalid", nil)] = true
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d different messages in four languages", len(seen))
	}
	r := w.register(newPhone(), "nonsense")
	if r.body["message"] != b.Text("en", "error.code_invalid", nil) || r.header.Get("Content-Language") != "en" {
		t.Errorf("%s in %q", r.raw, r.header.Get("Content-Language"))
	}
}

func TestADeviceIsSeenByTheDay(t *testing.T) {
	w := newWorld(t)
	p := w.joined("")
	seen := func() string {
		record, err := w.app.FindRecordById("devices", p.id)
		if err != nil {
			t.Fatal(err)
		}
		return record.GetString("seen")
	}
	if got := seen(); got != "2026-11-20 00:00:00.000Z" {
		t.Errorf("registered, seen %q", got)
	}
	w.now = w.now.Add(36 * time.Hour)
	for range 3 {
		w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "")
	}
	if err := w.index.WriteSeen(w.app); err != nil {
		t.Fatal(err)
	}
	if got := seen(); got != "2026-11-22 00:00:00.000Z" {
		t.Errorf("heard again, seen %q", got)
	}
}

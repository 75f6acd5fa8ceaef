package access

import (
	"net/http"
	"strings"
	"testing"
)

// slips are the codes of so many new slips of the group.
func (w *world) slips(group, body string) (codes []string, r reply) {
	w.Helper()
	r = w.staff(w.editor, http.MethodPost, "staff/groups/"+group+"/slips", body)
	list, _ := r.body["slips"].([]any)
	for _, s := range list {
		codes = append(codes, s.(map[string]any)["code"].(string))
	}
	return codes, r
}

func TestASlipLetsOnePhoneIn(t *testing.T) {
	w := newWorld(t)
	codes, _ := w.slips(w.blue.Id, `{"count":2}`)
	first, second := w.joined(""), w.joined("")
	w.expectGroups(w.join(first, codes[0]), "Blåsippan")
	w.expectGroups(w.join(first, codes[0]), "Blåsippan") // the answer was lost
	w.expect(w.join(second, codes[0]), http.StatusNotFound, "error.code_invalid")
	w.expectGroups(w.join(first, codes[1]), "Blåsippan") // in already, so the slip is left
	w.expectGroups(w.join(second, codes[1]), "Blåsippan")
}

func TestSlipsAreToldOnce(t *testing.T) {
	w := newWorld(t)
	codes, made := w.slips(w.blue.Id, `{"count":3,"days":7}`)
	if len(codes) != 3 || !strings.Contains(made.raw, "https://folje.example/join#"+codes[2]) || !strings.Contains(made.raw, "2026-11-27T12:00:00Z") {
		t.Fatalf("%d %s", made.status, made.raw)
	}
	rows, err := w.app.FindAllRecords("invites")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.GetString("codeSealed") != "" {
			t.Error("a slip's code is kept")
		}
	}
	if list := w.staff(w.editor, http.MethodGet, "staff/groups/"+w.blue.Id+"/invites", ""); strings.Contains(list.raw, codes[0]) || len(list.body["invites"].([]any)) != 0 {
		t.Errorf("slips are listed: %s", list.raw)
	}
	id := "abcdefghij12345"
	to := w.staff(w.editor, http.MethodPost, "staff/groups/"+w.blue.Id+"/slips?letter="+id, `{"count":1}`)
	if !strings.Contains(to.raw, "https://folje.example/letters/"+id+"#") {
		t.Errorf("leads elsewhere: %s", to.raw)
	}
	bad := w.staff(w.editor, http.MethodPost, "staff/groups/"+w.blue.Id+"/slips?letter=../more", `{"count":1}`)
	if !strings.Contains(bad.raw, "https://folje.example/join#") {
		t.Errorf("leads to what is no letter: %s", bad.raw)
	}
}

func TestSlipsStop(t *testing.T) {
	w := newWorld(t)
	ended, _ := w.slips(w.blue.Id, `{"count":2}`)
	in := w.joined(ended[0])
	if r := w.staff(w.editor, http.MethodDelete, "staff/groups/"+w.blue.Id+"/slips", ""); r.status != http.StatusNoContent {
		t.Fatalf("end: %d %s", r.status, r.raw)
	}
	w.expect(w.join(w.joined(""), ended[1]), http.StatusNotFound, "error.code_invalid")
	w.expectGroups(w.phone(in, http.MethodGet, "devices/me/groups", ""), "Blåsippan")

	w.code(w.blue)
	rotated, _ := w.slips(w.blue.Id, `{"count":1}`)
	w.staff(w.editor, http.MethodPost, "staff/groups/"+w.blue.Id+"/invites/rotate", `{"drop":false}`)
	w.expect(w.join(w.joined(""), rotated[0]), http.StatusNotFound, "error.code_invalid")

	late, _ := w.slips(w.blue.Id, `{"count":1,"days":1}`)
	w.now = w.now.AddDate(0, 0, 2)
	w.expect(w.join(w.joined(""), late[0]), http.StatusNotFound, "error.code_invalid")
}

func TestHowManySlips(t *testing.T) {
	w := newWorld(t)
	for body, want := range map[string]int{
		`{"count":1}`: 200, `{"count":60}`: 200, `{"count":0}`: 400, `{"count":61}`: 400, `{"count":-1}`: 400, `{}`: 400,
		`{"count":1,"days":0}`: 400, `{"count":1,"days":401}`: 400, `{"count":"1"}`: 400, `[]`: 400,
	} {
		if _, r := w.slips(w.blue.Id, body); r.status != want {
			t.Errorf("%s: %d, want %d", body, r.status, want)
		}
	}
	for range 3 {
		w.slips(w.blue.Id, `{"count":60}`)
	}
	_, r := w.slips(w.blue.Id, `{"count":60}`)
	w.expect(r, http.StatusConflict, "error.too_many_slips")
	if _, r := w.slips(w.red.Id, `{"count":60}`); r.status != http.StatusOK {
		t.Errorf("another group's slips count: %d", r.status)
	}
}

// Staff who made all slips that they can don't see by it that somebody came by
// one: neither while they wait, nor by stopping the rest.
func TestMakingSlipsDoesNotTellOfPhones(t *testing.T) {
	w := newWorld(t)
	full := func() (first string) {
		t.Helper()
		for range maxSlips / MaxSlips {
			codes, r := w.slips(w.blue.Id, `{"count":60}`)
			if r.status != http.StatusOK {
				t.Fatalf("%d %s", r.status, r.raw)
			}
			first = codes[0]
		}
		return first
	}
	for range 2 {
		w.joined(full())
		_, r := w.slips(w.blue.Id, `{"count":1}`)
		w.expect(r, http.StatusConflict, "error.too_many_slips")
		w.staff(w.editor, http.MethodDelete, "staff/groups/"+w.blue.Id+"/slips", "")
	}
}

func TestWhatPhonesWereSent(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue), w.code(w.red))
	has := func(group string) int {
		t.Helper()
		if err := w.index.WriteSent(w.app); err != nil {
			t.Fatal(err)
		}
		m, err := findMembership(w.app, p.id, group)
		if err != nil {
			t.Fatal(err)
		}
		return m.GetInt("has")
	}
	ask := func(secret string) *http.Request {
		r, _ := http.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Authorization", "Bearer "+secret)
		return r
	}
	w.index.Sent(ask(p.secret), w.blue.Id, 7)
	w.index.Sent(ask(p.secret), w.blue.Id, 5)
	w.index.Sent(ask("nobody's"), w.blue.Id, 9)
	if got := has(w.blue.Id); got != 7 {
		t.Errorf("sent up to 7, then 5: noted %d", got)
	}
	if got := has(w.red.Id); got != 0 {
		t.Errorf("another group's was noted: %d", got)
	}
	w.join(p, w.code(w.blue)) // renews, and reads the phone anew
	w.index.Sent(ask(p.secret), w.blue.Id, 9)
	if got := has(w.blue.Id); got != 9 {
		t.Errorf("then up to 9: noted %d", got)
	}
}

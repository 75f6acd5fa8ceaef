package access

import (
	"net/http"
	"testing"
	"time"
)

// asks has the group's phones asked from the day of noon on, for a month.
func (w *world) asks(groups ...string) {
	w.Helper()
	w.blue.Set("moves", Moves{From: noon.Format(time.DateOnly), Until: noon.AddDate(0, 0, 30).Format(time.DateOnly), To: groups})
	if err := w.app.Save(w.blue); err != nil {
		w.Fatal(err)
	}
}

func (w *world) goesOn(p *phone, to string) reply {
	w.Helper()
	return w.phone(p, http.MethodPost, "devices/me/groups/"+w.blue.Id+"/year", `{"to":"`+to+`"}`)
}

// A phone goes on to a group of another stage, and may ask again when the answer
// was lost; the poster of that group is not needed.
func TestAPhoneGoesOnToAnotherGroup(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	w.asks(w.other.Id)
	for range 2 {
		w.expectGroups(w.goesOn(p, w.other.Id), "Ekorren")
	}
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Ekorren")
	if d, _ := w.index.Find(p.secret); d.In(w.blue.Id, w.now) || !d.In(w.other.Id, w.now.AddDate(0, 11, 0)) {
		t.Errorf("the index has it in %v", d.Groups)
	}
}

func TestAPhoneThatStaysStaysForAYear(t *testing.T) {
	w := newWorld(t)
	p, q := w.joined(w.code(w.blue)), w.joined(w.code(w.blue))
	w.asks()
	w.now = w.now.AddDate(0, 0, 29)
	w.expectGroups(w.goesOn(p, w.blue.Id), "Blåsippan")
	w.now = noon.AddDate(1, 0, 1)
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Blåsippan")
	w.expectGroups(w.phone(q, http.MethodGet, "devices/me/groups", ""), "")
}

func TestNobodyGoesWhereTheGroupDoesNot(t *testing.T) {
	w := newWorld(t)
	p, stranger := w.joined(w.code(w.blue)), w.joined(w.code(w.other))
	for name, c := range map[string]struct {
		who    *phone
		to     string
		asks   []string
		day    int
		status int
		code   string
	}{
		"not asked":          {p, w.blue.Id, nil, 0, http.StatusConflict, "error.year_closed"},
		"too late":           {p, w.other.Id, []string{w.other.Id}, 31, http.StatusConflict, "error.year_closed"},
		"too early":          {p, w.other.Id, []string{w.other.Id}, -1, http.StatusConflict, "error.year_closed"},
		"elsewhere":          {p, w.red.Id, []string{w.other.Id}, 0, http.StatusBadRequest, "error.invalid"},
		"nowhere":            {p, "nothing", []string{w.other.Id, "nothing"}, 0, http.StatusNotFound, "error.not_found"},
		"a stranger's phone": {stranger, w.red.Id, []string{w.red.Id}, 0, http.StatusForbidden, "error.not_member"},
	} {
		w.now = noon.AddDate(0, 0, c.day)
		w.blue.Set("moves", nil)
		if c.asks != nil {
			w.asks(c.asks...)
		} else if err := w.app.Save(w.blue); err != nil {
			t.Fatal(err)
		}
		if r := w.goesOn(c.who, c.to); r.status != c.status || r.code() != c.code {
			t.Errorf("%s: %d %s", name, r.status, r.raw)
		}
	}
	w.now = noon
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Blåsippan")
}

package meeting_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"

	"github.com/pocketbase/pocketbase/core"
)

func (p *preschool) answers(id string) apptest.Answer {
	p.Helper()
	a := p.ask(p.anna, http.MethodGet, staffPath+id+"/answers", nil)
	if a.Status != http.StatusOK {
		p.Fatalf("answers: %d %s", a.Status, a.Body)
	}
	return a
}

func (p *preschool) interpreters(id string) (rows []map[string]any) {
	p.Helper()
	for _, v := range p.answers(id).JSON["interpreters"].([]any) {
		rows = append(rows, v.(map[string]any))
	}
	return rows
}

func (p *preschool) book(who *core.Record, id, language, mode, state, contact string) apptest.Answer {
	p.Helper()
	return p.ask(who, http.MethodPut, staffPath+id+"/interpreters",
		map[string]any{"language": language, "mode": mode, "state": state, "contact": contact})
}

func wish(language, mode string) map[string]any {
	return map[string]any{"interpreter": map[string]any{"language": language, "mode": mode}}
}

func TestStaffSeeHowManyCome(t *testing.T) {
	p := open(t)
	id, _ := p.publish(map[string]any{"bookBy": stamp(p.starts.AddDate(0, 0, -2)), "cancelBy": stamp(p.starts.AddDate(0, 0, -1))})
	for i, fields := range []map[string]any{
		{"count": 2, "childcare": 3, "note": "Kommer senare"},
		{"count": 1},
		{"status": "tentative", "count": 2, "childcare": 1},
		{"status": "declined", "count": 5, "childcare": 4, "note": "Vi är bortresta"},
		{"status": "none"},
	} {
		p.follow(p.blue).answer(id, i+1, fields)
	}
	p.now = p.starts.Add(-time.Hour)
	p.follow(p.blue).answer(id, 1, map[string]any{"count": 1, "note": "Sent svar"})
	p.follow(p.blue).answer(id, 1, map[string]any{"status": "none"})
	a := p.answers(id)
	for name, want := range map[string]string{
		"accepted": `{"answers":3,"people":4}`, "tentative": `{"answers":1,"people":2}`, "declined": `{"answers":1}`,
		"late": `{"answers":1}`, "childcare": `{"answers":2,"children":4}`, "interpreters": `[]`,
		"starts": `"2026-11-12T17:00:00Z"`, "ends": `"2026-11-12T18:30:00Z"`, "place": `"Stora rummet"`,
		"contact": `"Anna, 040-628 04 12"`, "bookBy": `"2026-11-10T17:00:00Z"`, "cancelBy": `"2026-11-11T17:00:00Z"`,
	} {
		if got, _ := json.Marshal(a.JSON[name]); string(got) != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	var notes []string
	for _, v := range a.JSON["notes"].([]any) {
		notes = append(notes, fmt.Sprint(v))
	}
	slices.Sort(notes)
	if want := []string{"map[late:false text:Kommer senare]", "map[late:false text:Vi är bortresta]", "map[late:true text:Sent svar]"}; !slices.Equal(notes, want) {
		t.Errorf("notes: %q", notes)
	}
}

// What staff are sent names no phone, and its order tells nothing of when.
func TestStaffLearnOfNoPhone(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	f := p.follow(p.blue)
	f.answer(id, 1, map[string]any{"note": "hej", "interpreter": map[string]any{"language": "so", "mode": "phone"}})
	row, err := p.app.FindFirstRecordByData("rsvps", "device", f.id)
	if err != nil {
		t.Fatal(err)
	}
	body := string(p.answers(id).Body) + string(p.csv(id, "sv").Body)
	for _, secret := range []string{f.id, row.Id, f.secret} {
		if strings.Contains(body, secret) {
			t.Errorf("%s is in what staff are sent", secret)
		}
	}
}

func TestWhoSeesAnswersAndBooks(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	for name, c := range map[string]struct {
		who  *core.Record
		want int
	}{"guest": {nil, 401}, "translator": {p.tara, 404}, "another unit": {p.elsewhere, 404}, "editor": {p.anna, 200}, "administrator": {p.root, 200}} {
		for _, path := range []string{"/answers", "/interpreters.csv"} {
			if a := p.ask(c.who, http.MethodGet, staffPath+id+path, nil); a.Status != c.want {
				t.Errorf("%s %s: %d, want %d", name, path, a.Status, c.want)
			}
		}
		if a := p.book(c.who, id, "so", "phone", "booked", ""); a.Status != c.want {
			t.Errorf("%s books: %d, want %d", name, a.Status, c.want)
		}
	}
	f := p.follow(p.blue)
	if a := apptest.Ask(t, p.h, "Bearer "+f.secret, http.MethodGet, staffPath+id+"/answers", nil); a.Status != http.StatusUnauthorized {
		t.Errorf("a phone: %d", a.Status)
	}
	for _, c := range []string{"rsvps", "interpreter_bookings"} {
		if a := p.ask(p.root, http.MethodGet, "/api/collections/"+c+"/records", nil); a.Status != http.StatusForbidden {
			t.Errorf("%s through the record API: %d", c, a.Status)
		}
	}
}

// Families that write one language differently need one interpreter.
func TestInterpretersAreBookedByLanguageAndMode(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	one, two, three := p.follow(p.blue), p.follow(p.blue), p.follow(p.blue)
	one.answer(id, 1, wish("Kurmanji", "on_site"))
	two.answer(id, 1, wish(" kurmanji ", "on_site"))
	p.now = p.starts.Add(-time.Hour)
	three.answer(id, 1, wish("KURMANJI", "phone"))
	want := "[map[contact: families:1 language:KURMANJI late:1 mode:phone state:requested] map[contact: families:2 language:Kurmanji late:0 mode:on_site state:requested]]"
	if got := fmt.Sprint(p.interpreters(id)); got != want {
		t.Fatalf("%s\nwant %s", got, want)
	}
	a := p.book(p.anna, id, "KurManji", "on_site", "booked", " Tolkförmedlingen, 040-628 04 20 ")
	if a.Status != http.StatusOK || a.JSON["state"] != "booked" || a.JSON["families"] != 2.0 || a.JSON["language"] != "Kurmanji" || a.JSON["contact"] != "Tolkförmedlingen, 040-628 04 20" {
		t.Fatalf("book: %d %s", a.Status, a.Body)
	}
	for name, f := range map[string]phone{"one": one, "two": two} {
		got := f.ownAnswers()[0]["interpreter"].(map[string]any)
		if got["state"] != "booked" || got["contact"] != "Tolkförmedlingen, 040-628 04 20" {
			t.Errorf("%s reads %v", name, got)
		}
	}
	if got := three.ownAnswers()[0]["interpreter"].(map[string]any); got["state"] != "requested" || got["contact"] != "" {
		t.Errorf("the one by phone reads %v", got)
	}
	p.book(p.anna, id, "kurmanji", "on_site", "none_found", "")
	if n, _ := p.app.CountRecords("interpreter_bookings"); n != 1 {
		t.Errorf("%d bookings", n)
	}
}

// Nobody needs the interpreter any more: staff must still see what to cancel.
func TestABookingOutlivesItsFamilies(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	f := p.follow(p.blue)
	f.answer(id, 1, wish("so", "video"))
	p.book(p.anna, id, "so", "video", "booked", "Tolkförmedlingen")
	f.answer(id, 2, map[string]any{"status": "declined"})
	if got := p.interpreters(id); len(got) != 1 || got[0]["families"] != 0.0 || got[0]["state"] != "booked" {
		t.Fatalf("%v", got)
	}
	p.book(p.anna, id, "so", "video", "cancelled", "")
	// Somebody asks anew: what was cancelled is not hers.
	g := p.follow(p.blue)
	g.answer(id, 1, wish("SO", "video"))
	if got := p.interpreters(id); len(got) != 1 || got[0]["families"] != 1.0 || got[0]["state"] != "requested" {
		t.Errorf("asked anew: %v", got)
	}
	// Staff cancel though she asks: that is what she reads, also after another change.
	p.book(p.anna, id, "so", "video", "cancelled", "")
	g.answer(id, 2, map[string]any{"count": 3, "interpreter": map[string]any{"language": "so", "mode": "video"}})
	if got := g.ownAnswers()[0]["interpreter"].(map[string]any); got["state"] != "cancelled" {
		t.Errorf("%v", got)
	}
}

// A phone that is erased takes its answers along.
func TestAnErasedPhoneIsNotCounted(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	f := p.follow(p.blue)
	f.answer(id, 1, wish("so", "phone"))
	device, err := p.app.FindRecordById("devices", f.id)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.app.Delete(device); err != nil {
		t.Fatal(err)
	}
	if got := p.answers(id); got.Get("accepted", "answers") != 0.0 || len(p.interpreters(id)) != 0 {
		t.Errorf("%s", got.Body)
	}
}

func TestMalformedBookingsAreRefused(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	whole := map[string]any{"language": "so", "mode": "phone", "state": "booked", "contact": ""}
	for name, c := range map[string]struct {
		field string
		value any
	}{
		"no language": {"language", ""}, "no letters": {"language", "=1+1"}, "long language": {"language", strings.Repeat("å", 61)},
		"language a number": {"language", 1}, "no mode": {"mode", ""}, "unknown mode": {"mode", "fax"},
		"no state": {"state", ""}, "unknown state": {"state", "maybe"}, "long contact": {"contact", strings.Repeat("å", 201)},
	} {
		body := map[string]any{}
		for k, v := range whole {
			body[k] = v
		}
		body[c.field] = c.value
		a := p.ask(p.anna, http.MethodPut, staffPath+id+"/interpreters", body)
		if a.Status != http.StatusBadRequest || a.Get("fields", c.field) == nil {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	for _, body := range []string{"", "{", "[]", "null", "7"} {
		if a := p.ask(p.anna, http.MethodPut, staffPath+id+"/interpreters", body); a.Status != http.StatusBadRequest || a.JSON["message"] == "" {
			t.Errorf("%q: %d %s", body, a.Status, a.Body)
		}
	}
	if a := p.book(p.anna, "nothing", "so", "phone", "booked", ""); a.Status != http.StatusNotFound {
		t.Errorf("no meeting: %d", a.Status)
	}
}

func (p *preschool) csv(id, tag string) apptest.Answer {
	p.Helper()
	header := http.Header{"Authorization": {apptest.MustToken(p, p.anna)}, "Accept-Language": {tag}}
	return apptest.AskWith(p, p.h, header, http.MethodGet, staffPath+id+"/interpreters.csv", nil)
}

func TestInterpretersAreExported(t *testing.T) {
	p := open(t)
	id, _ := p.publish(map[string]any{"place": `Stora "rummet"; vån 2`, "contact": "+46 40 628 04 12",
		"bookBy": stamp(p.starts.AddDate(0, 0, -2)), "ends": ""})
	p.follow(p.blue).answer(id, 1, wish("so", "on_site"))
	p.follow(p.blue).answer(id, 1, wish(`=HYPERLINK("http://x")`, "phone"))
	p.follow(p.blue).answer(id, 1, wish("kurmanji", "phone"))
	p.book(p.anna, id, "so", "on_site", "booked", "@SUM(1)")
	a := p.csv(id, "sv")
	if a.Status != http.StatusOK || a.Header.Get("Content-Type") != "text/csv; charset=utf-8" ||
		a.Header.Get("Content-Disposition") != `attachment; filename="tolkar-2026-11-12.csv"` {
		t.Fatalf("%d %v", a.Status, a.Header)
	}
	body, ok := bytes.CutPrefix(a.Body, []byte("\uFEFF"))
	if !ok {
		t.Error("no byte order mark")
	}
	r := csv.NewReader(bytes.NewReader(body))
	r.Comma = ';'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Datum", "Börjar", "Slutar", "Plats", "Kontakt för mötet", "Språk", "Hur", "Familjer", "Läge", "Tolkens kontakt", "Boka senast", "Avboka senast"},
		{"2026-11-12", "18:00", "", `Stora "rummet"; vån 2`, "'+46 40 628 04 12", `'=HYPERLINK("http://x")`, "per telefon", "1", "efterfrågad", "", "2026-11-10 18:00", ""},
		{"2026-11-12", "18:00", "", `Stora "rummet"; vån 2`, "'+46 40 628 04 12", "kurmanji", "per telefon", "1", "efterfrågad", "", "2026-11-10 18:00", ""},
		{"2026-11-12", "18:00", "", `Stora "rummet"; vån 2`, "'+46 40 628 04 12", "somaliska (so)", "på plats", "1", "bokad", "'@SUM(1)", "2026-11-10 18:00", ""},
	}
	if fmt.Sprint(lines) != fmt.Sprint(want) {
		t.Errorf("%q\nwant %q", lines, want)
	}
	p.change(id, map[string]any{"ends": "2026-11-12 23:30:00.000Z"})
	if a := p.csv(id, "sv"); !bytes.Contains(a.Body, []byte("2026-11-12;18:00;2026-11-13 00:30;")) {
		t.Errorf("past midnight: %s", a.Body)
	}
	if english := p.csv(id, "en"); !bytes.Contains(english.Body, []byte("Somali (so)")) || english.Header.Get("Content-Language") != "en" {
		t.Errorf("in English: %s", english.Body)
	}
}

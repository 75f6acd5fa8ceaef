package letter_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/letter"
	"folje/internal/operation"

	"github.com/pocketbase/pocketbase/core"
)

// phones gives so many phones that read the locale and follow the groups, and
// were sent what changed in them up to a number.
func (p *preschool) phones(count int, locale string, has int, groups ...*core.Record) (made []access.Device) {
	p.Helper()
	for range count {
		n := p.count("devices") + 1
		d := apptest.MustRecord(p, p.app, "devices", map[string]any{
			"id": fmt.Sprintf("00000000-0000-4000-8000-%012d", n), "secretHash": fmt.Sprintf("%064d", n), "locale": locale,
		})
		follows := map[string]time.Time{}
		for _, g := range groups {
			follows[g.Id] = p.now.AddDate(1, 0, 0)
			apptest.MustRecord(p, p.app, "memberships", map[string]any{"device": d.Id, "group": g.Id, "ends": follows[g.Id], "has": has})
		}
		made = append(made, access.Device{ID: d.Id, Locale: locale, Groups: follows})
	}
	return made
}

// opens has the phone open a letter in a locale.
func (p *preschool) opens(d access.Device, letterID, locale string) {
	p.Helper()
	raw, err := json.Marshal(map[string]string{"letter": letterID, "locale": locale})
	if err != nil {
		p.Fatal(err)
	}
	kind := letter.Opened(func(tag string) bool { return tag == "sv" || tag == "ar" || tag == "so" }, func() time.Time { return p.now })
	err = p.app.RunInTransaction(func(tx core.App) error {
		_, err := kind.Apply(tx, d, operation.Operation{Body: raw})
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
}

// reach is what staff are told: a line for all, and one for each locale.
func (p *preschool) reach(id string) string {
	p.Helper()
	a := p.ask(p.anna, http.MethodGet, staffPath+id+"/reach", nil)
	if a.Status != http.StatusOK {
		p.Fatalf("reach: %d %s", a.Status, a.Body)
	}
	if a.JSON == nil {
		return "nothing"
	}
	numbers := func(of map[string]any) string { return fmt.Sprint(of["phones"], " ", of["arrived"], " ", of["opened"]) }
	lines := []string{numbers(a.JSON)}
	for _, l := range a.JSON["locales"].([]any) {
		of := l.(map[string]any)
		lines = append(lines, fmt.Sprint(of["tag"], " ", numbers(of)))
	}
	return strings.Join(lines, ", ")
}

func TestReachIsCountedInFives(t *testing.T) {
	p := open(t)
	id, _ := p.out(nil)
	p.phones(8, "sv", 0, p.blue)
	swedish := p.phones(7, "sv", 1<<30, p.blue, p.pine)
	arabic := p.phones(6, "ar", 1<<30, p.blue)
	p.phones(4, "so", 1<<30, p.blue)
	p.phones(9, "sv", 1<<30, p.pine) // another group's
	for _, d := range arabic {
		p.opens(d, id, "ar")
	}
	for _, d := range swedish[:4] {
		p.opens(d, id, "sv")
	}
	// Of 25 phones 17 have it, and 10 opened it; of 15 Swedish ones 7 and 4, of 6 Arabic ones all.
	if got, want := p.reach(id), "25 15 10, sv 15 5 0, ar 5 5 5"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReachIsOfTheLetterAsItIs(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	if got := p.reach(id); got != "nothing" {
		t.Errorf("of a draft: %q", got)
	}
	p.publish(id, base)
	at := p.change(id)
	p.phones(5, "sv", at, p.blue)
	p.phones(5, "sv", at-1, p.blue)
	if got, want := p.reach(id), "10 5 0, sv 10 5 0"; got != want {
		t.Errorf("published: %q, want %q", got, want)
	}
	a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, map[string]any{"title": "En annan rubrik", "base": base})
	p.publish(id, int(a.JSON["base"].(float64)))
	if got, want := p.reach(id), "10 0 0, sv 10 0 0"; got != want {
		t.Errorf("corrected: %q, want %q", got, want)
	}
	p.ask(p.anna, http.MethodPost, staffPath+id+"/withdraw", map[string]any{})
	if got := p.reach(id); got != "nothing" {
		t.Errorf("withdrawn: %q", got)
	}
}

// change is the row of the log that says since when the blue group has the
// letter as it is.
func (p *preschool) change(id string) int {
	p.Helper()
	r, err := p.app.FindFirstRecordByFilter("changes", "scope = {:s} && item = {:i}", map[string]any{"s": p.blue.Id, "i": "letters:" + id})
	if err != nil {
		p.Fatal(err)
	}
	return r.GetInt("seq")
}

func TestOpenedIsCountedForWhoHasTheLetter(t *testing.T) {
	p := open(t)
	id, _ := p.out(nil)
	draft, _ := p.write(nil)
	in, other := p.phones(1, "ar", 0, p.blue)[0], p.phones(1, "ar", 0, p.pine)[0]
	left := in
	left.Groups = map[string]time.Time{p.blue.Id: p.now.AddDate(0, 0, -1)}
	p.opens(in, id, "ar")
	p.opens(in, id, "xx")
	p.opens(in, draft, "ar")
	p.opens(in, "nothing", "ar")
	p.opens(other, id, "ar")
	p.opens(left, id, "ar")
	rows, err := p.app.FindAllRecords("letter_opens")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].GetString("letter") != id || rows[0].GetInt("phones") != 1 {
		t.Errorf("%d rows: %v", len(rows), rows)
	}
	for _, name := range rows[0].Collection().Fields.FieldNames() {
		if name != "id" && name != "letter" && name != "locale" && name != "phones" {
			t.Errorf("something of the phone could be kept: %s", name)
		}
	}
}

func TestReachIsForTheUnitsEditors(t *testing.T) {
	p := open(t)
	id, _ := p.out(nil)
	for _, who := range []*core.Record{p.tara, p.elsewhere} {
		if a := p.ask(who, http.MethodGet, staffPath+id+"/reach", nil); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", who.Email(), a.Status)
		}
	}
	if a := p.ask(nil, http.MethodGet, staffPath+id+"/reach", nil); a.Status != http.StatusUnauthorized {
		t.Errorf("nobody: %d", a.Status)
	}
}

package guide_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
)

func TestAnEntryReachesEveryPhone(t *testing.T) {
	tn := open(t)
	related := tn.save(ofEntries, entry("familjecentralen", body{"name": "Familjecentralen"}))
	id := tn.save(ofEntries, entry("steget", body{"sensitive": true, "related": []string{"familjecentralen"}}))
	f := tn.read(feed, "")
	r := f.records[id]
	if len(f.records) != 2 || f.records[related] == nil || r["kind"] != "guide" {
		t.Fatalf("the feed has %s", f.raw)
	}
	if got := f.says(r["title"]); !slices.Equal(got, []string{"Stödgrupp för barn"}) {
		t.Errorf("its title is %q", got)
	}
	blocks := r["blocks"].([]any)
	first, second := blocks[0].(body), blocks[1].(body)
	if got := f.says(first["segments"]); len(got) != 2 || got[1] != "Det är gratis." || first["part"] != "summary" || first["kind"] != "paragraph" {
		t.Errorf("the first block is %v: %q", first, got)
	}
	if second["part"] != "consent" || second["kind"] != "item" {
		t.Errorf("the second block is %v", second)
	}
	want := body{
		"key": "steget", "name": "Steget", "also": []any{"stödgrupp"}, "type": "service", "ages": []any{6.0, 12.0},
		"contacts": []any{body{"kind": "phone", "value": "040-628 04 12"}}, "place": body{"name": "Gula villan", "address": "Storgatan 1"},
		"related": []any{"familjecentralen"}, "chain": []any{"school"}, "sensitive": true, "urgent": false, "ask": false,
		"checked": "", "order": 10.0,
	}
	for name, value := range want {
		if fmt.Sprint(r[name]) != fmt.Sprint(value) {
			t.Errorf("%s is %v, want %v", name, r[name], value)
		}
	}

	if err := translation.Put(tn.app, text.SegmentID("sv", "Det är gratis."), "ar", "مجاني.", translation.Machine); err != nil {
		t.Fatal(err)
	}
	if arabic := tn.read(feed+"/texts/ar", ""); len(arabic.texts) != 1 {
		t.Errorf("in Arabic: %s", arabic.raw)
	}
	tn.change(ofEntries, id, body{"name": "Trappan"})
	if f = tn.read(feed, f.cursor); len(f.records) != 1 || f.records[id]["name"] != "Trappan" {
		t.Errorf("after a change of its name: %s", f.raw)
	}
	if a := tn.ask(tn.cora, "DELETE", ofEntries+"/"+id, nil); a.Status != http.StatusNoContent {
		t.Fatalf("delete: %d %s", a.Status, a.Body)
	}
	if f = tn.read(feed, f.cursor); len(f.records) != 0 || !slices.Equal(f.gone, []any{id}) {
		t.Errorf("after deleting: %s", f.raw)
	}
	if n, err := tn.app.CountRecords("segment_uses", dbx.HashExp{"record": id}); err != nil || n != 0 {
		t.Errorf("%d uses are left, %v", n, err)
	}
}

// What is for staff is in no feed and is no segment, whichever way it comes to
// be for staff.
func TestWhatIsForStaffStaysThere(t *testing.T) {
	tn := open(t)
	hush := []body{{"id": "a", "part": "summary", "kind": "paragraph", "text": "Tyst hemlighet."}}
	note := []body{{"part": "signs", "text": "Rektor skriver under tyst hemlighet."}}
	staffOnly := tn.save(ofEntries, entry("rutiner", body{"audience": "staff", "title": "Tyst hemlighet", "name": "Tyst hemlighet", "parts": hush, "staff": note}))
	tn.save(ofEntries, entry("tabb", body{"audience": "staff", "type": "history", "title": "Tyst hemlighet", "name": "", "parts": hush}))
	open := tn.save(ofEntries, entry("steget", body{"staff": note}))
	check := func(step string) {
		t.Helper()
		f := tn.read(feed, "")
		if len(f.records) != 1 || f.records[open] == nil || strings.Contains(strings.ToLower(f.raw), "hemlighet") {
			t.Errorf("%s: %s", step, f.raw)
		}
		var n int
		err := tn.app.DB().NewQuery("SELECT COUNT(*) FROM segments WHERE text LIKE '%hemlighet%'").Row(&n)
		if err != nil || n != 0 {
			t.Errorf("%s: %d segments have it, %v", step, n, err)
		}
	}
	check("saved")
	tn.change(ofEntries, staffOnly, body{"audience": "everyone"})
	cursor := tn.read(feed, "").cursor
	tn.change(ofEntries, staffOnly, body{"audience": "staff"})
	check("taken back")
	if f := tn.read(feed, cursor); !slices.Equal(f.gone, []any{staffOnly}) {
		t.Errorf("phones are told %s", f.raw)
	}
}

// An entry that is hidden goes from every phone, and what points at it goes with
// it; a text that names it takes its title along.
func TestAHiddenEntryIsGone(t *testing.T) {
	tn := open(t)
	steget := tn.save(ofEntries, entry("steget", nil))
	other := tn.save(ofEntries, entry("bvc", body{"name": "BVC", "related": []string{"steget"}}))
	worry := tn.save(ofWorries, body{"key": "alcohol", "title": "Alkohol hemma", "synonyms": "dricker, full", "guide": []string{steget, other}, "order": 1})
	group := tn.save(ofGroups, body{"entry": steget, "title": "Sex till åtta år", "ageFrom": 6, "ageTo": 8})
	f := tn.read(feed, "")
	if len(f.records) != 4 {
		t.Fatalf("the feed has %s", f.raw)
	}
	tn.change(ofEntries, steget, body{"hidden": true})
	f = tn.read(feed, f.cursor)
	if !slices.Contains(f.gone, any(steget)) || !slices.Contains(f.gone, any(group)) || len(f.gone) != 2 {
		t.Errorf("gone is %v", f.gone)
	}
	if got := f.records[other]["related"]; len(got.([]any)) != 0 {
		t.Errorf("another relates to %v", got)
	}
	if got := f.records[worry]["guide"].([]any); !slices.Equal(got, []any{other}) {
		t.Errorf("the worry leads to %v", got)
	}

	named := []body{{"id": "a", "part": "summary", "kind": "paragraph", "text": "Det finns också {{.steget}}."}}
	tn.change(ofEntries, other, body{"parts": named})
	f = tn.read(feed, f.cursor)
	if r := f.records[steget]; r == nil || r["kind"] != "name" || r["key"] != "steget" || r["contacts"] != nil || !slices.Equal(f.says(r["title"]), []string{"Stödgrupp för barn"}) {
		t.Errorf("of the one it names phones have %s", f.raw)
	}
	if whole := tn.read(feed, ""); len(whole.records) != 3 || whole.records[steget]["kind"] != "name" {
		t.Errorf("a new phone has %s", whole.raw)
	}
	tn.change(ofEntries, other, body{"parts": []body{}})
	if f = tn.read(feed, f.cursor); !slices.Equal(f.gone, []any{steget}) {
		t.Errorf("when nothing names it: %s", f.raw)
	}
	tn.change(ofEntries, steget, body{"hidden": false})
	if f = tn.read(feed, f.cursor); f.records[steget]["kind"] != "guide" || f.records[group] == nil || len(f.records[worry]["guide"].([]any)) != 2 {
		t.Errorf("shown again: %s", f.raw)
	}
}

// In a small town a weekday can tell who a child is.
func TestAGroupSaysWhatIsPublished(t *testing.T) {
	tn := open(t)
	steget := tn.save(ofEntries, entry("steget", nil))
	id := tn.save(ofGroups, body{
		"entry": steget, "title": "Sex till åtta år", "information": "Vi fikar. Vi leker.", "ageFrom": 6, "ageTo": 8,
		"period": "Höstterminen 2026", "from": "2026-09-01", "to": "2026-12-15", "weekday": 3, "starts": "15:45", "ends": "17:15", "places": 2,
	})
	secrets := []string{"weekday", "15:45", "17:15", "places"}
	f := tn.read(feed, "")
	r := f.records[id]
	if r["kind"] != "supportgroup" || r["entry"] != "steget" || fmt.Sprint(r["ages"]) != "[6 8]" || fmt.Sprint(r["period"]) != fmt.Sprint(body{"name": "Höstterminen 2026", "starts": "2026-09-01", "ends": "2026-12-15"}) {
		t.Errorf("the group is %v", r)
	}
	for _, s := range secrets {
		if strings.Contains(f.raw, s) {
			t.Errorf("the feed says %s: %s", s, f.raw)
		}
	}
	for _, c := range []struct {
		publish []string
		has     body
	}{
		{[]string{"weekday"}, body{"weekday": 3.0, "starts": nil, "places": nil}},
		{[]string{"time"}, body{"weekday": nil, "starts": "15:45", "ends": "17:15", "places": nil}},
		{[]string{"places", "weekday"}, body{"weekday": 3.0, "starts": nil, "places": 2.0}},
		{[]string{}, body{"weekday": nil, "starts": nil, "ends": nil, "places": nil}},
	} {
		tn.change(ofGroups, id, body{"publish": c.publish})
		r := tn.read(feed, "").records[id]
		for name, value := range c.has {
			if r[name] != value {
				t.Errorf("with %v published %s is %v, want %v", c.publish, name, r[name], value)
			}
		}
	}
	cursor := tn.read(feed, "").cursor
	tn.change(ofGroups, id, body{"hidden": true})
	if f := tn.read(feed, cursor); !slices.Equal(f.gone, []any{id}) {
		t.Errorf("a hidden group: %s", f.raw)
	}
}

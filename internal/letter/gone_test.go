package letter_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// The note about the letter's end waits for the morning when the letter is
// published anew: those who get it hear nothing of its end, the others still do.
func TestGroupsLeftOutHearOfTheEndAllTheSame(t *testing.T) {
	p := open(t)
	id, base := p.out(func(b map[string]any) { b["groups"] = []string{p.blue.Id, p.pine.Id} })
	if a := p.ask(p.anna, http.MethodPost, staffPath+id+"/withdraw", nil); a.Status != http.StatusOK {
		t.Fatalf("withdraw: %d %s", a.Status, a.Body)
	}
	p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) { b["base"], b["groups"] = base, []string{p.pine.Id} }))
	p.publish(id, base+1)
	all := p.rows("withdrawal")
	if len(all) != 2 || all[0].GetString("dropped") != "cancelled" || !slices.Equal(row(all[1]).Groups, []string{p.blue.Id}) || !p.still(all[1]) {
		t.Fatalf("after the letter came back for one group: %v", all)
	}
	p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) {
		b["base"], b["groups"], b["title"] = base+1, []string{p.pine.Id}, "Nytt ord"
	}))
	if a := p.publish(id, base+2); a.JSON["number"] != 3.0 {
		t.Fatalf("correct: %d %s", a.Status, a.Body)
	}
	if all = p.rows("withdrawal"); all[1].GetString("done") != "" {
		t.Error("a correction for others silenced it")
	}
}

func TestWhoLeftTheOtherGroupHearsOfTheEnd(t *testing.T) {
	p := open(t)
	id, base := p.out(func(b map[string]any) { b["groups"] = []string{p.blue.Id, p.pine.Id} })
	both, at := p.phone(t, "a", p.blue, p.pine)
	p.sent(p.rows("letter")[0], at)
	p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) { b["base"], b["groups"] = base, []string{p.pine.Id} }))
	p.publish(id, base+1)
	w := p.rows("withdrawal")[0]
	if !p.skips(w, both)[both.Id] {
		t.Error("she has it through the other group, and hears that it is gone")
	}
	member, err := p.app.FindFirstRecordByFilter("memberships", "device = {:d} && group = {:g}", dbx.Params{"d": both.Id, "g": p.pine.Id})
	if err != nil {
		t.Fatal(err)
	}
	member.Set("ends", p.now.Add(-time.Hour))
	if err := p.app.Save(member); err != nil {
		t.Fatal(err)
	}
	if p.skips(w, both)[both.Id] {
		t.Error("she follows that group no more, and doesn't hear that it is gone")
	}
}

package letter_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"folje/internal/apptest"

	"github.com/pocketbase/pocketbase/core"
)

// Who writes letters words them in plain Swedish too, and in no other locale.
func TestEditorsWritePlainSwedish(t *testing.T) {
	p := open(t)
	id, _ := p.write(nil)
	at := p.place(id, "en", sentence)["segment"].(string)
	put := func(who *core.Record, tag string) apptest.Answer {
		return p.ask(who, http.MethodPut, staffPath+id+"/places/"+tag+"/"+at, map[string]any{"text": "Det är lugnt före läggdags.", "base": ""})
	}
	for name, c := range map[string]struct {
		who  *core.Record
		tag  string
		want int
	}{
		"English":              {p.anna, "en", http.StatusNotFound},
		"the source":           {p.anna, "sv", http.StatusNotFound},
		"another unit's":       {p.elsewhere, "sv-simple", http.StatusNotFound},
		"a translator of none": {p.tara, "sv-simple", http.StatusForbidden},
		"her own unit's":       {p.anna, "sv-simple", http.StatusOK},
	} {
		if a := put(c.who, c.tag); a.Status != c.want {
			t.Errorf("%s: %d %s, want %d", name, a.Status, a.Body, c.want)
		}
	}
	a := p.ask(p.anna, http.MethodGet, staffPath+id+"/places/sv-simple", nil)
	if a.JSON["missing"] != 4.0 {
		t.Errorf("missing: %s", a.Body)
	}
	if a := p.ask(p.anna, http.MethodPost, staffPath+id+"/claims/sv-simple", nil); a.Status != http.StatusNotFound {
		t.Errorf("an editor takes a text as translators do: %d", a.Status)
	}
}

// readers are phones of a group that read a locale.
func (p *preschool) readers(t *testing.T, tag string, group *core.Record, n int) {
	t.Helper()
	for i := range n {
		id := fmt.Sprintf("%x%x", tag, i)
		device := apptest.MustRecord(t, p.app, "devices", map[string]any{
			"id": "11111111-1111-4111-8111-" + (id + "000000000000")[:12], "secretHash": (id + strings.Repeat("0", 64))[:64], "locale": tag, "seen": "2026-11-12",
		})
		apptest.MustRecord(t, p.app, "memberships", map[string]any{"device": device.Id, "group": group.Id, "ends": p.now.AddDate(1, 0, 0)})
	}
}

// What most phones read comes first; of a language that fewer than five read,
// nobody learns that anybody does.
func TestReadinessTellsHowManyReadIt(t *testing.T) {
	p := open(t)
	p.readers(t, "ar", p.blue, 7)
	p.readers(t, "so", p.blue, 4)
	p.readers(t, "ti", p.pine, 5)
	id, _ := p.write(nil)
	a := p.ask(p.anna, http.MethodGet, staffPath+id+"/readiness", nil)
	if a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	all := a.JSON["locales"].([]any)
	said := map[string][2]float64{}
	for _, one := range all {
		m := one.(map[string]any)
		said[m["tag"].(string)] = [2]float64{m["readers"].(float64), m["nearby"].(float64)}
	}
	if said["ar"] != [2]float64{5, 5} || said["so"] != [2]float64{} || said["ti"] != [2]float64{0, 5} || said["fi"] != [2]float64{} {
		t.Errorf("readers: %v", said)
	}
	if first, second := all[0].(map[string]any)["tag"], all[1].(map[string]any)["tag"]; first != "ar" || second != "ti" {
		t.Errorf("first %v, then %v", first, second)
	}
	id, _ = p.write(func(b map[string]any) { b["groups"] = []string{} })
	a = p.ask(p.anna, http.MethodGet, staffPath+id+"/readiness", nil)
	if m := a.JSON["locales"].([]any)[0].(map[string]any); m["readers"] != 0.0 {
		t.Errorf("a letter to nobody is read: %v", m)
	}
}

package meeting_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/meeting"

	"github.com/pocketbase/pocketbase/core"
)

const notesPath = "/api/collections/meeting_notes/records"

// Notes are the unit's editors' only: not the administrators', nor another
// unit's, nor the translators'.
func TestNotesArePrivateToTheUnitsEditors(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	wrote := p.ask(p.anna, http.MethodPost, notesPath, map[string]any{"meeting": id, "emotional": "Alla fick ordet."})
	if wrote.Status != http.StatusOK || wrote.JSON["id"] != id || number(wrote.JSON["base"]) != 1 {
		t.Fatalf("create: %d %s", wrote.Status, wrote.Body)
	}
	if a := p.ask(p.anna, http.MethodGet, notesPath+"/"+id, nil); a.JSON["emotional"] != "Alla fick ordet." {
		t.Errorf("her own: %d %s", a.Status, a.Body)
	}
	for name, who := range map[string]*core.Record{"translator": p.tara, "admin": p.root, "another unit": p.elsewhere, "nobody": nil} {
		for _, try := range []struct {
			method, path string
			body         any
		}{
			{http.MethodGet, notesPath, nil}, {http.MethodGet, notesPath + "/" + id, nil},
			{http.MethodPatch, notesPath + "/" + id, map[string]any{"emotional": "!", "base": 1}},
			{http.MethodDelete, notesPath + "/" + id, nil},
			{http.MethodPost, notesPath, map[string]any{"meeting": id, "emotional": "!"}},
		} {
			a := p.ask(who, try.method, try.path, try.body)
			if strings.Contains(string(a.Body), "ordet") || a.Status == http.StatusOK && try.method != http.MethodGet {
				t.Errorf("%s %s %s: %d %s", name, try.method, try.path, a.Status, a.Body)
			}
		}
	}
}

// The second of two saves is told what is stored; one that is repeated after a
// lost answer is not doubled; nobody moves notes to another meeting.
func TestOfTwoSavesOfNotesNeitherIsLost(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	other, _ := p.publish(nil)
	p.ask(p.anna, http.MethodPost, notesPath, map[string]any{"meeting": id})
	save := func(text string, base int) (int, string, any) {
		a := p.ask(p.anna, http.MethodPatch, notesPath+"/"+id, map[string]any{"meaning": text, "base": base, "meeting": other})
		if a.Status == http.StatusOK {
			return a.Status, a.JSON["meeting"].(string), a.JSON["base"]
		}
		return a.Status, "", a.Get("data", "current", "meaning")
	}
	if status, meeting, base := save("först", 1); status != http.StatusOK || number(base) != 2 || meeting != id {
		t.Errorf("save: %d, of %s, base %v", status, meeting, base)
	}
	if status, _, base := save("först", 1); status != http.StatusOK || number(base) != 2 {
		t.Errorf("repeated: %d, base %v", status, base)
	}
	if status, _, current := save("sedan", 1); status != http.StatusConflict || current != "först" {
		t.Errorf("from an old base: %d, %v", status, current)
	}
	if a := p.ask(p.anna, http.MethodPost, notesPath, map[string]any{"meeting": id}); a.Status != http.StatusBadRequest || a.Get("data", "meeting") == nil {
		t.Errorf("a second record: %d %s", a.Status, a.Body)
	}
}

// Notes are kept as long as answers: three months after the meeting.
func TestNotesGoThreeMonthsAfterTheMeeting(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	p.ask(p.anna, http.MethodPost, notesPath, map[string]any{"meeting": id, "regulating": "Lunchen börjar 11.30."})
	last := p.starts.Add(90*time.Minute).AddDate(0, 3, 0)
	for i, want := range []int{http.StatusOK, http.StatusNotFound} {
		if err := meeting.Prune(p.app, last.Add(time.Duration(i-1)*time.Second)); err != nil {
			t.Fatal(err)
		}
		if a := p.ask(p.anna, http.MethodGet, notesPath+"/"+id, nil); a.Status != want {
			t.Errorf("%d seconds after: %d %s", i-1, a.Status, a.Body)
		}
	}
}

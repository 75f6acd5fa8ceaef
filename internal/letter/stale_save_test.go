package letter_test

import (
	"net/http"
	"testing"
)

// A save from an old base passes only as the repeat of what is stored. It must
// not carry anything else in with it, least of all a change of the unit, which
// the checks of an ordinary save refuse.
func TestStaleSaveChangesNothing(t *testing.T) {
	p := open(t)
	foreign := p.elsewhere.GetStringSlice("units")[0]
	id, base := p.write(nil)
	for name, body := range map[string]map[string]any{
		"the unit":         {"base": base + 7, "unit": foreign},
		"the unit, added":  {"base": base + 7, "unit+": foreign},
		"whether it rings": {"base": base + 7, "sensitive": true},
	} {
		a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, body)
		if a.Status != http.StatusConflict {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	if a := p.ask(p.elsewhere, http.MethodGet, recordsPath+"/"+id, nil); a.Status != http.StatusNotFound {
		t.Errorf("another unit's editor reads it: %d %s", a.Status, a.Body)
	}
	a := p.ask(p.anna, http.MethodGet, recordsPath+"/"+id, nil)
	if a.Status != http.StatusOK || a.JSON["sensitive"] != false || a.JSON["unit"] != p.unit.Id {
		t.Errorf("it is now: %d %s", a.Status, a.Body)
	}
}

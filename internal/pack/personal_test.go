package pack

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A number or an address is found wherever staff may have written one, also by a
// translator.
func TestPersonalLooksEverywhere(t *testing.T) {
	for _, at := range []struct{ file, was, is string }{
		{"guide/steget.json", "En grupp för barn", "Ring 0980-319 231"},
		{"guide/steget.json", "barngrupp", "0980-319 231"},
		{"guide/steget.json", `"Bris"}`, `"Anna 0980-319 231"}`},
		{"guide/steget.json", "är gratis.", "har (0980) 31 92 31."},
		{"guide/steget.json", "Samtycke krävs.", "Mejla ANNA@PROVBY.EXAMPLE."},
		{"worries.json", "sprit, vin", "sprit, 0980-319 231"},
		{"themes.json", "Hälsa", "Hälsa 0980-319 231"},
		{"themes.json", "Vi berättar.", "Ring +46 (0)980-319 231."},
		{"activities.json", "Öppet hus", "Öppet hus 0980-319 231"},
		{"activities.json", "Kom.", "Ring 0980-319 231."},
		{"questions.json", "Hur sover vi?", "Ringer du 0980-319 231?"},
		{"phrases.json", "Tack!", "Ring Anna på 0980-319 231!"},
		{"translations/en.json", "{{.steget}} is free.", "{{.steget}} is at anna@provby.example."},
	} {
		files := goodContent()
		if got := strings.Count(files[at.file], at.was); got == 0 {
			t.Fatalf("%s has no %q", at.file, at.was)
		}
		files[at.file] = strings.ReplaceAll(files[at.file], at.was, at.is)
		if at.file == "guide/steget.json" { // nothing is translated that isn't there
			files["translations/en.json"] = strings.ReplaceAll(files["translations/en.json"], at.was, at.is)
		}
		fsys := fstest.MapFS{}
		for name, s := range files {
			fsys[name] = &fstest.MapFile{Data: []byte(s)}
		}
		p, err := Load(fsys)
		if err != nil {
			t.Errorf("%s: %v", at.is, err)
			continue
		}
		if found := p.Personal(); len(found) != 1 || !strings.HasPrefix(found[0].Error(), at.file+": ") {
			t.Errorf("%s in %s: %v", at.is, at.file, found)
		}
	}
	fsys := fstest.MapFS{}
	for name, s := range goodContent() {
		fsys[name] = &fstest.MapFile{Data: []byte(s)}
	}
	p, err := Load(fsys)
	if err != nil || len(p.Personal()) > 0 {
		t.Error(p.Personal(), err)
	}
}

package meeting_test

import (
	"net/http"
	"strings"
	"testing"

	"folje/internal/apptest"
)

const title = "Betyg och bedömning"

// thematic writes a meeting about a theme, and gives both ids and the base.
func (p *preschool) thematic(change map[string]any) (id, theme string, base int) {
	p.Helper()
	theme = apptest.MustRecord(p, p.app, "themes", map[string]any{"key": "betyg", "title": title, "information": "Om betyg."}).Id
	body := map[string]any{"kind": "thematic", "theme": theme, "heldBy": " Rektor  Kim ", "question": "", "title": "Eget namn"}
	for name, value := range change {
		body[name] = value
	}
	id, base = p.write(body)
	return id, theme, base
}

func TestAThematicMeetingHasItsThemesTitle(t *testing.T) {
	p := open(t)
	id, theme, base := p.thematic(nil)
	if a := p.act(p.anna, id, "publish", base); a.Status != http.StatusOK {
		t.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	r, err := p.app.FindRecordById("meetings", id)
	if err != nil || r.GetString("title") != title || r.GetString("heldBy") != "Rektor Kim" {
		t.Fatalf("it is called %q, held by %q %v", r.GetString("title"), r.GetString("heldBy"), err)
	}
	found := apptest.Ask(t, p.h, "", "GET", "/api/folje/v1/feeds/"+p.blue.Id, nil)
	if body := string(found.Body); !strings.Contains(body, `"type":"thematic"`) || !strings.Contains(body, `"theme":"`+theme+`"`) ||
		!strings.Contains(body, title) || strings.Contains(body, "Eget namn") {
		t.Errorf("phones get %s", body)
	}
	// A theme that is called otherwise takes its meetings along.
	other, err := p.app.FindRecordById("themes", theme)
	if err != nil {
		t.Fatal(err)
	}
	other.Set("title", "Betyg")
	if err := p.app.Save(other); err != nil {
		t.Fatal(err)
	}
	found = apptest.Ask(t, p.h, "", "GET", "/api/folje/v1/feeds/"+p.blue.Id, nil)
	if body := string(found.Body); strings.Contains(body, title) || !strings.Contains(body, `"Betyg"`) || !strings.Contains(body, `"sequence":0`) {
		t.Errorf("after the change phones get %s", body)
	}
}

func TestAThematicMeetingNeedsItsTheme(t *testing.T) {
	p := open(t)
	for _, theme := range []string{"", "nosuchtheme0000"} {
		a := p.ask(p.anna, http.MethodPost, recordsPath, p.plan(map[string]any{"kind": "thematic", "theme": theme}))
		if a.Status != http.StatusBadRequest || a.Get("data", "theme") == nil {
			t.Errorf("with theme %q: %d %s", theme, a.Status, a.Body)
		}
	}
	id, _, base := p.thematic(nil)
	if a := p.save(id, map[string]any{"kind": "qpm", "base": base}); a.Status != http.StatusBadRequest || a.Get("data", "kind") == nil {
		t.Errorf("it becomes a QPM meeting: %d %s", a.Status, a.Body)
	}
	// Pages from before there were themes send neither, and leave them as they are.
	if a := p.save(id, map[string]any{"place": "Aulan", "base": base}); a.Status != http.StatusOK || a.Get("theme") == "" || a.Get("title") != title {
		t.Errorf("an old page saves: %d %s", a.Status, a.Body)
	}
}

// A QPM meeting has neither theme nor title, whatever a page sends.
func TestAQPMMeetingHasNoTheme(t *testing.T) {
	p := open(t)
	theme := apptest.MustRecord(t, p.app, "themes", map[string]any{"key": "betyg", "title": title}).Id
	a := p.ask(p.anna, http.MethodPost, recordsPath, p.plan(map[string]any{"theme": theme}))
	if a.Status != http.StatusOK || a.Get("theme") != "" || a.Get("title") != "" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

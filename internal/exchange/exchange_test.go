package exchange_test

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"folje/internal/apptest"
	"folje/internal/demo"
	"folje/internal/exchange"
	"folje/internal/guide"
	"folje/internal/pack"
	"folje/internal/sync"
	"folje/internal/translation"
	"folje/packs"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// All the demo has of content goes out, into an empty municipality of the same
// name, and out again, byte by byte the same; nothing of anybody goes with it.
func TestContentGoesRoundUnchanged(t *testing.T) {
	files, err := fs.Sub(packs.Demo, packs.DemoDir)
	if err != nil {
		t.Fatal(err)
	}
	from := apptest.New(t)
	if _, err := demo.Fill(from, load(t, files), apptest.Locales(t), "http://127.0.0.1:8090", today); err != nil {
		t.Fatal(err)
	}
	first := export(t, from)
	for name, raw := range first {
		for _, secret := range []string{"0980-", "@bjorkhult", "Ågatan", "Ekberg", "Näckrosen", "Åhuset"} {
			if bytes.Contains(raw, []byte(secret)) {
				t.Errorf("%s holds %s", name, secret)
			}
		}
	}
	to := empty(t, "Björkhults kommun")
	save(t, to, "units", map[string]any{"name": "Familjecentralen", "kind": "family_centre", "authority": "Nämnden"})
	p := load(t, asFS(first))
	if len(p.Guide) < 40 || len(p.Worries) < 30 || len(p.Themes) != 8 || len(p.Activities) != 4 || len(p.Questions) != 60 || len(p.Phrases) != 30 || len(p.Words) != 44 || len(p.Locales) != 14 {
		t.Errorf("%d entries, %d worries, %d themes, %d activities, %d questions, %d phrases, %d words, %d locales", len(p.Guide),
			len(p.Worries), len(p.Themes), len(p.Activities), len(p.Questions), len(p.Phrases), len(p.Words), len(p.Locales))
	}
	all := []string{"sv"}
	for _, l := range p.Locales {
		all = append(all, l.Tag)
	}
	plan, err := exchange.Prepare(to, p, nil, all)
	if err != nil {
		t.Fatal(err)
	}
	if n := plan.Count(exchange.New); n != len(plan.Changes) {
		t.Errorf("%d of %d pieces are new in an empty municipality", n, len(plan.Changes))
	}
	if _, err := plan.Apply(to, today); err != nil {
		t.Fatal(err)
	}
	second := export(t, to)
	for name := range first {
		if !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s changed on the way:\n%.300s\n%.300s", name, first[name], second[name])
		}
	}
	if !slices.Equal(slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(second))) {
		t.Errorf("%v\n%v", slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(second)))
	}
	again, err := exchange.Prepare(to, p, nil, all)
	if err != nil || again.Count(exchange.Same) != len(again.Changes) {
		t.Errorf("a second time %d of %d are the same, %v", again.Count(exchange.Same), len(again.Changes), err)
	}
}

// One service has another name here, one isn't here: what names it is out, what
// doesn't keeps its translations, and phones get no more.
func TestAPackIsAdapted(t *testing.T) {
	app := empty(t, "Granby kommun")
	save(t, app, "units", map[string]any{"name": "Eken", "kind": "preschool", "authority": "Nämnden"})
	plan, result := take(t, app, provby(), pack.Answers{"steget": have(false, ""), "ior": have(true, "Trygga hem")})
	if plan.Count(exchange.Declined) != 1 || !slices.Equal(plan.Unknown, []string{"xx"}) {
		t.Errorf("%+v", plan.Changes)
	}
	if want := []string{"Sedan kan {{.steget}} hjälpa.", "Fråga {{.steget}}.", "Alkohol hemma", "{{.steget}} är med."}; !slices.Equal(plan.Left, want) {
		t.Errorf("left out are %q", plan.Left)
	}
	ior := entry(t, app, "ior")
	parts, err := ior.Parts()
	if err != nil || ior.Name() != "Trygga hem" || len(parts) != 1 || parts[0].Text != "Vi kommer hem till er." || ior.GetString("related") != "[]" {
		t.Errorf("%s %+v %s %v", ior.Name(), parts, ior.GetString("related"), err)
	}
	if e, err := guide.Find(app, "steget"); err != nil || e != nil {
		t.Errorf("there is a Steget: %v %v", e, err)
	}
	if len(result.Unreachable) != 0 || result.Texts != 4 || result.Reviewed != 2 {
		t.Errorf("%+v", result)
	}
	var dangling int
	if err := app.DB().NewQuery("SELECT count(*) FROM segments WHERE instr(text, 'steget')").Row(&dangling); err != nil || dangling > 0 {
		t.Errorf("%d sentences name what isn't here, %v", dangling, err)
	}
	for collection, want := range map[string]int{"guide_entries": 1, "worries": 1, "themes": 1, "glossary": 1, "activities": 0} {
		n, err := app.CountRecords("changes", dbx.HashExp{"scope": sync.Public, "stream": sync.Records, "gone": false},
			dbx.NewExp("instr(item, {:of}) = 1", dbx.Params{"of": sync.Item(collection, "")}))
		if err != nil || int(n) != want {
			t.Errorf("%d of %s are on the way to phones, %v", n, collection, err)
		}
	}
	n, err := translation.Ready(app, ior.Id, "en", translation.Places(must(ior.Content())))
	if err != nil || n.Draft != 1 {
		t.Errorf("reviewed elsewhere is %+v, %v", n, err)
	}
	if hidden, err := app.CountRecords("activities", dbx.HashExp{"hidden": true}); err != nil || hidden != 1 {
		t.Errorf("%d activities are hidden, %v", hidden, err)
	}
	// It isn't asked about again, and arrives when somebody says that it is here.
	if ask, err := exchange.Unanswered(app, load(t, provby()), nil); err != nil || len(ask) != 0 {
		t.Errorf("asked again: %v %v", ask, err)
	}
	take(t, app, provby(), pack.Answers{"steget": have(true, "Stegen")})
	if e := entry(t, app, "steget"); e.Name() != "Stegen" {
		t.Errorf("it is called %q", e.Name())
	}
	if parts, err := entry(t, app, "ior").Parts(); err != nil || len(parts) != 2 {
		t.Errorf("IOR names it no more: %+v, %v", parts, err)
	}
	if e := entry(t, app, "steget"); e.GetString("contacts") != "[]" {
		t.Errorf("another municipality's number came along: %s", e.GetString("contacts"))
	}
}

// What was edited here stays, what the pack changed comes, what both changed is a
// conflict and stays, and what was deleted here stays away.
func TestEditsMadeHereStay(t *testing.T) {
	app := empty(t, "Granby kommun")
	take(t, app, provby(), nil)
	steget, ior := entry(t, app, "steget"), entry(t, app, "ior")
	steget.Set("title", "Vår egen grupp")
	steget.Set("name", "Trappan")
	themes, err := app.FindAllRecords("themes")
	if err != nil {
		t.Fatal(err)
	}
	themes[0].Set("title", "Hälsa här")
	for _, r := range []*core.Record{steget.Record, themes[0]} {
		if err := app.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	words, err := app.FindAllRecords("glossary")
	if err != nil || app.Delete(words[0]) != nil {
		t.Fatal(err)
	}
	later := provby()
	for file, change := range map[string][2]string{
		"guide/ior.json":       {"Vi kommer hem till er.", "Vi kommer gärna hem till er."},
		"themes.json":          {`"Hälsa"`, `"Må bra"`},
		"translations/en.json": {`"Vi kommer hem till er.": "We`, `"Vi kommer gärna hem till er.": "We`},
	} {
		if !bytes.Contains(later[file].Data, []byte(change[0])) {
			t.Fatal(file)
		}
		later[file].Data = bytes.ReplaceAll(later[file].Data, []byte(change[0]), []byte(change[1]))
	}
	later["translations/en.json"].Data = bytes.ReplaceAll(later["translations/en.json"].Data, []byte(`"Vi kommer hem till er.": "Granby`), []byte(`"Vi kommer gärna hem till er.": "Granby`))
	plan, _ := take(t, app, later, nil)
	got := map[string]exchange.What{}
	for _, c := range plan.Changes {
		got[c.Kind+" "+c.Key] = c.What
	}
	want := map[string]exchange.What{"guide steget": exchange.Edited, "guide ior": exchange.Changed, "theme halsa": exchange.Conflict,
		"word lov": exchange.Removed, "worry alcohol": exchange.Same, "worry tantrums": exchange.Same,
		"question Hur sover våra barn gott?": exchange.Same, "phrase Tack för att ni kom!": exchange.Same, "activity Öppet hus": exchange.New}
	if !maps.Equal(got, want) {
		t.Errorf("%v\nnot %v", got, want)
	}
	if e := entry(t, app, "steget"); e.Title() != "Vår egen grupp" || e.Name() != "Trappan" {
		t.Errorf("an edit is lost: %s %s", e.Name(), e.Title())
	}
	if parts, err := entry(t, app, "ior").Parts(); err != nil || !strings.HasPrefix(parts[0].Text, "Vi kommer gärna hem") {
		t.Errorf("%+v %v", parts, err)
	}
	if r, err := app.FindRecordById("themes", themes[0].Id); err != nil || r.GetString("title") != "Hälsa här" {
		t.Errorf("%v %v", r, err)
	}
	if ior.GetInt("base") != 1 || entry(t, app, "ior").GetInt("base") != 2 {
		t.Errorf("the saves of IOR aren't counted")
	}
}

// A text that somebody here wrote stays, a machine's gives way to what was
// reviewed elsewhere, and that says by whom.
func TestReviewedElsewhereWantsConfirmingHere(t *testing.T) {
	app := empty(t, "Granby kommun")
	files := provby()
	reviewed := files["translations/en.json"].Data
	files["translations/en.json"] = file(`{"status": "machine", "sentences": {"Trots": "Defiance", "lov": "leave"}}`)
	take(t, app, files, nil)
	app2 := provby()
	app2["translations/en.json"].Data = reviewed
	_, result := take(t, app, app2, nil)
	if result.Reviewed != 2 {
		t.Errorf("%+v", result)
	}
	given, err := translation.AllGiven(app)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]translation.Given{}
	for _, g := range given {
		found[g.Text] = g
	}
	if g := found["Tantrums"]; g.Status != translation.Draft || g.Elsewhere != "Provby kommun (CC-BY-4.0)" {
		t.Errorf("%+v", g)
	}
	if g := found["leave"]; g.Status != translation.Machine || found["holiday"].Text != "" {
		t.Errorf("a machine's text took the place of another's: %+v", g)
	}
}

func TestAPackBearsTheMunicipalitysName(t *testing.T) {
	if _, _, err := exchange.Export(empty(t, ""), about); err != exchange.ErrNameless {
		t.Errorf("%v", err)
	}
}

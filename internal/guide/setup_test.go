package guide_test

import (
	"maps"
	"net/http"
	"strconv"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/guide"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const (
	ofEntries = "/api/collections/guide_entries/records"
	ofWorries = "/api/collections/worries/records"
	ofGroups  = "/api/collections/support_groups/records"
	own       = "/api/folje/v1/"
	feed      = own + "feeds/public"
)

// town is a server with the guide and the public feed.
type town struct {
	*testing.T
	app       core.App
	h         http.Handler
	now       time.Time
	cora, eva string // a coordinator's token, and that of an editor who translates
	lea, root string // a leader of Steget's, and an administrator
	ida       *core.Record
}

func open(t *testing.T) *town {
	t.Helper()
	tn := &town{T: t, app: apptest.New(t), now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	bundle, clock := apptest.Locales(t), func() time.Time { return tn.now }
	sources := guide.Register(tn.app, guide.Config{Locales: bundle, Origin: "https://folje.example", Now: clock})
	sync.Register(tn.app, sync.Config{
		Locales: bundle, Sources: sources, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock,
	})
	translation.RegisterDesk(tn.app, translation.DeskConfig{Locales: bundle, Works: guide.Works(), Now: clock})
	unit := apptest.MustUnit(t, tn.app, "Granen")
	person := func(name string, roles ...string) *core.Record {
		return apptest.MustStaff(t, tn.app, name+"@example.org", roles, unit)
	}
	tn.cora = apptest.MustToken(t, person("cora", "coordinator"))
	tn.eva = apptest.MustToken(t, person("eva", "editor", "translator"))
	tn.lea = apptest.MustToken(t, person("lea", "steget"))
	tn.root = apptest.MustToken(t, person("root", "admin"))
	tn.ida = person("ida", "editor")
	tn.h = apptest.Handler(t, tn.app)
	return tn
}

func (tn *town) ask(who, method, path string, body any) apptest.Answer {
	tn.Helper()
	return apptest.Ask(tn, tn.h, who, method, path, body)
}

type body = map[string]any

// entry is one that may be saved, with the changes given.
func entry(key string, changes body) body {
	b := body{
		"key": key, "name": "Steget", "title": "Stödgrupp för barn", "also": []string{"stödgrupp"},
		"type": "service", "audience": "everyone", "ageFrom": 6, "ageTo": 12,
		"parts": []body{
			{"id": "a", "part": "summary", "kind": "paragraph", "text": "Barn träffar andra barn. Det är gratis."},
			{"id": "b", "part": "consent", "kind": "item", "text": "Föräldrarna säger ja."},
		},
		"staff":    []body{{"part": "requires", "text": "Samtycke av båda vårdnadshavarna."}},
		"contacts": []body{{"kind": "phone", "value": "040-628 04 12"}},
		"place":    body{"name": "Gula villan", "address": "Storgatan 1"},
		"related":  []string{}, "chain": []string{"school"}, "sensitive": false, "order": 10,
	}
	maps.Copy(b, changes)
	return b
}

// save stores as the coordinator and gives the record's id.
func (tn *town) save(collection string, b body) string {
	tn.Helper()
	who := tn.cora
	if collection == ofGroups {
		who = tn.lea
	}
	a := tn.ask(who, "POST", collection, b)
	if a.Status != http.StatusOK {
		tn.Fatalf("save: %d %s", a.Status, a.Body)
	}
	return a.Get("id").(string)
}

// change saves what the coordinator changed of what is stored.
func (tn *town) change(collection, id string, changes body) {
	tn.Helper()
	if a := tn.patch(tn.root, collection, id, changes); a.Status != http.StatusOK {
		tn.Fatalf("change: %d %s", a.Status, a.Body)
	}
}

func (tn *town) patch(who, collection, id string, changes body) apptest.Answer {
	tn.Helper()
	changes = maps.Clone(changes)
	if _, ok := changes["base"]; !ok {
		changes["base"] = tn.ask(tn.root, "GET", collection+"/"+id, nil).Get("base")
	}
	return tn.ask(who, "PATCH", collection+"/"+id, changes)
}

// fed is what a feed answered.
type fed struct {
	records map[string]body // by id
	gone    []any
	texts   map[string]any
	cursor  string
	raw     string
}

func (tn *town) read(path, after string) fed {
	tn.Helper()
	a := tn.ask("", "GET", path+"?after="+after, nil)
	if a.Status != http.StatusOK {
		tn.Fatalf("%s: %d %s", path, a.Status, a.Body)
	}
	f := fed{records: map[string]body{}, texts: a.Get("texts").(map[string]any), cursor: a.Get("cursor").(string), raw: string(a.Body)}
	f.gone, _ = a.Get("gone").([]any)
	all, _ := a.Get("records").([]any)
	for _, r := range all {
		f.records[r.(body)["id"].(string)] = r.(body)
	}
	return f
}

// says is what the numbers of segments say.
func (f fed) says(numbers any) (out []string) {
	for _, n := range numbers.([]any) {
		s, _ := f.texts[strconv.Itoa(int(n.(float64)))].(string)
		out = append(out, s)
	}
	return out
}

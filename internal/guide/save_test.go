package guide_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"folje/internal/guide"

	"github.com/pocketbase/dbx"
)

func TestWhoKeepsTheGuide(t *testing.T) {
	tn := open(t)
	id := tn.save(ofEntries, entry("steget", body{"owner": tn.ida.Id}))
	ida := tokenOf(t, tn.ida)
	for who, want := range map[string]struct{ read, create, update, drop int }{
		"":      {404, 400, 404, 404},
		tn.eva:  {200, 400, 404, 404},
		tn.lea:  {200, 400, 404, 404},
		ida:     {200, 400, 200, 404},
		tn.root: {200, 200, 200, 204},
	} {
		if a := tn.ask(who, "GET", ofEntries+"/"+id, nil); a.Status != want.read {
			t.Errorf("read: %d, want %d: %s", a.Status, want.read, a.Body)
		}
		if a := tn.ask(who, "POST", ofEntries, entry("other", nil)); a.Status != want.create {
			t.Errorf("create: %d, want %d: %s", a.Status, want.create, a.Body)
		}
		if a := tn.patch(who, ofEntries, id, body{"title": "Ny"}); a.Status != want.update {
			t.Errorf("update: %d, want %d: %s", a.Status, want.update, a.Body)
		}
		if want.drop == 404 {
			if a := tn.ask(who, "DELETE", ofEntries+"/"+id, nil); a.Status != want.drop {
				t.Errorf("delete: %d, want %d: %s", a.Status, want.drop, a.Body)
			}
		}
	}
	// Its owner keeps it right, and doesn't give it away.
	if a := tn.patch(ida, ofEntries, id, body{"owner": ""}); a.Status != http.StatusBadRequest || a.Get("data", "owner", "code") != "error.forbidden" {
		t.Errorf("its owner gives it away: %d %s", a.Status, a.Body)
	}
	if a := tn.patch(tn.cora, ofEntries, id, body{"owner": ""}); a.Status != http.StatusOK {
		t.Errorf("the coordinator takes it: %d %s", a.Status, a.Body)
	}
}

func TestWhoKeepsSupportGroups(t *testing.T) {
	tn := open(t)
	steget := tn.save(ofEntries, entry("steget", nil))
	group := body{"entry": steget, "title": "Sex till åtta", "ageFrom": 6, "ageTo": 8, "weekday": 3}
	id := tn.save(ofGroups, group)
	for name, who := range map[string]string{"nobody": "", "a coordinator": tn.cora, "an editor": tn.eva} {
		if a := tn.ask(who, "GET", ofGroups+"/"+id, nil); a.Status != http.StatusNotFound {
			t.Errorf("%s reads: %d %s", name, a.Status, a.Body)
		}
		if a := tn.ask(who, "GET", ofGroups, nil); len(a.Get("items").([]any)) != 0 {
			t.Errorf("%s lists: %s", name, a.Body)
		}
		if a := tn.ask(who, "POST", ofGroups, group); a.Status != http.StatusBadRequest {
			t.Errorf("%s writes: %d %s", name, a.Status, a.Body)
		}
	}
	// What is prepared is its leaders' until it is shown.
	places := own + "staff/support_groups/" + id + "/places/ar"
	if a := tn.ask(tn.eva, "GET", places, nil); a.Status != http.StatusOK || !strings.Contains(string(a.Body), "Sex till åtta") {
		t.Errorf("a translator reads what is shown: %d %s", a.Status, a.Body)
	}
	tn.change(ofGroups, id, body{"hidden": true})
	if a := tn.ask(tn.eva, "GET", places, nil); a.Status != http.StatusNotFound {
		t.Errorf("a translator reads what is hidden: %d %s", a.Status, a.Body)
	}
	if a := tn.ask(tn.eva, "GET", own+"staff/queue", nil); strings.Contains(string(a.Body), "Sex till åtta") {
		t.Errorf("a translator's queue: %s", a.Body)
	}
	if n, err := tn.app.CountRecords("segment_uses", dbx.HashExp{"record": id}); err != nil || n != 0 {
		t.Errorf("%d uses of its text, %v", n, err)
	}
	if a := tn.ask(tn.root, "GET", ofGroups+"/"+id, nil); a.Status != http.StatusOK || a.Get("weekday") != 3.0 {
		t.Errorf("an administrator reads: %d %s", a.Status, a.Body)
	}
}

// mistake is something wrong in what is sent, the field where it is told and how.
type mistake struct {
	collection  string
	body        body
	field, code string
}

// entryMistakes change a good entry, by what is wrong.
var entryMistakes = map[string]mistake{
	"no key":                   {ofEntries, body{"key": ""}, "key", "error.field_required"},
	"capitals":                 {ofEntries, body{"key": "Steget2"}, "key", "error.guide_key"},
	"a hyphen":                 {ofEntries, body{"key": "barn-halsa"}, "key", "error.guide_key"},
	"a place's key":            {ofEntries, body{"key": "steget_place"}, "key", "error.guide_key"},
	"the municipality's":       {ofEntries, body{"key": "municipality"}, "key", "error.guide_key"},
	"a key that is there":      {ofEntries, body{"key": "steget"}, "key", "error.guide_key_taken"},
	"no title":                 {ofEntries, body{"title": " \u200b "}, "title", "error.field_required"},
	"a long title":             {ofEntries, body{"title": strings.Repeat("å", 121)}, "title", "error.block_too_long"},
	"HTML in the title":        {ofEntries, body{"title": "Hjälp <b>nu</b>"}, "title", "error.guide_markup"},
	"HTML in a part":           {ofEntries, body{"parts": part("Se <a href='x'>här</a>.")}, "part.a", "error.guide_markup"},
	"HTML for staff":           {ofEntries, body{"staff": []body{{"part": "signs", "text": "<script>"}}}, "staff", "error.guide_markup"},
	"no type":                  {ofEntries, body{"type": ""}, "type", "error.field_required"},
	"another type":             {ofEntries, body{"type": "shop"}, "type", "error.field_invalid"},
	"no audience":              {ofEntries, body{"audience": ""}, "audience", "error.field_required"},
	"history for everybody":    {ofEntries, body{"type": "history"}, "audience", "error.guide_history"},
	"an age below":             {ofEntries, body{"ageFrom": -1}, "ageFrom", "error.guide_age"},
	"an age above":             {ofEntries, body{"ageTo": 21}, "ageTo", "error.guide_age"},
	"half an age":              {ofEntries, body{"ageTo": 7.5}, "ageTo", "error.guide_age"},
	"ages turned round":        {ofEntries, body{"ageFrom": 12, "ageTo": 6}, "ageTo", "error.guide_ages"},
	"an empty part":            {ofEntries, body{"parts": part(" ")}, "part.a", "error.block_empty"},
	"a long part":              {ofEntries, body{"parts": part(strings.Repeat("å", 2001))}, "part.a", "error.block_too_long"},
	"a part about nothing":     {ofEntries, body{"parts": []body{{"id": "a", "part": "weather", "text": "Sol."}}}, "part.a", "error.field_invalid"},
	"a heading":                {ofEntries, body{"parts": []body{{"id": "a", "part": "who", "kind": "heading", "text": "Sol."}}}, "part.a", "error.block_kind"},
	"parts of one id":          {ofEntries, body{"parts": append(part("En."), part("Två.")...)}, "part.a", "error.block_id"},
	"parts are a text":         {ofEntries, body{"parts": "Hej"}, "parts", "error.field_invalid"},
	"a name of nothing":        {ofEntries, body{"parts": part("Fråga {{.nobody}}.")}, "part.a", "error.guide_name_unknown"},
	"a name of staff's":        {ofEntries, body{"parts": part("Fråga {{.rutiner}}.")}, "part.a", "error.guide_name_unknown"},
	"a place of nothing":       {ofEntries, body{"title": "Kom till {{.nobody_place}}"}, "title", "error.guide_name_unknown"},
	"braces":                   {ofEntries, body{"parts": part("Fråga {{ steget }}.")}, "part.a", "error.guide_name_form"},
	"half a brace":             {ofEntries, body{"title": "Fråga {{.steget"}, "title", "error.guide_name_form"},
	"a note about nothing":     {ofEntries, body{"staff": []body{{"part": "weather", "text": "Sol."}}}, "staff", "error.field_invalid"},
	"an empty note":            {ofEntries, body{"staff": []body{{"part": "signs", "text": " \n "}}}, "staff", "error.field_required"},
	"letters for a number":     {ofEntries, body{"contacts": contact("phone", "ring oss")}, "contacts", "error.guide_phone"},
	"half a number":            {ofEntries, body{"contacts": contact("sms", "040-62")}, "contacts", "error.guide_phone"},
	"a number too long":        {ofEntries, body{"contacts": contact("phone", "040-628 04 12 628 04 12")}, "contacts", "error.guide_phone"},
	"no area code":             {ofEntries, body{"contacts": contact("phone", "628 04 12")}, "contacts", "error.guide_phone"},
	"no address":               {ofEntries, body{"contacts": contact("mail", "steget")}, "contacts", "error.guide_mail"},
	"two addresses":            {ofEntries, body{"contacts": contact("mail", "a@b.example, c@d.example")}, "contacts", "error.guide_mail"},
	"an address with more":     {ofEntries, body{"contacts": contact("mail", "a?bcc=c%40d.example&x=@b.example")}, "contacts", "error.guide_mail"},
	"an address at home":       {ofEntries, body{"contacts": contact("mail", "a@localhost")}, "contacts", "error.guide_mail"},
	"not secure":               {ofEntries, body{"contacts": contact("web", "http://a.example")}, "contacts", "error.guide_web"},
	"a script":                 {ofEntries, body{"contacts": contact("web", "javascript:alert(1)")}, "contacts", "error.guide_web"},
	"a password in an address": {ofEntries, body{"contacts": contact("web", "https://a:b@a.example")}, "contacts", "error.guide_web"},
	"a way nobody knows":       {ofEntries, body{"contacts": contact("pigeon", "x")}, "contacts", "error.field_invalid"},
	"nowhere to go":            {ofEntries, body{"contacts": contact("visit", " ")}, "contacts", "error.field_required"},
	"contacts are a text":      {ofEntries, body{"contacts": "040"}, "contacts", "error.field_invalid"},
	"a place that is a text":   {ofEntries, body{"place": "Gula villan"}, "place", "error.field_invalid"},
	"nothing related":          {ofEntries, body{"related": []string{"nobody"}}, "related", "error.guide_name_unknown"},
	"related to itself":        {ofEntries, body{"key": "self", "related": []string{"self"}}, "related", "error.guide_name_unknown"},
	"another chain":            {ofEntries, body{"chain": []string{"work"}}, "chain", "error.field_invalid"},
	"an owner who isn't":       {ofEntries, body{"owner": "nobody123456789"}, "owner", "error.field_invalid"},
	"many names":               {ofEntries, body{"also": strings.Split(strings.Repeat("x,", 21), ",")}, "also", "error.guide_too_many"},
}

// otherMistakes are those of worries, and of groups of an entry.
func otherMistakes(steget string) map[string]mistake {
	worry := func(changes body) body {
		b := body{"key": "sleep", "title": "Sömn", "synonyms": "vaken, natt", "guide": []string{steget}, "order": 1}
		maps.Copy(b, changes)
		return b
	}
	group := func(changes body) body {
		b := body{"entry": steget, "title": "Sex till åtta", "ageFrom": 6, "ageTo": 8, "from": "2026-09-01", "to": "2026-12-15"}
		maps.Copy(b, changes)
		return b
	}
	return map[string]mistake{
		"a worry's key":      {ofWorries, worry(body{"key": "Sömn"}), "key", "error.guide_key"},
		"a worry untitled":   {ofWorries, worry(body{"title": ""}), "title", "error.field_required"},
		"long synonyms":      {ofWorries, worry(body{"synonyms": strings.Repeat("å", 601)}), "synonyms", "error.block_too_long"},
		"no such entry":      {ofWorries, worry(body{"guide": []string{"nobody123456789"}}), "guide", "error.field_invalid"},
		"a name in a worry":  {ofWorries, worry(body{"title": "Om {{.nobody}}"}), "title", "error.guide_name_unknown"},
		"a group of nothing": {ofGroups, group(body{"entry": ""}), "entry", "error.field_required"},
		"a group untitled":   {ofGroups, group(body{"title": ""}), "title", "error.field_required"},
		"an eighth day":      {ofGroups, group(body{"weekday": 8}), "weekday", "error.field_invalid"},
		"an hour too many":   {ofGroups, group(body{"starts": "24:00"}), "starts", "error.guide_time"},
		"ends first":         {ofGroups, group(body{"starts": "16:00", "ends": "15:00"}), "ends", "error.guide_ends"},
		"no such day":        {ofGroups, group(body{"from": "2026-02-30"}), "from", "error.guide_day"},
		"a term turned":      {ofGroups, group(body{"from": "2026-12-30"}), "to", "error.guide_ends"},
		"publish a name":     {ofGroups, group(body{"publish": []string{"names"}}), "publish", "error.field_invalid"},
		"a group's ages":     {ofGroups, group(body{"ageFrom": 9}), "ageTo", "error.guide_ages"},
		"a group's HTML":     {ofGroups, group(body{"information": "<img src=x>"}), "information", "error.guide_markup"},
	}
}

// part is an entry's only part.
func part(says string) []body {
	return []body{{"id": "a", "part": "summary", "kind": "paragraph", "text": says}}
}

// contact is an entry's only contact.
func contact(kind, value string) []body { return []body{{"kind": kind, "value": value}} }

func TestWhatIsWrongIsToldAtTheField(t *testing.T) {
	tn := open(t)
	steget := tn.save(ofEntries, entry("steget", nil))
	tn.save(ofEntries, entry("rutiner", body{"audience": "staff"}))
	all := otherMistakes(steget)
	maps.Copy(all, entryMistakes)
	for name, c := range all {
		sent, who := c.body, tn.cora
		switch c.collection {
		case ofEntries:
			sent = entry("new", c.body)
		case ofGroups:
			who = tn.lea
		}
		a := tn.ask(who, "POST", c.collection, sent)
		if a.Status != http.StatusBadRequest || a.Get("data", c.field, "code") != c.code {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
			continue
		}
		if message, _ := a.Get("data", c.field, "message").(string); message == "" || message == c.code || strings.Contains(message, "<no value>") {
			t.Errorf("%s: the message is %q", name, message)
		}
	}
	if n, err := tn.app.CountRecords("guide_entries"); err != nil || n != 2 {
		t.Errorf("%d entries, %v", n, err)
	}
}

// What a municipality in Sweden writes is taken as it is.
func TestWhatIsRightIsSaved(t *testing.T) {
	tn := open(t)
	contacts := []body{}
	for _, number := range []string{"112", "114 14", "1177", "116 111", "0586-48 100", "040-628 04 12", "+46 40 628 04 12", "020-22 00 60", "(040) 628 04 12", "070-174 06 05"} {
		contacts = append(contacts, body{"kind": "phone", "value": number})
	}
	id := tn.save(ofEntries, entry("steget", body{
		"name": "  Steget ", "contacts": contacts, "also": []string{"trappan", " trappan", ""},
		"parts": []body{{"part": "summary", "text": "{{.steget}} finns i {{.steget_place}}, {{.municipality}}. 5 < 6 är sant."}, {"part": "who", "kind": "item", "text": "Barn."}},
		"staff": []body{{"part": "steering", "text": " En rad.\r\n\r\nEn  till. "}},
	}))
	a := tn.ask(tn.cora, "GET", ofEntries+"/"+id, nil)
	parts := a.Get("parts").([]any)
	if a.Get("name") != "Steget" || len(a.Get("also").([]any)) != 1 || parts[0].(body)["id"] != "p1" || parts[0].(body)["kind"] != "paragraph" || parts[1].(body)["id"] != "p2" {
		t.Errorf("stored is %s", a.Body)
	}
	if note := a.Get("staff").([]any)[0].(body)["text"]; note != "En rad.\n\nEn till." {
		t.Errorf("the note is %q", note)
	}
	if a.Get("checked") != "" || a.Get("reminded") != nil {
		t.Errorf("only the server says %s", a.Body)
	}
	for name, empty := range map[string]body{"also": {"also": nil}, "contacts": {"contacts": []body{}}, "place": {"place": nil}, "parts": {"parts": nil}} {
		if a := tn.patch(tn.cora, ofEntries, id, empty); a.Status != http.StatusOK {
			t.Errorf("no %s: %d %s", name, a.Status, a.Body)
		}
	}
	if len(guide.PartNames) != 8 || !slices.Contains(guide.NoteNames, "consult") {
		t.Error("the parts are others")
	}
}

func TestASaveFromAnOldTextIsAConflict(t *testing.T) {
	tn := open(t)
	steget := tn.save(ofEntries, entry("steget", nil))
	for collection, c := range map[string]struct {
		id  string
		who string
	}{
		ofEntries: {steget, tn.cora},
		ofWorries: {tn.save(ofWorries, body{"key": "sleep", "title": "Sömn", "guide": []string{steget}}), tn.cora},
		ofGroups:  {tn.save(ofGroups, body{"entry": steget, "title": "Sex", "ageFrom": 6, "ageTo": 8}), tn.lea},
	} {
		if a := tn.ask(c.who, "PATCH", collection+"/"+c.id, body{"title": "Utan"}); a.Status != http.StatusBadRequest || a.Get("data", "base", "code") != "error.field_required" {
			t.Errorf("%s without a base: %d %s", collection, a.Status, a.Body)
		}
		if a := tn.patch(c.who, collection, c.id, body{"title": "Först", "base": 1}); a.Status != http.StatusOK || a.Get("base") != 2.0 {
			t.Errorf("%s: %d %s", collection, a.Status, a.Body)
		}
		a := tn.patch(c.who, collection, c.id, body{"title": "Sedan", "base": 1})
		if a.Status != http.StatusConflict || a.Get("data", "current", "title") != "Först" {
			t.Errorf("%s from an old base: %d %s", collection, a.Status, a.Body)
		}
		if a := tn.patch(c.who, collection, c.id, body{"title": "Först", "base": 1}); a.Status != http.StatusOK || a.Get("base") != 2.0 {
			t.Errorf("%s once more after a lost answer: %d %s", collection, a.Status, a.Body)
		}
	}
	if a := tn.patch(tn.cora, ofEntries, steget, body{"key": "trappan"}); a.Status != http.StatusBadRequest || a.Get("data", "key", "code") != "error.guide_key_fixed" {
		t.Errorf("another key: %d %s", a.Status, a.Body)
	}
}

// Entries, worries and groups belong to no unit: every translator finds them in
// her queue, those that are sensitive too.
func TestEveryTranslatorTranslatesTheGuide(t *testing.T) {
	tn := open(t)
	steget := tn.save(ofEntries, entry("steget", body{"sensitive": true}))
	tn.save(ofEntries, entry("rutiner", body{"audience": "staff"}))
	tn.save(ofEntries, entry("hidden", body{"hidden": true}))
	worry := tn.save(ofWorries, body{"key": "sleep", "title": "Sömn", "synonyms": "natt", "guide": []string{steget}})
	group := tn.save(ofGroups, body{"entry": steget, "title": "Sex till åtta", "ageFrom": 6, "ageTo": 8})
	titles := map[any]any{}
	for _, task := range tn.ask(tn.eva, "GET", own+"staff/queue", nil).Get("tasks").([]any) {
		if task := task.(body); task["locale"] == "ar" {
			titles[task["id"]] = task["title"]
		}
	}
	if len(titles) != 3 || titles[steget] != "Steget" || titles[worry] != "Sömn" || titles[group] != "Sex till åtta" {
		t.Errorf("her queue has %v", titles)
	}
}

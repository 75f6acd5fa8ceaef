package pack

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

const goodSteget = `{
  "key": "steget", "name": "Steget", "title": "En grupp för barn",
  "also": ["barngrupp"], "type": "service", "audience": "everyone", "ageFrom": 6, "ageTo": 12,
  "parts": [{"part": "summary", "kind": "paragraph", "sentences": [
    "{{.steget}} är gratis.",
    "Fråga {{.guiden}}."]}],
  "staff": [{"part": "requires", "text": "Samtycke krävs."}],
  "contacts": [
    {"kind": "phone", "value": "0980-319 231"},
    {"kind": "mail", "value": "steget@provby.example"},
    {"kind": "web", "value": "https://www.bris.se", "label": "Bris"}],
  "place": {"name": "Huset", "address": "Ågatan 9"},
  "related": ["guiden"], "chain": ["school"], "sensitive": true, "urgent": false, "ask": true,
  "checkedDays": -40, "order": 1
}`

const goodGuiden = `{
  "key": "guiden", "name": "", "title": "Vart du vänder dig", "also": [], "type": "knowledge", "audience": "everyone",
  "ageFrom": 0, "ageTo": 20, "parts": [], "staff": [], "contacts": [], "related": [], "chain": [],
  "sensitive": false, "urgent": false, "ask": false, "order": 2
}`

const goodContentEnglish = `{
  "status": "machine",
  "sentences": {
    "{{.steget}} är gratis.": "{{.steget}} is free.",
    "Fråga {{.guiden}}.": "Ask {{.guiden}}."
  },
  "reviewed": {
    "Fråga {{.guiden}}.": "Granby kommun (CC0-1.0)"
  }
}`

func goodContent() map[string]string {
	return map[string]string{
		"pack.json":            goodMain,
		"guide/steget.json":    goodSteget,
		"guide/guiden.json":    goodGuiden,
		"worries.json":         "{\"worries\": [\n{\"key\": \"alcohol\", \"title\": \"Alkohol\", \"synonyms\": \"sprit, vin\", \"guide\": [\"steget\"], \"order\": 1}\n]}",
		"themes.json":          "{\"themes\": [\n{\"key\": \"halsa\", \"title\": \"Hälsa\", \"also\": [], \"information\": [\"Vi berättar.\"], \"discussion\": [\"Vad gör vi?\"], \"think\": [], \"order\": 1}\n]}",
		"activities.json":      "{\"activities\": [\n{\"unit\": \"eken\", \"title\": \"Öppet hus\", \"information\": [\"Kom.\"], \"ageFrom\": 0, \"ageTo\": 5, \"weekday\": 2, \"start\": \"09:00\", \"end\": \"11:00\", \"rrule\": \"FREQ=WEEKLY\"}\n]}",
		"questions.json":       "{\"questions\": [\n{\"topic\": \"sömn\", \"ageFrom\": 1, \"ageTo\": 5, \"text\": \"Hur sover vi?\"}\n]}",
		"phrases.json":         "{\"phrases\": [\n{\"topic\": \"tack\", \"ageFrom\": 0, \"ageTo\": 0, \"text\": \"Tack!\"}\n]}",
		"terms.json":           "{\"begins\": 2026, \"terms\": [\n{\"key\": \"autumn\", \"name\": \"Hösten 2026\", \"starts\": \"2026-08-18\", \"ends\": \"2026-12-18\", \"free\": [{\"name\": \"Höstlov\", \"from\": \"2026-10-26\", \"to\": \"2026-10-30\"}]}],\n\"plans\": [{\"unit\": \"eken\", \"term\": \"autumn\", \"theme\": \"halsa\", \"yearFrom\": 0, \"yearTo\": 3, \"day\": \"2026-11-12\"}],\n\"years\": [{\"unit\": \"eken\", \"group\": \"lill\", \"yearFrom\": 0, \"yearTo\": 0}]}",
		"support_groups.json":  "{\"groups\": [\n{\"entry\": \"steget\", \"term\": \"autumn\", \"title\": \"Grupp\", \"information\": [\"Vi leker.\"], \"ageFrom\": 6, \"ageTo\": 8, \"from\": \"2026-09-01\", \"to\": \"2026-12-11\", \"weekday\": 3, \"starts\": \"14:30\", \"ends\": \"16:00\", \"places\": 6, \"publish\": []}\n]}",
		"translations/en.json": goodContentEnglish,
	}
}

func contentWith(t *testing.T, file, old, new string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for name, good := range goodContent() {
		if name == file {
			if !strings.Contains(good, old) {
				t.Fatalf("%s does not hold %q", file, old)
			}
			good = strings.Replace(good, old, new, 1)
		}
		files[name] = &fstest.MapFile{Data: []byte(good)}
	}
	return files
}

func TestContentLoads(t *testing.T) {
	p, err := Load(contentWith(t, "", "", ""))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Guide) != 2 || len(p.Worries) != 1 || len(p.Themes) != 1 || len(p.Activities) != 1 || len(p.Questions) != 1 || len(p.Phrases) != 1 ||
		len(p.School.Plans) != 1 || len(p.SupportGroups) != 1 {
		t.Errorf("read %+v", p)
	}
	if by := p.Translations()[1].ReviewedBy; by != "Granby kommun (CC0-1.0)" {
		t.Errorf("reviewed by %q", by)
	}
}

func TestContentNamesWhatIsWrong(t *testing.T) {
	const steget, english = "guide/steget.json", "translations/en.json"
	for _, c := range []struct{ name, file, old, new, want string }{
		{"unknown field", steget, `"staff"`, `"phone": "", "staff"`, `guide/steget.json:7: json: unknown field "phone"`},
		{"wrong type", steget, `"ageFrom": 6`, `"ageFrom": "six"`, `guide/steget.json:3: json: cannot unmarshal string`},
		{"another key", steget, `"key": "steget"`, `"key": "stegen"`, `guide/steget.json:2: key: is "stegen" in a file called steget.json`},
		{"hostile key", steget, `"key": "steget"`, `"key": "../../etc/passwd"`, `guide/steget.json:2: key: "../../etc/passwd" is not a key`},
		{"no title", steget, `"En grupp för barn"`, `""`, `guide/steget.json:2: title: is missing`},
		{"long title", steget, `"En grupp för barn"`, `"` + strings.Repeat("barn", 40) + `"`, `guide/steget.json:2: title: is longer`},
		{"HTML in a title", steget, `"En grupp för barn"`, `"En <b>grupp</b>"`, `guide/steget.json:2: title: holds HTML`},
		{"script in a note", steget, `"Samtycke krävs."`, `"<script>alert(1)</script>"`, `guide/steget.json:7: staff[0].text: holds HTML`},
		{"type", steget, `"service"`, `"shop"`, `guide/steget.json:3: type: is "shop"`},
		{"audience", steget, `"everyone"`, `"all"`, `guide/steget.json:3: audience: is "all"`},
		{"history for everybody", steget, `"service"`, `"history"`, `guide/steget.json:3: audience: is "everyone", but what has ended`},
		{"ages", steget, `"ageTo": 12`, `"ageTo": 22`, `guide/steget.json:3: ageTo: 6–22 are no ages`},
		{"part", steget, `"summary"`, `"intro"`, `guide/steget.json:4: parts[0].part: is "intro"`},
		{"kind of part", steget, `"paragraph"`, `"heading"`, `guide/steget.json:4: parts[0].kind: is "heading"`},
		{"two segments", steget, `är gratis."`, `är gratis. Kom."`, `guide/steget.json:5: parts[0].sentences[0]: is not exactly one segment`},
		{"a name that isn't there", steget, `{{.guiden}}`, `{{.anden}}`, `guide/steget.json:6: parts[0].sentences[1]: names "anden"`},
		{"a brace", steget, `{{.guiden}}`, `{guiden}`, `guide/steget.json:6: parts[0].sentences[1]: holds a brace`},
		{"kind of note", steget, `"requires"`, `"needs"`, `guide/steget.json:7: staff[0].part: is "needs"`},
		{"number", steget, `0980-319 231`, `ring oss`, `guide/steget.json:9: contacts[0].value: "ring oss" is none`},
		{"address", steget, `steget@provby.example`, `steget(at)provby`, `guide/steget.json:10: contacts[1].value`},
		{"page", steget, `https://www.bris.se`, `javascript:alert(1)`, `guide/steget.json:11: contacts[2].value`},
		{"address with a copy to another", steget, `"steget@provby.example"`, `"a?bcc=c%40d.example&x=@provby.example"`, `guide/steget.json:10: contacts[1].value: "a?bcc=c%40d.example&x=@provby.example" is none of that kind`},
		{"kind of contact", steget, `"mail"`, `"fax"`, `guide/steget.json:10: contacts[1].kind: is "fax"`},
		{"broken reference", steget, `["guiden"]`, `["anden"]`, `guide/steget.json:13: related[0]: there is no entry "anden"`},
		{"points at itself", steget, `["guiden"]`, `["steget"]`, `guide/steget.json:13: related[0]: is the entry itself`},
		{"chain", steget, `["school"]`, `["college"]`, `guide/steget.json:13: chain[0]: is "college"`},
		{"checked tomorrow", steget, `-40`, `1`, `guide/steget.json:14: checkedDays: lies ahead`},
		{"worry without an entry", "worries.json", `["steget"]`, `["stegen"]`, `worries.json:2: worries[0].guide[0]: there is no entry "stegen"`},
		{"long synonyms", "worries.json", `sprit, vin`, strings.Repeat("sprit, ", 100) + "vin", `worries.json:2: worries[0].synonyms: is longer`},
		{"a theme's line", "themes.json", `"Vi berättar."`, `""`, `themes.json:2: themes[0].information[0]: is missing`},
		{"unit of an activity", "activities.json", `"eken"`, `"asken"`, `activities.json:2: activities[0].unit: there is no unit "asken"`},
		{"rule", "activities.json", `FREQ=WEEKLY`, `FREQ=SECONDLY`, `activities.json:2: activities[0].rrule: "FREQ=SECONDLY" is not a rule`},
		{"weekday", "activities.json", `"weekday": 2`, `"weekday": 8`, `activities.json:2: activities[0].weekday: 8 is no day`},
		{"a name in the bank", "questions.json", `Hur sover vi?`, `Hur sover {{.steget}}?`, `questions.json:2: questions[0].text: holds a brace`},
		{"plan of no theme", "terms.json", `"theme": "halsa"`, `"theme": "sorg"`, `terms.json:3: plans[0].theme: there is no theme "sorg"`},
		{"day", "terms.json", `2026-11-12`, `2026-11-31`, `terms.json:3: plans[0].day`},
		{"years of school", "terms.json", `"yearTo": 3`, `"yearTo": 10`, `terms.json:3: plans[0].yearTo: 0–10 are no years`},
		{"group of no entry", "support_groups.json", `"steget"`, `"stegen"`, `support_groups.json:2: groups[0].entry: there is no entry`},
		{"what is published", "support_groups.json", `"publish": []`, `"publish": ["names"]`, `support_groups.json:2: groups[0].publish[0]: is "names"`},
		{"lost name", english, `{{.steget}} is free.`, `Steget is free.`, `translations/en.json:4: sentences.{{.steget}} är gratis.: does not name the same`},
		{"other name", english, `{{.steget}} is free.`, `{{.guiden}} is free.`, `translations/en.json:4: sentences.{{.steget}} är gratis.: does not name the same`},
		{"reviewed, not there", english, `"Fråga {{.guiden}}.": "Granby`, `"Fråga oss.": "Granby`, `translations/en.json:8: reviewed.Fråga oss.: is reviewed, but not translated`},
		{"reviewed by nobody", english, `"Granby kommun (CC0-1.0)"`, `""`, `translations/en.json:8: reviewed.Fråga {{.guiden}}.: is missing`},
		{"twice", "worries.json", `"order": 1`, `"order": 1, "order": 2`, `worries.json:2: worries[0].order: is there twice`},
		{"not JSON", "phrases.json", `]}`, `]`, `phrases.json:`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(contentWith(t, c.file, c.old, c.new))
			if said := fmt.Sprint(err); !strings.Contains(said, c.want) {
				t.Errorf("the error is %v, without %q", err, c.want)
			}
		})
	}
}

// A pack from elsewhere leads nowhere out of its folder, and fills no memory.
func TestContentComesFromPlainFiles(t *testing.T) {
	for name, plant := range map[string]func(dir string) error{
		`guide/steget.json: is no regular file`: func(dir string) error {
			return relink(filepath.Join(dir, "guide/steget.json"), "/etc/hostname")
		},
		`worries.json: is no regular file`: func(dir string) error { return relink(filepath.Join(dir, "worries.json"), "themes.json") },
		`guide: is no folder`: func(dir string) error {
			if err := os.Rename(filepath.Join(dir, "guide"), filepath.Join(dir, "other")); err != nil {
				return err
			}
			return os.Symlink("other", filepath.Join(dir, "guide"))
		},
		`themes.json: is no regular file`: func(dir string) error { return os.Truncate(filepath.Join(dir, "themes.json"), maxFile+1) },
		`phrases.json: is no regular file`: func(dir string) error {
			at := filepath.Join(dir, "phrases.json")
			return errorsOf(os.Remove(at), os.Mkdir(at, 0o700))
		},
		`guide: holds 501 files`: func(dir string) error {
			for i := range maxFiles - 1 {
				if err := os.WriteFile(filepath.Join(dir, "guide", fmt.Sprintf("x%d.json", i)), []byte("{}"), 0o600); err != nil {
					return err
				}
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, content := range goodContent() {
				at := filepath.Join(dir, file)
				if err := errorsOf(os.MkdirAll(filepath.Dir(at), 0o700), os.WriteFile(at, []byte(content), 0o600)); err != nil {
					t.Fatal(err)
				}
			}
			if err := plant(dir); err != nil {
				t.Fatal(err)
			}
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = root.Close() }()
			if _, err := Load(root.FS()); !strings.Contains(fmt.Sprint(err), name) {
				t.Errorf("%.200v", err)
			}
		})
	}
}

func relink(at, to string) error { return errorsOf(os.Remove(at), os.Symlink(to, at)) }

func errorsOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestAnswersAreReadStrictly(t *testing.T) {
	p, err := Load(contentWith(t, "", "", ""))
	if err != nil {
		t.Fatal(err)
	}
	form, err := p.Form()
	if err != nil {
		t.Fatal(err)
	}
	if a, err := p.ReadAnswers("a.json", form); err != nil || !*a["steget"].Have || a["steget"].Name != "Steget" || len(a) != 1 {
		t.Errorf("the form reads as %+v, %v", a, err)
	}
	for said, want := range map[string]string{
		"{\"services\": {\n\"anden\": {\"have\": true}}}":                     `a.json:2: services.anden: there is no entry`,
		"{\"services\": {\n\"steget\": {\"name\": \"X\"}}}":                   `a.json:2: services.steget.have: is missing`,
		"{\"services\": {\n\"steget\": {\"have\": true, \"number\": \"1\"}}}": `a.json:2: json: unknown field "number"`,
		"{\"services\": {\n\"steget\": {\"have\": true, \"name\": \"<i>\"}}}": `a.json:2: services.steget.name: holds HTML`,
	} {
		if _, err := p.ReadAnswers("a.json", []byte(said)); !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%s: %v", said, err)
		}
	}
}

func TestASchoolYearIsMovedByTheCalendar(t *testing.T) {
	for day, want := range map[string]string{"2026-08-18": "2027-08-17", "2026-12-02": "2027-12-01", "2027-02-16": "2028-02-15", "": ""} {
		if got := Moved(day, 1); got != want {
			t.Errorf("%s is %s a year later, not %s", day, got, want)
		}
	}
	if got := renamed("Höstterminen 2026", 2); got != "Höstterminen 2028" {
		t.Error(got)
	}
}

func TestPersonalIsPointedOut(t *testing.T) {
	for _, s := range []string{"Ring 0980-319 231.", "Ring +46 980 31 92 31.", "Skriv till a@b.se nu."} {
		if !reachable.MatchString(s) {
			t.Errorf("%s leads to nobody", s)
		}
	}
	if s := "Ring 114 14, 1177 eller 116 111, 2016–2017."; reachable.MatchString(s) {
		t.Errorf("%s leads to %s", s, reachable.FindString(s))
	}
}

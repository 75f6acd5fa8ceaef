package pack

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const goodMain = `{
  "name": "Provby", "licence": "CC0-1.0", "note": "Invented.",
  "municipality": {"name": "Provby kommun", "address": "Storgatan 1"},
  "units": [{"key": "eken", "name": "Eken", "kind": "preschool", "authority": "Nämnden", "address": "Ekvägen 2",
    "groups": [{"key": "lill", "name": "Lill"}]}],
  "staff": [{"name": "Ida Berg", "email": "ida@provby.example", "roles": ["editor"], "units": ["eken"], "locales": []}]
}`

const goodLetter = `{
  "author": "ida@provby.example",
  "meeting": {"unit": "eken", "groups": ["lill"], "day": -20, "start": "17:30", "end": "19:00", "place": "Eken",
    "information": ["Vi berättar."], "question": ["Hur kan vi tillsammans leka mer?"]},
  "letter": {
    "published": {"after": 1, "clock": "15:00"},
    "title": ["Lek"],
    "blocks": [{"kind": "paragraph", "sentences": [
      "Hej!",
      "Vi ses {day:4} kl. 9.30."]}],
    "correction": {"after": 2, "clock": "09:00", "blocks": [{"kind": "item", "sentences": ["Hej!"]}]}
  }
}`

const goodGlossary = `{"words": [
  {"term": "Lov", "explanation": "Skolan är stängd. Barnen är lediga.", "forms": ["lovet", "loven"]}
]}`

const goodEnglish = `{
  "status": "draft",
  "sentences": {
    "Hej!": "Hello!",
    "Vi ses {day:4} kl. 9.30.": "See you on {day:4} at 9.30.",
    "Lov": "holiday"
  }
}`

// packWith returns the good pack with one replacement made in whichever file holds old.
func packWith(t *testing.T, old, new string) fstest.MapFS {
	t.Helper()
	files, found := fstest.MapFS{"README.md": {Data: []byte("<b>not read</b>")}}, 0
	for name, good := range map[string]string{"pack.json": goodMain, "letters/lek.json": goodLetter,
		"glossary.json": goodGlossary, "translations/en.json": goodEnglish} {
		found += strings.Count(good, old)
		files[name] = &fstest.MapFile{Data: []byte(strings.Replace(good, old, new, 1))}
	}
	if found == 0 {
		t.Fatalf("the good pack does not hold %q", old)
	}
	return files
}

func TestLoad(t *testing.T) {
	p, err := Load(packWith(t, "Provby", "Provby"))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Entries) != 1 || p.Entries[0].File != "letters/lek.json" || p.Entries[0].Letter == nil {
		t.Errorf("read %+v", p.Entries)
	}
	if len(p.Words) != 1 || p.Words[0].Term != "Lov" || len(p.Words[0].Forms) != 2 {
		t.Errorf("the words are %+v", p.Words)
	}
	want := []Translation{{"en", "Hej!", "Hello!", "draft", ""}, {"en", "Vi ses {day:4} kl. 9.30.", "See you on {day:4} at 9.30.", "draft", ""}, {"en", "Lov", "holiday", "draft", ""}}
	if got := p.Translations(); !slices.Equal(got, want) {
		t.Errorf("the translations are %v", got)
	}
}

// Neither a glossary nor translations must be there.
func TestLoadSwedishOnly(t *testing.T) {
	files := packWith(t, "Provby", "Provby")
	delete(files, "glossary.json")
	delete(files, "translations/en.json")
	if p, err := Load(files); err != nil || len(p.Words)+len(p.Locales) != 0 {
		t.Errorf("%+v %v", p, err)
	}
}

// inLine is a file's name with the line.
var inLine = regexp.MustCompile(`(\.json):\d+:`)

// mistakes are what is changed in a good pack, and what is said of it.
var mistakes = []struct{ name, old, new, want string }{
	{"unknown field", `"note"`, `"nota"`, `pack.json: json: unknown field "nota"`},
	{"unknown field in a letter", `"place"`, `"plats"`, `letters/lek.json: json: unknown field "plats"`},
	{"wrong type", `"day": -20`, `"day": "soon"`, `letters/lek.json: json: cannot unmarshal string into Go struct field Meeting.meeting.day`},
	{"two values", goodLetter, goodLetter + "{}", `letters/lek.json: something follows the end`},
	{"not JSON", goodMain, "name: Provby", `pack.json: invalid character`},
	{"no name", `"name": "Provby"`, `"name": ""`, `pack.json: name: is missing`},
	{"kind of unit", `"preschool"`, `"creche"`, `pack.json: units[0].kind: is "creche"`},
	{"key", `"key": "lill"`, `"key": "Lill!"`, `pack.json: units[0].groups[0].key: "Lill!" is not a key`},
	{"role", `["editor"]`, `["boss"]`, `pack.json: staff[0].roles[0]: is "boss"`},
	{"unit of staff", `"units": ["eken"]`, `"units": ["asken"]`, `pack.json: staff[0].units[0]: there is no unit "asken"`},
	{"address", `"email": "ida@provby.example"`, `"email": "ida"`, `pack.json: staff[0].email: "ida" is not an e-mail`},
	{"author", `"author": "ida@`, `"author": "eva@`, `letters/lek.json: author: "eva@provby.example" is not an editor`},
	{"unit", `"unit": "eken"`, `"unit": "asken"`, `letters/lek.json: meeting.unit: there is no unit "asken"`},
	{"group", `"groups": ["lill"]`, `"groups": ["stor"]`, `letters/lek.json: meeting.groups[0]: "eken" has no group "stor"`},
	{"clock", `"17:30"`, `"17.30"`, `letters/lek.json: meeting.start: "17.30" is not a time`},
	{"end before start", `"19:00"`, `"17:00"`, `letters/lek.json: meeting.end: 17:00 is not after`},
	{"not yet", `"day": -20`, `"day": -3`, `letters/lek.json: letter.published: does not lie in the past`},
	{"correction first", `"after": 2`, `"after": 1`, `letters/lek.json: letter.correction: does not come after`},
	{"status", `"status": "draft"`, `"status": "perfect"`, `translations/en.json:2: status: is "perfect"`},
	{"kind of block", `"kind": "item"`, `"kind": "title"`, `letters/lek.json: letter.correction.blocks[0].kind: "title" does not belong`},
	{"title too long", `["Lek"]`, `["` + strings.Repeat("lek ", 40) + `lek"]`, `letters/lek.json: letter.title: error.block_too_long`},
	{"no title", `["Lek"]`, `[]`, `letters/lek.json: letter.title: error.block_empty`},
	{"empty sentence", `      "Hej!",`, `      "",`, `letters/lek.json:9: letter.blocks[0].sentences[0]: is missing`},
	{"two segments", `      "Hej!",`, `      "Hej! Hopp!",`, `letters/lek.json:9: letter.blocks[0].sentences[0]: is not exactly one segment`},
	{"half a segment", `      "Hej!",`, `      "Hej och",`, `letters/lek.json:9: letter.blocks[0].sentences[0]: is not exactly one segment`},
	{"other day", `on {day:4}`, `on {day:5}`, `translations/en.json:5: sentences.Vi ses {day:4} kl. 9.30.: does not name the same days`},
	{"brace", `"Hello!"`, `"Hello {name}!"`, `translations/en.json:4: sentences.Hej!: holds a brace`},
	{"two translations", `"Lov": "holiday"`, `"Hej!": "Hi!"`, `translations/en.json:6: sentences.Hej!: is there twice`},
	{"said nowhere", `"Hej!": "Hello!"`, `"Hejsan!": "Hello!"`, `translations/en.json:4: sentences.Hejsan!: is said nowhere`},
	{"empty translation", `"holiday"`, `""`, `translations/en.json:6: sentences.Lov: is missing`},
	{"unknown field of a locale", `"sentences": {`, `"texts": {`, `translations/en.json:3: json: unknown field "texts"`},
	{"broken locale", `"Hello!",`, `"Hello!"`, `translations/en.json:5: invalid character`},
	{"no explanation", `"Skolan är stängd. Barnen är lediga."`, `""`, `glossary.json:2: words[0].explanation: is missing`},
	{"long term", `"term": "Lov"`, `"term": "` + strings.Repeat("lov", 41) + `"`, `glossary.json:2: words[0].term: is longer`},
	{"capitals in a form", `"lovet"`, `"Lovet"`, `glossary.json:2: words[0].forms[0]: "Lovet" is not in lower case`},
	{"a form twice", `"loven"`, `"lovet"`, `glossary.json:2: words[0].forms[1]: "lovet" is there twice`},
	{"empty form", `"loven"`, `""`, `glossary.json:2: words[0].forms[1]: is missing`},
	{"a term twice", `]}` + "\n" + `]}`, `]}, {"term": "lov", "explanation": "x"}]}`, `glossary.json:2: words[1].term: "lov" is there twice`},
	{"tag", `"Hello!"`, `"<b>Hello!</b>"`, `translations/en.json:4: sentences.Hej!: holds HTML`},
	{"entity", `"Invented."`, `"Invented&nbsp;."`, `pack.json: note: holds HTML`},
	{"invitation to come", `"question": ["Hur kan vi tillsammans leka mer?"]`, `"question": ["Hur kan vi tillsammans leka mer?"], "invitation": {"sent": {"before": -90, "clock": "13:00"}}`, `letters/lek.json: meeting.invitation.sent: does not lie in the past`},
	{"answer before it", `"question": ["Hur kan vi tillsammans leka mer?"]`, `"question": ["Hur kan vi tillsammans leka mer?"], "invitation": {"sent": {"before": 9, "clock": "13:00"}, "answers": [{"given": {"before": 9, "clock": "12:59"}, "locale": "sv", "status": "accepted"}]}`, `letters/lek.json: meeting.invitation.answers[0].given: does not come after`},
	{"unknown answer", `"question": ["Hur kan vi tillsammans leka mer?"]`, `"question": ["Hur kan vi tillsammans leka mer?"], "invitation": {"sent": {"before": 9, "clock": "13:00"}, "answers": [{"given": {"before": 8, "clock": "12:59"}, "locale": "sv", "status": "maybe"}]}`, `letters/lek.json: meeting.invitation.answers[0].status: is "maybe"`},
	{"deadline after it", `"question": ["Hur kan vi tillsammans leka mer?"]`, `"question": ["Hur kan vi tillsammans leka mer?"], "invitation": {"sent": {"before": 9, "clock": "13:00"}, "bookBy": {"before": 0, "clock": "18:00"}}`, `letters/lek.json: meeting.invitation.bookBy: does not lie between`},
	{"wish to come", `"name": "Lill"`, `"name": "Lill", "wishes": [{"days": -1, "text": "Mer lek"}]`, `pack.json: units[0].groups[0].wishes[0].days: -1 lies ahead`},
	{"white space", `"Vi berättar."`, `"Vi  berättar."`, `letters/lek.json:4: meeting.information[0]: holds white space`},
}

func TestLoadNamesWhatIsWrong(t *testing.T) {
	for _, c := range mistakes {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(packWith(t, c.old, c.new))
			said := fmt.Sprint(err)
			if !inLine.MatchString(c.want) {
				said = inLine.ReplaceAllString(said, "$1:")
			}
			if !strings.Contains(said, c.want) {
				t.Errorf("the error is %v, without %q", err, c.want)
			}
			if f := (Fault{}); err != nil && !errors.As(err, &f) {
				t.Errorf("%T holds no Fault", err)
			}
		})
	}
}

func TestLoadNamesEveryFault(t *testing.T) {
	files := packWith(t, `"place": "Eken"`, `"place": ""`)
	files["letters/annan.json"] = &fstest.MapFile{Data: []byte(strings.Replace(goodLetter, `"author": "ida@`, `"author": "eva@`, 1))}
	_, err := Load(files)
	for _, want := range []string{"letters/annan.json: author", "letters/lek.json: meeting.place"} {
		if !strings.Contains(inLine.ReplaceAllString(fmt.Sprint(err), "$1:"), want) {
			t.Errorf("the error is %v, without %q", err, want)
		}
	}
}

func TestLoadWithoutAPack(t *testing.T) {
	if _, err := Load(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "pack.json") {
		t.Errorf("the error is %v", err)
	}
}

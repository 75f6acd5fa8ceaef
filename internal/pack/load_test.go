package pack

import (
	"errors"
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
  "status": {"en": "draft"},
  "meeting": {"unit": "eken", "groups": ["lill"], "day": -20, "start": "17:30", "end": "19:00", "place": "Eken",
    "information": [{"sv": "Vi berättar."}], "question": [{"sv": "Hur kan vi tillsammans leka mer?"}]},
  "letter": {
    "published": {"after": 1, "clock": "15:00"},
    "title": [{"sv": "Lek"}],
    "blocks": [{"kind": "paragraph", "sentences": [
      {"sv": "Hej!", "en": "Hello!"},
      {"sv": "Vi ses {day:4} kl. 9.30.", "en": "See you on {day:4} at 9.30."}]}],
    "correction": {"after": 2, "clock": "09:00", "blocks": [{"kind": "item", "sentences": [{"sv": "Hej!"}]}]}
  }
}`

// packWith returns the good pack with one replacement made in whichever file holds old.
func packWith(t *testing.T, old, new string) fstest.MapFS {
	t.Helper()
	if strings.Count(goodMain, old)+strings.Count(goodLetter, old) == 0 {
		t.Fatalf("the good pack does not hold %q", old)
	}
	return fstest.MapFS{
		"pack.json":        {Data: []byte(strings.Replace(goodMain, old, new, 1))},
		"letters/lek.json": {Data: []byte(strings.Replace(goodLetter, old, new, 1))},
		"README.md":        {Data: []byte("<b>not read</b>")},
	}
}

func TestLoad(t *testing.T) {
	p, err := Load(packWith(t, "Provby", "Provby"))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Entries) != 1 || p.Entries[0].File != "letters/lek.json" || p.Entries[0].Letter == nil {
		t.Errorf("read %+v", p.Entries)
	}
}

func TestLoadNamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
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
		{"status", `"en": "draft"`, `"en": "perfect"`, `letters/lek.json: status.en: is "perfect"`},
		{"locale", `"en": "Hello!"`, `"English": "Hello!"`, `letters/lek.json: letter.blocks[0].sentences[0].English: "English" is not a locale`},
		{"kind of block", `"kind": "item"`, `"kind": "title"`, `letters/lek.json: letter.correction.blocks[0].kind: "title" does not belong`},
		{"title too long", `"sv": "Lek"`, `"sv": "` + strings.Repeat("lek ", 40) + `lek"`, `letters/lek.json: letter.title: error.block_too_long`},
		{"no title", `[{"sv": "Lek"}]`, `[]`, `letters/lek.json: letter.title: error.block_empty`},
		{"no source", `{"sv": "Hej!", "en"`, `{"en"`, `letters/lek.json: letter.blocks[0].sentences[0].sv: is missing`},
		{"two segments", `"sv": "Hej!"`, `"sv": "Hej! Hopp!"`, `letters/lek.json: letter.blocks[0].sentences[0].sv: is not exactly one segment`},
		{"half a segment", `"sv": "Hej!"`, `"sv": "Hej och"`, `letters/lek.json: letter.blocks[0].sentences[0].sv: is not exactly one segment`},
		{"other day", `on {day:4}`, `on {day:5}`, `letters/lek.json: letter.blocks[0].sentences[1].en: does not name the same days`},
		{"brace", `"Hello!"`, `"Hello {name}!"`, `letters/lek.json: letter.blocks[0].sentences[0].en: holds a brace`},
		{"two translations", `[{"sv": "Hej!"}]`, `[{"sv": "Hej!", "en": "Hi!"}]`, `letters/lek.json: letter.correction.blocks[0].sentences[0].en: "Hej!" is translated differently in letters/lek.json: letter.blocks[0].sentences[0].en`},
		{"tag", `"Hello!"`, `"<b>Hello!</b>"`, `letters/lek.json: letter.blocks[0].sentences[0].en: holds HTML`},
		{"entity", `"Invented."`, `"Invented&nbsp;."`, `pack.json: note: holds HTML`},
		{"invitation to come", `"question": [{"sv": "Hur kan vi tillsammans leka mer?"}]`, `"question": [{"sv": "Hur kan vi tillsammans leka mer?"}], "invitation": {"sent": {"before": -90, "clock": "13:00"}}`, `letters/lek.json: meeting.invitation.sent: does not lie in the past`},
		{"answer before it", `"question": [{"sv": "Hur kan vi tillsammans leka mer?"}]`, `"question": [{"sv": "Hur kan vi tillsammans leka mer?"}], "invitation": {"sent": {"before": 9, "clock": "13:00"}, "answers": [{"given": {"before": 9, "clock": "12:59"}, "locale": "sv", "status": "accepted"}]}`, `letters/lek.json: meeting.invitation.answers[0].given: does not come after`},
		{"unknown answer", `"question": [{"sv": "Hur kan vi tillsammans leka mer?"}]`, `"question": [{"sv": "Hur kan vi tillsammans leka mer?"}], "invitation": {"sent": {"before": 9, "clock": "13:00"}, "answers": [{"given": {"before": 8, "clock": "12:59"}, "locale": "sv", "status": "maybe"}]}`, `letters/lek.json: meeting.invitation.answers[0].status: is "maybe"`},
		{"deadline after it", `"question": [{"sv": "Hur kan vi tillsammans leka mer?"}]`, `"question": [{"sv": "Hur kan vi tillsammans leka mer?"}], "invitation": {"sent": {"before": 9, "clock": "13:00"}, "bookBy": {"before": 0, "clock": "18:00"}}`, `letters/lek.json: meeting.invitation.bookBy: does not lie between`},
		{"wish to come", `"name": "Lill"`, `"name": "Lill", "wishes": [{"days": -1, "text": "Mer lek"}]`, `pack.json: units[0].groups[0].wishes[0].days: -1 lies ahead`},
		{"white space", `"Vi berättar."`, `"Vi  berättar."`, `letters/lek.json: meeting.information[0].sv: holds white space`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(packWith(t, c.old, c.new))
			if err == nil || !strings.Contains(err.Error(), c.want) {
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
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, without %q", err, want)
		}
	}
}

func TestLoadWithoutAPack(t *testing.T) {
	if _, err := Load(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "pack.json") {
		t.Errorf("the error is %v", err)
	}
}

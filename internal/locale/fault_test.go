package locale_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"folje/internal/locale"
)

const (
	goodSource = `{"locale.name": {"description": "Name", "other": "Svenska"}, "locale.dir": {"description": "Direction", "other": "ltr"},
		"a.hi": {"description": "Greeting", "other": "Hej {{.Name}}, välkommen hit!"},
		"a.time": {"description": "When", "other": "Vi ses kl. 17:30 den 26 november."},
		"a.call": {"description": "Whom to call", "other": "Ring 0980-319 210 eller läs på https://folje.example/hjalp."},
		"a.n": {"description": "Letters", "one": "{{.Count}} nytt brev", "other": "{{.Count}} nya brev"}}`
	goodArabic = `{"locale.name": {"other": "العربية"}, "locale.dir": {"other": "rtl"},
		"a.hi": {"description": "machine", "other": "أهلاً {{.Name}}، مرحبًا بك هنا!"},
		"a.time": {"description": "reviewed: كما نقول", "other": "نلتقي الساعة 17:30 يوم 26 نوفمبر."},
		"a.call": {"other": "اتصل على 0980-319 210 أو اقرأ https://folje.example/hjalp."},
		"a.n": {"zero": "لا رسائل جديدة", "one": "رسالة جديدة", "two": "رسالتان جديدتان", "few": "{{.Count}} رسائل جديدة", "many": "{{.Count}} رسالة جديدة", "other": "{{.Count}} رسالة جديدة"}}`
	goodUkrainian = `{"locale.name": {"other": "Українська"}, "locale.dir": {"other": "ltr"},
		"a.hi": {"other": "Вітаємо, {{.Name}}, ласкаво просимо!"},
		"a.time": {"other": "Зустріч о 17:30, 26 листопада."},
		"a.call": {"other": "Телефонуйте 0980-319 210 або читайте https://folje.example/hjalp."},
		"a.n": {"one": "{{.Count}} новий лист", "few": "{{.Count}} нові листи", "many": "{{.Count}} нових листів", "other": "{{.Count}} нового листа"}}`
)

// planted is one change of a good file, and what the check must say of it.
type planted struct {
	name, file, old, new string
	says                 string
	soft, broken         bool // broken: the file can't be read at all
}

var plants = []planted{
	{name: "a message is missing", file: "ar.json", old: `"a.time": {"description": "reviewed: كما نقول", "other": "نلتقي الساعة 17:30 يوم 26 نوفمبر."},`, new: ``, says: "ar.json: a.time: missing"},
	{name: "a key misspelt", file: "ar.json", old: `"a.time"`, new: `"a.tmie"`, says: "ar.json: a.tmie: unknown"},
	{name: "a key misspelt leaves its message missing", file: "ar.json", old: `"a.time"`, new: `"a.tmie"`, says: "ar.json: a.time: missing"},
	{name: "an Arabic form is missing", file: "ar.json", old: `"two": "رسالتان جديدتان", `, new: ``, says: "ar.json: a.n (two): form"},
	{name: "all forms but one are missing", file: "ar.json", old: `"zero": "لا رسائل جديدة", "one": "رسالة جديدة", "two": "رسالتان جديدتان", "few": "{{.Count}} رسائل جديدة", "many": "{{.Count}} رسالة جديدة", `, new: ``, says: "ar.json: a.n (few): form"},
	{name: "a Ukrainian form is missing", file: "uk.json", old: `"few": "{{.Count}} нові листи", `, new: ``, says: "uk.json: a.n (few): form"},
	{name: "a form that Ukrainian doesn't have", file: "uk.json", old: `"one": "{{.Count}} новий лист"`, new: `"zero": "Немає листів", "one": "{{.Count}} новий лист"`, says: "uk.json: a.n (zero): form"},
	{name: "a form of a message that doesn't count", file: "sv.json", old: `"other": "Hej {{`, new: `"few": "Hej {{.Name}}!", "other": "Hej {{`, says: "sv.json: a.hi (few): form"},
	{name: "no form at all", file: "ar.json", old: `"a.call": {"other": "اتصل على 0980-319 210 أو اقرأ https://folje.example/hjalp."}`, new: `"a.call": {"description": "machine"}`, says: "ar.json: a.call (other): form"},
	{name: "a text is empty", file: "ar.json", old: `"أهلاً {{.Name}}، مرحبًا بك هنا!"`, new: `" "`, says: "ar.json: a.hi (other): empty"},
	{name: "a placeholder is lost", file: "ar.json", old: `أهلاً {{.Name}}، `, new: `أهلاً، `, says: "ar.json: a.hi (other): placeholder: {{.Name}}"},
	{name: "a placeholder is translated", file: "uk.json", old: `{{.Name}}`, new: `{{.Імя}}`, says: "uk.json: a.hi (other): placeholder"},
	{name: "a placeholder is spelt otherwise", file: "uk.json", old: `{{.Name}}`, new: `{{.name}}`, says: "uk.json: a.hi (other): placeholder"},
	{name: "a placeholder is half", file: "uk.json", old: `{{.Name}}`, new: `{{.Name}`, says: "uk.json: a.hi (other): placeholder"},
	{name: "a placeholder has a space", file: "ar.json", old: `{{.Name}}`, new: `{{ .Name }}`, says: "ar.json: a.hi (other): placeholder"},
	{name: "a placeholder is invented", file: "ar.json", old: `مرحبًا بك هنا`, new: `مرحبًا بك هنا {{.Place}}`, says: "ar.json: a.hi (other): placeholder: {{.Place}}"},
	{name: "the count is lost where it is needed", file: "ar.json", old: `"{{.Count}} رسائل جديدة"`, new: `"رسائل جديدة"`, says: "ar.json: a.n (few): placeholder: {{.Count}}"},
	{name: "a condition in a text", file: "sv.json", old: `Hej {{.Name}}, välkommen`, new: `Hej {{if .Name}}x{{end}}, välkommen`, says: "sv.json: a.hi (other): placeholder"},
	{name: "another time", file: "ar.json", old: `17:30`, new: `17:00`, says: "ar.json: a.time (other): time: 17:30"},
	{name: "a time is lost", file: "uk.json", old: `о 17:30, `, new: ``, says: "uk.json: a.time (other): time: 17:30"},
	{name: "another day", file: "uk.json", old: `26 листопада`, new: `25 листопада`, says: "uk.json: a.time (other): number: 26"},
	{name: "another day in other digits", file: "ar.json", old: `26 نوفمبر`, new: `٢٥ نوفمبر`, says: "ar.json: a.time (other): number: 26"},
	{name: "a wrong telephone number", file: "ar.json", old: `319 210`, new: `319 120`, says: "ar.json: a.call (other): phone: 0980-319 210"},
	{name: "a telephone number is lost", file: "uk.json", old: `0980-319 210 або `, new: ``, says: "uk.json: a.call (other): phone"},
	{name: "another address", file: "uk.json", old: `folje.example/hjalp`, new: `folje.example/help`, says: "uk.json: a.call (other): link"},
	{name: "an address is lost", file: "ar.json", old: ` أو اقرأ https://folje.example/hjalp`, new: ``, says: "ar.json: a.call (other): link"},
	{name: "another script", file: "uk.json", old: `Вітаємо, {{.Name}}, ласкаво просимо!`, new: `Vitayemo, {{.Name}}, laskavo prosymo!`, says: "uk.json: a.hi (other): script", soft: true},
	{name: "Swedish left over", file: "uk.json", old: `ласкаво просимо!`, new: `välkommen!`, says: "uk.json: a.hi (other): swedish", soft: true},
	{name: "a full stop is missing", file: "uk.json", old: `26 листопада.`, new: `26 листопада`, says: "uk.json: a.time (other): punctuation", soft: true},
	{name: "another script's comma", file: "ar.json", old: `{{.Name}}، `, new: `{{.Name}}, `, says: "ar.json: a.hi (other): punctuation", soft: true},
	{name: "no description", file: "sv.json", old: `"description": "When", `, new: ``, says: "sv.json: a.time: undescribed"},
	{name: "an unknown state", file: "ar.json", old: `"reviewed: كما نقول"`, new: `"approved"`, says: `ar.json: message a.time is described as "approved"`, broken: true},
	{name: "an unknown field", file: "ar.json", old: `"a.hi": {`, new: `"a.hi": {"others": "x", `, says: `ar.json: message a.hi has "others"`, broken: true},
	{name: "a form in capitals", file: "uk.json", old: `"one": `, new: `"One": `, says: `uk.json: message a.n has "One"`, broken: true},
	{name: "broken JSON", file: "uk.json", old: `"a.hi": {`, new: `"a.hi": `, says: "uk.json", broken: true},
	{name: "a text that is no object", file: "uk.json", old: `{"other": "Зустріч о 17:30, 26 листопада."}`, new: `"Зустріч"`, says: "uk.json", broken: true},
}

func TestFaultsAreFound(t *testing.T) {
	good := map[string]string{"sv.json": goodSource, "ar.json": goodArabic, "uk.json": goodUkrainian}
	if faults, err := locale.Faults(mapped(good)); err != nil || len(faults) > 0 {
		t.Fatalf("the good files: %v, %v", faults, err)
	}
	for _, p := range plants {
		t.Run(p.name, func(t *testing.T) {
			content := strings.Replace(good[p.file], p.old, p.new, 1)
			if content == good[p.file] {
				t.Fatal("nothing was planted")
			}
			changed := map[string]string{"sv.json": goodSource, "ar.json": goodArabic, "uk.json": goodUkrainian, p.file: content}
			faults, err := locale.Faults(mapped(changed))
			if p.broken {
				if err == nil || !strings.Contains(err.Error(), p.says) {
					t.Errorf("error %v, want %q", err, p.says)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range faults {
				if strings.HasPrefix(f.String(), p.says) && f.Soft == p.soft {
					return
				}
			}
			t.Errorf("got %v, want %q", faults, p.says)
		})
	}
}

func mapped(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, content := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return fsys
}

func TestFaultsNeedASource(t *testing.T) {
	if _, err := locale.Faults(mapped(map[string]string{"ar.json": goodArabic})); err == nil {
		t.Error("checked without a source")
	}
	if _, err := locale.Faults(mapped(map[string]string{"sv.json": goodSource, "x!.json": `{}`})); err == nil || !strings.Contains(err.Error(), "x!") {
		t.Errorf("a tag that is none: %v", err)
	}
}

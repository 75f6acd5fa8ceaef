package command_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/locale"
)

// A municipality's own words are used, and a file that would break what readers
// see gives way to the last good one.
func TestServeTakesOwnLocales(t *testing.T) {
	dir, own := filepath.Join(t.TempDir(), "data"), t.TempDir()
	program := read(t, filepath.Join(apptest.Root(), "locales", "ar.json"))
	good := strings.Replace(program, `"رجوع"`, `"إلى الخلف"`, 1)
	broken := strings.Replace(program, "{{.Count}}", "", 1)
	if good == program || broken == program {
		t.Fatal("the Arabic file has changed; plant something else")
	}
	for _, start := range []struct {
		name, file, says string
		own              bool
	}{
		{"broken at the first start", broken, "the program's own is used", false},
		{"good", good, "", true},
		{"broken again", broken, "the last good one is used", true},
	} {
		write(t, filepath.Join(own, "ar.json"), start.file)
		at := freeAddress(t)
		out, stop := serve(t, "--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir(), "--locales", own)
		if said := out.String(); !strings.Contains(said, start.says) || strings.Contains(said, "ar.json") != (start.says != "") {
			t.Errorf("%s: said %s", start.name, said)
		}
		if start.says != "" && !strings.Contains(out.String(), "): placeholder: {{.Count}}") {
			t.Errorf("%s: the fault isn't named: %s", start.name, out)
		}
		if shown := strings.Contains(fetched(t, "http://"+at+"/locales/parent/ar.json"), "إلى الخلف"); shown != start.own {
			t.Errorf("%s: the municipality's words are shown: %v", start.name, shown)
		}
		if code := stop(); code != 0 {
			t.Errorf("%s: ended with %d", start.name, code)
		}
	}
	if code, out := run(t, "serve", "--dir", dir, "--locales", filepath.Join(own, "nowhere")); code == 0 || !strings.Contains(out, "--locales") {
		t.Errorf("a folder that isn't there: %d %s", code, out)
	}
}

func fetched(t *testing.T, url string) string {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// What translators edited on a server comes back for those who keep the files.
func TestLocalesOfADataFolder(t *testing.T) {
	dir, away := filepath.Join(t.TempDir(), "data"), t.TempDir()
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	source, err := locale.ReadCatalog("sv", []byte(read(t, filepath.Join(apptest.Root(), "locales", "sv.json"))))
	if err != nil {
		t.Fatal(err)
	}
	apptest.MustRecord(t, a, "locale_messages", map[string]any{
		"locale": "ar", "key": "nav.back", "form": "other", "text": "إلى الخلف", "given": true, "status": "reviewed",
		"source": locale.SourceHash(source.Messages["nav.back"].Forms),
	})
	apptest.MustRecord(t, a, "locale_messages", map[string]any{
		"locale": "ar", "key": "nav.more", "form": "other", "draft": "لم ينته بعد", "status": "draft",
	})
	if err := a.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	if code, out := run(t, "locales", "--dir", dir, "export", "--to", away, "ar"); code != 0 {
		t.Fatal(out)
	}
	exported := read(t, filepath.Join(away, "ar.xliff"))
	if !strings.Contains(exported, "<target>إلى الخلف</target>") || strings.Contains(exported, "لم ينته بعد") {
		t.Error("the edited text isn't exported as approved, or a draft is")
	}
	row := func(args ...string) string {
		code, out := run(t, append([]string{"locales"}, args...)...)
		if code != 0 {
			t.Fatal(out)
		}
		for line := range strings.SplitSeq(out, "\n") {
			if strings.HasPrefix(line, "| `ar`") {
				return line
			}
		}
		t.Fatalf("no Arabic in %s", out)
		return ""
	}
	if with, without := row("--dir", dir, "table"), row("table"); with == without || !strings.Contains(with, "| 1 |") {
		t.Errorf("with what was edited %s, without %s", with, without)
	}
	if code, out := run(t, "locales", "--dir", dir, "check"); code != 0 {
		t.Error(out)
	}
	if code, _ := run(t, "locales", "--dir", filepath.Join(away, "nowhere"), "check"); code == 0 {
		t.Error("a data folder that isn't there")
	}
	if _, err := os.Stat(filepath.Join(away, "nowhere")); err == nil {
		t.Error("it was made")
	}
}

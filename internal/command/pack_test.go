package command

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"folje/internal/folder"
	"folje/internal/guide"
	"folje/internal/pack"
)

// townPack writes a pack of two services into a new folder.
func townPack(t *testing.T) string {
	t.Helper()
	entry := func(key, name, text string) string {
		return `{"key": "` + key + `", "name": "` + name + `", "title": "Stöd", "also": [], "type": "service", "audience": "everyone",
			"ageFrom": 0, "ageTo": 20, "parts": [{"part": "summary", "kind": "paragraph", "sentences": ["` + text + `"]}],
			"staff": [], "contacts": [], "related": [], "chain": [], "sensitive": false, "urgent": false, "ask": false, "order": 1}`
	}
	dir := t.TempDir()
	for name, content := range map[string]string{
		"pack.json":            `{"name": "Provby kommun", "licence": "CC0-1.0", "note": "Invented.", "municipality": {"name": "Provby kommun"}}`,
		"guide/sig.json":       entry("sig", "SIG", "Fråga {{.steg}} också."),
		"guide/steg.json":      entry("steg", "Steget", "Kom som du är."),
		"questions.json":       `{"questions": [{"topic": "", "ageFrom": 0, "ageTo": 0, "text": "Hur leker vi?"}]}`,
		"translations/en.json": `{"status": "machine", "sentences": {"Kom som du är.": "Come as you are."}}`,
	} {
		at := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// town is the data folder of a municipality with a name.
func town(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	in(t, dir, func(a *opened) {
		r, err := a.FindFirstRecordByData("settings", "name", "municipality")
		if err != nil {
			t.Fatal(err)
		}
		r.Set("value", map[string]string{"name": "Granby kommun"})
		if err := a.Save(r); err != nil {
			t.Fatal(err)
		}
	})
	return dir
}

// in opens the folder for a moment.
func in(t *testing.T, dir string, do func(*opened)) {
	t.Helper()
	a, err := openFolder(dir, folder.Serve, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	do(a)
	if err := a.close(); err != nil {
		t.Fatal(err)
	}
}

// packing runs folje pack with what somebody types.
func packing(dir, typed string, args ...string) (string, error) {
	var out bytes.Buffer
	cmd := packCommand(&dir, Files{Locales: fstest.MapFS{"sv.json": {}, "en.json": {}}})
	cmd.SetArgs(args)
	cmd.SetIn(strings.NewReader(typed))
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	err := cmd.Execute()
	return out.String(), err
}

// names are the local names of the guide's entries, by key.
func names(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	in(t, dir, func(a *opened) {
		all, err := a.FindAllRecords("guide_entries")
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range all {
			found[guide.Entry{Record: r}.Key()] = guide.Entry{Record: r}.Name()
		}
	})
	return found
}

func TestPackImportAsksOnTheTerminal(t *testing.T) {
	dir, from := town(t), townPack(t)
	if out, err := packing(dir, "Trygg\n-\nn\n", "import", from); err == nil || len(names(t, dir)) != 0 {
		t.Errorf("somebody said no: %v\n%s", err, out)
	}
	out, err := packing(dir, "Trygg\n-\nja\n", "import", from)
	if got := names(t, dir); err != nil || len(got) != 1 || got["sig"] != "Trygg" {
		t.Fatalf("%v %v\n%s", got, err, out)
	}
	for _, want := range []string{"SIG (Stöd) ?", "not here  guide     Steget", "new       guide     SIG",
		"left out, for it names what isn't here: Fråga {{.steg}} också.", "2 new, 0 changed", "Nobody can reach these yet; write their numbers in the guide: sig"} {
		if !strings.Contains(out, want) {
			t.Errorf("it doesn't say %q:\n%s", want, out)
		}
	}
	// It asks nothing twice, and what nobody answers changes nothing.
	if out, err := packing(dir, "", "import", from); err == nil || !strings.Contains(err.Error(), "--answers") || strings.Contains(out, "?\n") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestPackImportTakesAFileOfAnswers(t *testing.T) {
	dir, from := town(t), townPack(t)
	answers := filepath.Join(t.TempDir(), "answers.json")
	if err := os.WriteFile(answers, []byte("{\"services\": {\n\"steg\": {\"have\": true, \"name\": \"Trappan\"}}}"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := packing(dir, "", "import", from, "--yes", "--answers", answers)
	if got := names(t, dir); err != nil || got["steg"] != "Trappan" || got["sig"] != "SIG" {
		t.Errorf("%v %v\n%s", got, err, out)
	}
	if err := os.WriteFile(answers, []byte("{\"services\": {\n\"ior\": {\"have\": true}}}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := packing(dir, "", "import", from, "--yes", "--answers", answers); err == nil || !strings.Contains(err.Error(), "answers.json:2: services.ior") {
		t.Errorf("%v", err)
	}
}

func TestPackImportRefusesFaultsAndServers(t *testing.T) {
	dir, from := town(t), townPack(t)
	hold, err := folder.Serve(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := packing(dir, "", "import", from, "--yes"); err == nil || !strings.Contains(err.Error(), "stop the server first") {
		t.Errorf("beside a server: %v", err)
	}
	if _, err := packing(dir, "", "export", filepath.Join(t.TempDir(), "pack")); err != nil {
		t.Errorf("exporting beside a server: %v", err)
	}
	if err := hold.Release(); err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(from, "guide", "sig.json")
	raw, err := os.ReadFile(bad)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(bad, bytes.Replace(raw, []byte("Fråga"), []byte("<b>Fråga</b>"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = packing(dir, "", "import", from, "--yes")
	if err == nil || !strings.Contains(err.Error(), "nothing was changed:\nguide/sig.json:2: parts[0].sentences[0]: holds HTML") || len(names(t, dir)) != 0 {
		t.Errorf("a fault: %v", err)
	}
}

func TestPackExportWritesAPackToTakeOver(t *testing.T) {
	dir, to := town(t), filepath.Join(t.TempDir(), "pack")
	if out, err := packing(dir, "", "import", townPack(t), "--yes"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := packing(dir, "", "export", to, "--licence", " "); err == nil {
		t.Error("a pack without a licence")
	}
	out, err := packing(dir, "", "export", to)
	if err != nil || !strings.Contains(out, "2 entries, 0 worries, 0 themes, 0 activities, 1 questions, 0 sentences, 0 school words in 2 languages") {
		t.Fatalf("%v\n%s", err, out)
	}
	p, err := loadPack(to)
	if err != nil || p.Name != "Granby kommun" || p.Licence != "CC0-1.0" {
		t.Errorf("%+v %v", p, err)
	}
	if raw, err := os.ReadFile(filepath.Join(to, pack.AnswersFile)); err != nil || !bytes.Contains(raw, []byte(`"steg"`)) {
		t.Errorf("%s %v", raw, err)
	}
	if _, err := packing(dir, "", "export", to); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("over another pack: %v", err)
	}
}

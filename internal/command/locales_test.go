package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/apptest"
)

// A translators' program gets the files of a folder and gives them back; what
// isn't right is named, and changes nothing.
func TestLocales(t *testing.T) {
	folder, away := t.TempDir(), t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Join(apptest.Root(), "locales"))); err != nil {
		t.Fatal(err)
	}
	before := read(t, filepath.Join(folder, "ar.json"))
	locales := func(args ...string) (int, string) {
		t.Helper()
		return run(t, append([]string{"locales", "--locales", folder}, args...)...)
	}
	for _, args := range [][]string{{"check"}, {"table"}, {"export", "--to", away}, {"import", filepath.Join(away, "ar.xliff")}} {
		if code, out := locales(args...); code != 0 {
			t.Fatalf("%v: %s", args, out)
		}
	}
	if read(t, filepath.Join(folder, "ar.json")) != before {
		t.Error("what nobody changed came back otherwise")
	}

	exported := read(t, filepath.Join(away, "ar.xliff"))
	target := `<target state="needs-translation">نعم</target>`
	write(t, filepath.Join(away, "ar.xliff"), strings.Replace(exported, target, `<target state="final">أجل</target>`, 1))
	if code, out := locales("import", filepath.Join(away, "ar.xliff")); code != 0 {
		t.Fatal(out)
	}
	if changed := read(t, filepath.Join(folder, "ar.json")); !strings.Contains(changed, `"description": "reviewed"`) || !strings.Contains(changed, "أجل") {
		t.Error("the translator's work isn't there")
	}

	changed := read(t, filepath.Join(folder, "ar.json"))
	write(t, filepath.Join(away, "fi.xliff"), "not XML")
	if code, out := locales("import", filepath.Join(away, "ar.xliff"), filepath.Join(away, "fi.xliff")); code == 0 || !strings.Contains(out, "fi.xliff") {
		t.Errorf("a broken file: %d, %s", code, out)
	}
	if read(t, filepath.Join(folder, "ar.json")) != changed {
		t.Error("one of two files was taken over")
	}

	write(t, filepath.Join(folder, "ar.json"), strings.Replace(changed, "{{.", "{{", 1))
	if code, out := locales("check"); code == 0 || !strings.Contains(out, "ar.json: ") || !strings.Contains(out, "placeholder") {
		t.Errorf("a lost placeholder: %d, %s", code, out)
	}
	if code, out := run(t, "locales", "import", filepath.Join(away, "ar.xliff")); code == 0 || !strings.Contains(out, "--locales") {
		t.Errorf("importing into the program: %d, %s", code, out)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

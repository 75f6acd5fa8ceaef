package locale_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/locale"
)

// desk is an operator's folder of locales and the one of what was kept.
type desk struct{ folder, kept string }

func newDesk(t *testing.T) desk {
	t.Helper()
	root := t.TempDir()
	d := desk{filepath.Join(root, "own"), filepath.Join(root, "data", "locales")}
	if err := os.MkdirAll(d.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d desk) write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(d.folder, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// start gives what a server that starts now reads, and what it says.
func (d desk) start(t *testing.T) (fs.FS, string) {
	t.Helper()
	program := mapped(map[string]string{"sv.json": goodSource, "ar.json": goodArabic, "uk.json": goodUkrainian})
	files, wrong, err := locale.Own(program, d.folder, d.kept)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := locale.Load(files); err != nil {
		t.Fatalf("what is used doesn't load: %v", err)
	}
	return files, strings.Join(wrong, "\n")
}

func content(t *testing.T, files fs.FS, name string) string {
	t.Helper()
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestOwnFilesAreUsedAndTheOthersAreTheProgram(t *testing.T) {
	d := newDesk(t)
	mine := strings.Replace(goodArabic, "أهلاً", "مرحبًا", 1)
	d.write(t, "ar.json", mine)
	d.write(t, "README.md", "mine")
	files, said := d.start(t)
	if said != "" || content(t, files, "ar.json") != mine || content(t, files, "uk.json") != goodUkrainian {
		t.Errorf("said %q, ar %.60q", said, content(t, files, "ar.json"))
	}
	d.write(t, "ar.json", "{") // the operator writes while the server runs
	if content(t, files, "ar.json") != mine {
		t.Error("what is read changes under the server")
	}
}

// A municipality may say things in its own words.
func TestTheSourceCanBeReworded(t *testing.T) {
	d := newDesk(t)
	mine := strings.Replace(goodSource, "Ring 0980-319 210", "Ring växeln, 0980-700 00,", 1)
	d.write(t, "sv.json", mine)
	if files, said := d.start(t); said != "" || content(t, files, "sv.json") != mine {
		t.Errorf("said %q", said)
	}
}

// Every fault that breaks what readers see, in a file of the operator's.
func TestAFaultyFileGivesWayToTheLastGoodOne(t *testing.T) {
	good := map[string]string{"sv.json": goodSource, "ar.json": goodArabic, "uk.json": goodUkrainian}
	faults := append([]planted{
		{name: "a placeholder of the source is lost", file: "sv.json", old: `Hej {{.Name}}, `, new: `Hej, `, says: "sv.json: a.hi (other): placeholder: {{.Name}}"},
		{name: "a text of the source is empty", file: "sv.json", old: `Vi ses kl. 17:30 den 26 november.`, new: ` `, says: "sv.json: a.time (other): placeholder"},
		{name: "a message of the source is missing", file: "sv.json", old: `"a.time"`, new: `"a.tid"`, says: "sv.json: a.time: missing"},
		{name: "no name", file: "uk.json", old: `"Українська"`, new: `""`, says: "uk.json: locale.name"},
		{name: "another direction", file: "uk.json", old: `"ltr"`, new: `"up"`, says: "uk.json: locale.dir"},
	}, plants...)
	for _, p := range faults {
		if p.soft {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			d := newDesk(t)
			faulty := strings.Replace(good[p.file], p.old, p.new, 1)
			if faulty == good[p.file] {
				t.Fatal("nothing was planted")
			}
			d.write(t, p.file, faulty)
			files, said := d.start(t)
			if content(t, files, p.file) != good[p.file] || !strings.Contains(said, "the program's own is used") {
				t.Errorf("at the first start: said %q", said)
			}
			for _, part := range strings.SplitN(p.says, ": ", 2) {
				if !strings.Contains(said, part) {
					t.Errorf("said %q, want %q", said, part)
				}
			}
			last := good[p.file] + "\n"
			d.write(t, p.file, last)
			if _, said := d.start(t); said != "" {
				t.Fatalf("the good one: %s", said)
			}
			d.write(t, p.file, faulty)
			files, said = d.start(t)
			if content(t, files, p.file) != last || !strings.Contains(said, "the last good one is used") {
				t.Errorf("after a good one: said %q", said)
			}
		})
	}
}

func TestAnUnknownLocaleIsNotUsed(t *testing.T) {
	for _, name := range []string{"de.json", "x!.json", "AR.json", "sv-SE.json"} {
		d := newDesk(t)
		d.write(t, name, goodArabic)
		files, said := d.start(t)
		if _, err := fs.ReadFile(files, name); err == nil || !strings.Contains(said, name) || !strings.Contains(said, "not used") {
			t.Errorf("%s: %v, said %q", name, err, said)
		}
	}
}

// A newer program has messages that a copy from before lacks.
func TestTheLastGoodOneMustStillBeGood(t *testing.T) {
	d := newDesk(t)
	d.write(t, "ar.json", goodArabic+"\n")
	d.start(t)
	lacks := strings.Replace(goodArabic, `"a.time"`, `"a.tid"`, 1)
	if err := os.WriteFile(filepath.Join(d.kept, "ar.json"), []byte(lacks), 0o600); err != nil {
		t.Fatal(err)
	}
	d.write(t, "ar.json", "{")
	if files, said := d.start(t); content(t, files, "ar.json") != goodArabic || !strings.Contains(said, "the program's own is used") {
		t.Errorf("said %q", said)
	}
}

// A full disk keeps nobody's words from being used.
func TestWhatCantBeKeptIsUsed(t *testing.T) {
	d := newDesk(t)
	if err := os.MkdirAll(filepath.Dir(d.kept), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.kept, nil, 0o600); err != nil { // a file where the folder would be
		t.Fatal(err)
	}
	d.write(t, "ar.json", goodArabic+"\n")
	if files, said := d.start(t); content(t, files, "ar.json") != goodArabic+"\n" || !strings.Contains(said, "keep it") {
		t.Errorf("said %q", said)
	}
}

func TestOwnNeedsTheFolder(t *testing.T) {
	program := mapped(map[string]string{"sv.json": goodSource})
	if _, _, err := locale.Own(program, filepath.Join(t.TempDir(), "nowhere"), t.TempDir()); err == nil {
		t.Error("a folder that isn't there")
	}
}

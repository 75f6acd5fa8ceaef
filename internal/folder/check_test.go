package folder

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// database makes a database file with the tables given.
func database(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range append([]string{"PRAGMA user_version = 1"}, statements...) {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}

const (
	own        = "CREATE TABLE settings (id); CREATE TABLE letters (id); CREATE TABLE devices (id)"
	pocketbase = "CREATE TABLE _migrations (id); CREATE TABLE _collections (name, system); INSERT INTO _collections VALUES ('users', 0), ('_otps', 1)"
)

func TestOnlyWhatIsMissedIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		database []string // nil for no file
		marked   bool
		also     string // a file
		want     error
	}{
		"no folder's worth":                   {},
		"ours":                                {database: []string{own}, marked: true},
		"ours, from before there were marks":  {database: []string{own}},
		"a first start that crashed at once":  {database: []string{}},
		"a first start that crashed half-way": {database: []string{pocketbase}},
		"the file is gone":                    {marked: true, want: ErrLost},
		"the file has no tables":              {database: []string{}, marked: true, want: ErrLost},
		"the file has PocketBase's only":      {database: []string{pocketbase}, marked: true, want: ErrLost},
		"only the key is left":                {also: "keys/invites.key", want: ErrLost},
		"only the journal is left":            {also: "erasures.log", want: ErrLost},
		"another PocketBase's":                {database: []string{pocketbase + "; INSERT INTO _collections VALUES ('posts', 0)"}, want: ErrForeign},
		"another program's":                   {database: []string{"CREATE TABLE books (id)"}, want: ErrForeign},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if c.database != nil {
				database(t, filepath.Join(dir, "data.db"), c.database...)
			}
			if c.marked {
				if err := Mark(dir, noon); err != nil {
					t.Fatal(err)
				}
			}
			if c.also != "" {
				write(t, filepath.Join(dir, c.also), "x")
			}
			err := Check(dir, nil)
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Errorf("%v, want %v", err, c.want)
			}
			if errors.Is(err, ErrLost) && !strings.Contains(err.Error(), "folje restore") {
				t.Errorf("it does not say what to do: %v", err)
			}
		})
	}
}

func TestWhatIsNoDatabaseIsRefused(t *testing.T) {
	for name, content := range map[string]string{"nonsense": strings.Repeat("nonsense", 1000), "empty": ""} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "data.db"), content)
		if err := Mark(dir, noon); err != nil {
			t.Fatal(err)
		}
		if err := Check(dir, nil); !errors.Is(err, ErrLost) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMarkStaysAsItIs(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		if err := Mark(dir, noon); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(filepath.Join(dir, markFile))
		if err != nil || string(raw) != `{"created":"2026-03-01T13:00:00Z"}`+"\n" {
			t.Errorf("%s %v", raw, err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

package database_test

import (
	"path/filepath"
	"testing"

	"folje/internal/database"
)

func TestConnectKeepsWhatItPromises(t *testing.T) {
	db, err := database.Connect(filepath.Join(t.TempDir(), "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for pragma, want := range map[string]string{
		"synchronous": "2", "secure_delete": "1", "journal_mode": "wal", "foreign_keys": "1",
	} {
		var got string
		if err := db.NewQuery("PRAGMA " + pragma).Row(&got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
}

func TestOnlyLitestreamEmptiesTheLogOfWhatIsReplicated(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]int{database.Main: 0, "auxiliary.db": 1000} {
		db, err := database.ConnectReplicated(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		var pages int
		if err := db.NewQuery("PRAGMA wal_autocheckpoint").Row(&pages); err != nil || pages != want {
			t.Errorf("%s: %d, want %d: %v", name, pages, want, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

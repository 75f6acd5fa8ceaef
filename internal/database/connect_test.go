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

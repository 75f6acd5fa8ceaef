package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// memory: SQLite's full-text index over the segments' texts, by trigrams, so
// that similar sentences are found in any script. Triggers keep it true. The
// numbers are kept in memory_rows, because a VACUUM may give segments other
// row ids. What is erased is overwritten in the index too (secure-delete).
func init() {
	migrations.Register(func(app core.App) error {
		for _, step := range []string{
			`CREATE TABLE memory_rows (row INTEGER PRIMARY KEY, segment TEXT NOT NULL UNIQUE)`,
			`CREATE VIRTUAL TABLE memory USING fts5(text, tokenize='trigram')`,
			`INSERT INTO memory(memory, rank) VALUES ('secure-delete', 1)`,
			`INSERT INTO memory_rows(segment) SELECT id FROM segments`,
			`INSERT INTO memory(rowid, text) SELECT row, text FROM segments JOIN memory_rows ON segment = segments.id`,
			`CREATE TRIGGER memory_insert AFTER INSERT ON segments BEGIN
				INSERT INTO memory_rows(segment) VALUES (new.id);
				INSERT INTO memory(rowid, text) SELECT row, new.text FROM memory_rows WHERE segment = new.id; END`,
			`CREATE TRIGGER memory_delete AFTER DELETE ON segments BEGIN
				DELETE FROM memory WHERE rowid = (SELECT row FROM memory_rows WHERE segment = old.id);
				DELETE FROM memory_rows WHERE segment = old.id; END`,
			`CREATE TRIGGER memory_update AFTER UPDATE OF text ON segments BEGIN
				UPDATE memory SET text = new.text WHERE rowid = (SELECT row FROM memory_rows WHERE segment = new.id); END`,
		} {
			if _, err := app.DB().NewQuery(step).Execute(); err != nil {
				return fmt.Errorf("make the memory: %w", err)
			}
		}
		return nil
	}, func(app core.App) error {
		for _, step := range []string{
			`DROP TRIGGER memory_insert`, `DROP TRIGGER memory_delete`, `DROP TRIGGER memory_update`, `DROP TABLE memory`, `DROP TABLE memory_rows`,
		} {
			if _, err := app.DB().NewQuery(step).Execute(); err != nil {
				return fmt.Errorf("drop the memory: %w", err)
			}
		}
		return nil
	}, "1763971206_memory.go")
}

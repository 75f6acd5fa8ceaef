package replica_test

import (
	"path/filepath"
	"testing"

	"folje/internal/database"
	"folje/internal/replica"
)

// What it costs to acknowledge only what is in the replica, here a folder: with
// so many who write at the same time.
func BenchmarkDurableWrites(b *testing.B) {
	for name, many := range map[string]int{"one": 1, "sixteen": 16, "sixty-four": 64} {
		for kind, durable := range map[string]bool{"durable": true, "plain": false} {
			b.Run(kind+"/"+name, func(b *testing.B) { write(b, many, durable) })
		}
	}
}

func write(b *testing.B, many int, durable bool) {
	dir := b.TempDir()
	path := filepath.Join(dir, database.Main)
	db, err := database.ConnectReplicated(path)
	if err != nil {
		b.Fatal(err)
	}
	db.DB().SetMaxOpenConns(1) // as PocketBase writes
	defer db.Close()
	if _, err := db.NewQuery("CREATE TABLE rows (n INTEGER PRIMARY KEY, filling TEXT)").Execute(); err != nil {
		b.Fatal(err)
	}
	r, err := replica.Begin(b.Context(), "file://"+filepath.Join(dir, "copies"), 1, path, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = r.Abandon() }()
	b.SetParallelism(many)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			_, err := db.NewQuery("INSERT INTO rows (filling) VALUES (hex(randomblob(200)))").Execute()
			if err == nil && durable {
				err = r.Wait(b.Context())
			}
			if err != nil {
				b.Error(err)
				return
			}
		}
	})
}

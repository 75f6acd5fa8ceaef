package backup_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/app"
	"folje/internal/backup"

	"filippo.io/age"
)

// BenchmarkBackup makes backups of a database of about 100 MB while one writer
// goes on, and reports how long a write took at most.
func BenchmarkBackup(b *testing.B) {
	a, err := app.Open(filepath.Join(b.TempDir(), "data"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = a.ResetBootstrapState() }()
	exec := func(sql string) {
		if _, err := a.DB().NewQuery(sql).Execute(); err != nil {
			b.Error(err)
		}
	}
	exec("CREATE TABLE ballast (id INTEGER PRIMARY KEY, text TEXT)")
	text := strings.Repeat("Barnen sover gott när dagen har en fast rytm. ", 20)
	for n := range 100 {
		exec(fmt.Sprintf("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1000) "+
			"INSERT INTO ballast (text) SELECT '%s' || hex(randomblob(40)) || '%d' FROM c", text, n))
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		b.Fatal(err)
	}
	quiet := longest(exec)
	<-time.After(2 * time.Second)
	without := quiet()
	busy := longest(exec)
	to := b.TempDir()
	var made *backup.Made
	for i := 0; b.Loop(); i++ {
		made, err = backup.Create(context.Background(), backup.Options{Dir: a.DataDir(), To: to,
			Recipients: []age.Recipient{key.Recipient()}, Build: "bench", Now: noon.Add(time.Duration(i) * time.Second)})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(busy(), "longest-write-ms")
	b.ReportMetric(without, "longest-write-without-ms")
	b.ReportMetric(float64(made.Size)/1e6, "archive-MB")
	for _, f := range made.Manifest.Files {
		if f.Name == "data.db" {
			b.ReportMetric(float64(f.Size)/1e6, "database-MB")
		}
	}
}

// longest writes until the function it gives is called, which gives how many
// milliseconds a write took at most.
func longest(exec func(string)) (stop func() float64) {
	ending, most := make(chan struct{}), make(chan time.Duration)
	go func() {
		var longest time.Duration
		for {
			select {
			case <-ending:
				most <- longest
				return
			default:
				begun := time.Now()
				exec("INSERT INTO ballast (text) VALUES ('x')")
				longest = max(longest, time.Since(begun))
			}
		}
	}()
	return func() float64 {
		close(ending)
		return float64((<-most).Microseconds()) / 1000
	}
}

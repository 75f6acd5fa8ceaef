package gateway_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"folje/internal/database"
	"folje/internal/replica"
	"folje/test/gateway"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/filesystem"
)

var address string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "folje-gateway-*")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	address = l.Addr().String()
	if err := l.Close(); err != nil {
		panic(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		if err := gateway.Serve(ctx, dir, address, "folje", "files"); err != nil && ctx.Err() == nil {
			panic(err)
		}
	}()
	os.Setenv("AWS_ACCESS_KEY_ID", gateway.Access)
	os.Setenv("AWS_SECRET_ACCESS_KEY", gateway.Secret)
	patient, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := gateway.Up(patient, address); err != nil {
		panic(err)
	}
	return m.Run()
}

func at(prefix string) string {
	return "s3://folje/" + prefix + "?endpoint=http://" + address + "&region=us-east-1"
}

func TestACopyInABucket(t *testing.T) {
	path := filepath.Join(t.TempDir(), database.Main)
	db, err := database.ConnectReplicated(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	do := func(query string) {
		t.Helper()
		if _, err := db.NewQuery(query).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	do("CREATE TABLE rows (n INTEGER PRIMARY KEY, filling TEXT)")
	do("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<20000) INSERT INTO rows SELECT i, hex(randomblob(400)) FROM n")
	begun := time.Now()
	r, err := replica.Begin(t.Context(), at("copies"), 5, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	first := time.Since(begun)
	var slowest time.Duration
	for range 50 {
		do("INSERT INTO rows (filling) VALUES ('x')")
		asked := time.Now()
		if err := r.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		slowest = max(slowest, time.Since(asked))
	}
	if newest, err := replica.Newest(t.Context(), at("copies"), 0); err != nil || newest != 5 {
		t.Errorf("the newest term is %d: %v", newest, err)
	}
	restored := filepath.Join(t.TempDir(), "restored.db")
	begun = time.Now()
	if _, err := replica.Restore(t.Context(), at("copies"), 5, r.Position(), restored, nil); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(restored)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d KiB: begun in %v, one write waits at most %v, restored in %v", info.Size()>>10, first, slowest, time.Since(begun))
	copied, err := dbx.Open("sqlite", restored)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	rows := 0
	if err := copied.NewQuery("SELECT count(*) FROM rows").Row(&rows); err != nil || rows != 20050 {
		t.Errorf("%d rows of 20050: %v", rows, err)
	}
	if err := replica.Delete(t.Context(), at("copies"), 5); err != nil {
		t.Fatal(err)
	}
	if _, err := replica.Position(t.Context(), at("copies"), 5); !errors.Is(err, replica.ErrNone) {
		t.Errorf("it was deleted: %v", err)
	}
	if err := r.Abandon(); err != nil {
		t.Error(err)
	}
}

func TestFilesInABucket(t *testing.T) {
	files, err := filesystem.NewS3("files", "us-east-1", "http://"+address, gateway.Access, gateway.Secret, true)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	if err := files.Upload([]byte("a letter's attachment"), "collection/record/file.txt"); err != nil {
		t.Fatal(err)
	}
	if there, err := files.Exists("collection/record/file.txt"); err != nil || !there {
		t.Errorf("%v %v", there, err)
	}
	if errs := files.DeletePrefix("collection/record/"); len(errs) > 0 {
		t.Error(errs)
	}
	if there, err := files.Exists("collection/record/file.txt"); err != nil || there {
		t.Errorf("it is still there: %v", err)
	}
}

package command

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"folje/internal/apptest"

	"github.com/pocketbase/pocketbase/core"
)

// A bucket instead of the data folder takes no file away from anybody.
func TestFilesAreNotLeftBehind(t *testing.T) {
	a := apptest.New(t)
	var answer atomic.Value
	answer.Store(`<ListBucketResult></ListBucketResult>`)
	bucket := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, answer.Load().(string)) }))
	defer bucket.Close()
	s3, err := bucketAt("s3://files?endpoint="+bucket.URL+"&region=eu-north-1", func(string) string { return "x" })
	if err != nil {
		t.Fatal(err)
	}
	keepFilesIn(a, s3)
	if err := leftBehind(a); err != nil {
		t.Errorf("nothing was there: %v", err)
	}
	old := filepath.Join(a.DataDir(), core.LocalStorageDirName, "collection", "record", "file.txt")
	if err := os.MkdirAll(filepath.Dir(old), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, []byte("a letter's attachment"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := leftBehind(a); err == nil || !strings.Contains(err.Error(), "s3://files") {
		t.Errorf("files are left behind: %v", err)
	}
	answer.Store(`<ListBucketResult><Contents><Key>collection/record/file.txt</Key><Size>3</Size></Contents></ListBucketResult>`)
	if err := leftBehind(a); err != nil {
		t.Errorf("the bucket has files: %v", err)
	}
	bucket.Close()
	if err := leftBehind(a); err != nil {
		t.Errorf("the bucket is away: %v", err)
	}
}

func TestCredentialsOfFilesAreNeverStored(t *testing.T) {
	a := apptest.New(t)
	s3, err := bucketAt("s3://files?endpoint=http://127.0.0.1:9000&region=eu-north-1", func(name string) string { return "from " + name })
	if err != nil || s3.Bucket != "files" || !s3.ForcePathStyle || s3.Secret != "from AWS_SECRET_ACCESS_KEY" {
		t.Fatalf("%+v %v", s3, err)
	}
	keepFilesIn(a, s3)
	settings, err := a.Settings().Clone()
	if err != nil {
		t.Fatal(err)
	}
	settings.Meta.AppName = "changed by an administrator"
	if err := a.Save(settings); err != nil {
		t.Fatal(err)
	}
	var stored string
	if err := a.DB().NewQuery("SELECT value FROM _params WHERE id = 'settings'").Row(&stored); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(stored, "AWS_") || strings.Contains(stored, "127.0.0.1:9000") || !strings.Contains(stored, "changed by") {
		t.Errorf("stored: %s", stored)
	}
	if err := a.ReloadSettings(); err != nil {
		t.Fatal(err)
	}
	if got := a.Settings().S3; got != s3 || a.Settings().Meta.AppName == "" {
		t.Errorf("%+v", got)
	}
}

// Everybody on the machine can read how a program was started.
func TestAnAddressWithCredentialsIsRefused(t *testing.T) {
	for _, address := range []string{"s3://key:secret@files", "s3://key:secret@files/%zz", "key:secret@files"} {
		if _, err := bucketAt(address, func(string) string { return "x" }); err == nil || strings.Contains(err.Error(), "secret@") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

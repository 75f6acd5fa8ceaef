package command

import (
	"strings"
	"testing"

	"folje/internal/apptest"
)

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

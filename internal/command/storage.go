package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// bucketAt reads s3://bucket?endpoint=https://host&region=name. Who may use it
// is in the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
func bucketAt(address string, env func(string) string) (s3 core.S3Config, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" || u.Host == "" {
		return s3, errors.New("it is not of the form s3://bucket?endpoint=https://host&region=name")
	}
	if u.User != nil { // everybody on this machine can read it
		return s3, errors.New("no credentials belong into the address: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")
	}
	if strings.Trim(u.Path, "/") != "" {
		return s3, errors.New("files lie at the root of a bucket of their own: leave the path out")
	}
	q := u.Query()
	s3 = core.S3Config{
		Enabled: true, Bucket: u.Host, Region: q.Get("region"), Endpoint: q.Get("endpoint"),
		AccessKey: env("AWS_ACCESS_KEY_ID"), Secret: env("AWS_SECRET_ACCESS_KEY"),
		ForcePathStyle: q.Get("endpoint") != "" && q.Get("style") != "host",
	}
	if s3.Region == "" {
		s3.Region = "us-east-1"
	}
	if s3.Endpoint == "" {
		s3.Endpoint = "https://s3." + s3.Region + ".amazonaws.com"
	}
	if s3.AccessKey == "" || s3.Secret == "" {
		return s3, errors.New("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")
	}
	return s3, s3.Validate()
}

// looking is how long a bucket may take to say what it has.
const looking = 10 * time.Second

// leftBehind fails where the data folder has uploaded files and the bucket has
// none: they would be gone from phones. A bucket that doesn't answer is no
// reason to wait for it.
func leftBehind(app core.App) error {
	local := filepath.Join(app.DataDir(), core.LocalStorageDirName)
	some := errors.New("a file")
	err := filepath.WalkDir(local, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			return some
		}
		return nil
	})
	if !errors.Is(err, some) {
		return nil
	}
	files, err := app.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the bucket of uploaded files: %w", err)
	}
	defer func() { _ = files.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), looking)
	defer cancel()
	files.SetContext(ctx)
	if files.IsEmptyDir("") {
		return fmt.Errorf("--storage: the bucket is empty, and %s has files: copy them first, such as with\n"+
			"  aws s3 sync %s s3://%s", local, local, app.Settings().S3.Bucket)
	}
	return nil
}

// keepFilesIn has app keep its files in the bucket, for as long as it runs: the
// credentials are never stored, also not when an administrator saves the
// settings.
func keepFilesIn(app core.App, s3 core.S3Config) {
	app.Settings().S3 = s3
	app.OnSettingsReload().BindFunc(func(e *core.SettingsReloadEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		e.App.Settings().S3 = s3
		return nil
	})
	forget := func(e *core.ModelEvent) error {
		if settings, ok := e.Model.(*core.Settings); ok {
			settings.S3 = core.S3Config{}
		}
		return e.Next()
	}
	app.OnModelCreate().BindFunc(forget)
	app.OnModelUpdate().BindFunc(forget)
}

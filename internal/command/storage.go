package command

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// bucketAt reads s3://bucket?endpoint=https://host&region=name. Who may use it
// is in the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
func bucketAt(address string, env func(string) string) (s3 core.S3Config, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" || u.Host == "" {
		return s3, fmt.Errorf("%q is not of the form s3://bucket?endpoint=https://host&region=name", address)
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

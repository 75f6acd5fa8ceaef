package command_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/command"
)

func TestNodeRefusesWhatIsUnsafe(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	nats := "--nats nats://127.0.0.1:1 "
	for name, c := range map[string]struct{ args, says string }{
		"no NATS":                       {"--replica file:///tmp/copies", "--nats"},
		"a NATS inside":                 {"--nats embedded --replica file:///tmp/copies", "--nats"},
		"no replica":                    {nats, "--replica"},
		"a replica nobody knows":        {nats + "--replica ftp://host/copies", "ftp"},
		"a demo":                        {nats + "--replica file:///tmp/copies --demo", "--demo"},
		"durable but for the files":     {nats + "--replica file:///tmp/copies --durable", "--storage"},
		"no name":                       {nats + "--replica file:///tmp/copies --name=", "--name"},
		"no origin for the whole world": {nats + "--replica file:///tmp/copies --http 0.0.0.0:0", "--origin"},
	} {
		t.Run(name, func(t *testing.T) {
			var stderr bytes.Buffer
			args := strings.Fields("node --admin off --http 127.0.0.1:0 --dir " + filepath.Join(t.TempDir(), "data") + " " + c.args)
			code := command.Run(context.Background(), args, files(), &bytes.Buffer{}, &stderr)
			if code != 1 || !strings.Contains(stderr.String(), c.says) {
				t.Errorf("%d %s", code, stderr.String())
			}
		})
	}
}

func TestStorageHasToBeABucketsAddress(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	for storage, says := range map[string]string{
		"/var/files":                   "--storage",
		"shared":                       "nodes",
		"s3://files/prefix":            "leave the path out",
		"s3://files?region=eu-north-1": "AWS_ACCESS_KEY_ID",
	} {
		var stderr bytes.Buffer
		args := []string{"serve", "--admin", "off", "--http", freeAddress(t), "--dir", filepath.Join(t.TempDir(), "data"), "--storage", storage}
		if code := command.Run(context.Background(), args, files(), &bytes.Buffer{}, &stderr); code != 1 || !strings.Contains(stderr.String(), says) {
			t.Errorf("%s: %d %s", storage, code, stderr.String())
		}
	}
}

// Package gateway gives tests an S3 server on this machine: versitygw over a
// folder. It is a module of its own because the program has nothing to do with
// what it brings.
//
//	go test -C test/gateway ./...
//	go run -C test/gateway ./serve -dir FOLDER -listen 127.0.0.1:7070
package gateway

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

// Who may use the server.
const (
	Access = "folje"
	Secret = "folje-for-tests"
)

// Serve serves the folder's subfolders as buckets at address until ctx ends.
func Serve(ctx context.Context, dir, address string, buckets ...string) error {
	data, side := filepath.Join(dir, "buckets"), filepath.Join(dir, "meta")
	for _, bucket := range buckets {
		if err := os.MkdirAll(filepath.Join(data, bucket), 0o700); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(side, 0o700); err != nil {
		return err
	}
	store, err := meta.NewSideCar(side)
	if err != nil {
		return fmt.Errorf("keep what is said of objects: %w", err)
	}
	files, err := posix.New(data, store, posix.PosixOpts{SideCarDir: side})
	if err != nil {
		return fmt.Errorf("serve a folder: %w", err)
	}
	return embedgw.RunVersityGW(ctx, files, &embedgw.Config{
		RootUserAccess: Access, RootUserSecret: Secret, Region: "us-east-1", Ports: []string{address},
		MaxConnections: 1000, MaxRequests: 1000, MultipartMaxParts: 10000, Quiet: true, KeepAlive: true, HealthPath: "/healthz",
	})
}

// Up waits until the server answers.
func Up(ctx context.Context, address string) error {
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/healthz", nil)
		if err != nil {
			return err
		}
		res, err := http.DefaultClient.Do(r)
		if err == nil {
			return res.Body.Close()
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server doesn't come up: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Command program is the program as it is shipped, except that it reaches the
// push services where the environment says: those of folje/test/push/service.
// Its files are the module's own, as they lie in the working folder's module.
package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"folje/internal/command"
	"folje/packs"
	"folje/test/demo"
	"folje/test/push/service"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	files, err := files(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "program:", err)
		os.Exit(1)
	}
	os.Exit(command.Run(ctx, os.Args[1:], files, os.Stdout, os.Stderr))
}

func files(ctx context.Context) (command.Files, error) {
	root, err := demo.Root(ctx)
	if err != nil {
		return command.Files{}, err
	}
	push, err := reach(os.Getenv(service.AddressVariable), os.Getenv(service.AuthorityVariable))
	if err != nil {
		return command.Files{}, err
	}
	return command.Files{
		Public: os.DirFS(filepath.Join(root, "public")), Locales: os.DirFS(filepath.Join(root, "locales")),
		Demo: os.DirFS(filepath.Join(root, "packs", packs.DemoDir)), Push: push,
	}, nil
}

// reach is the way to the services at an address, whose certificates an
// authority signed.
func reach(address, authority string) (*command.PushTest, error) {
	if address == "" {
		return nil, nil // as shipped
	}
	raw, err := os.ReadFile(authority)
	if err != nil {
		return nil, fmt.Errorf("read the authority: %w", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(raw) {
		return nil, errors.New("the authority's file holds no certificate")
	}
	return &command.PushTest{Roots: roots, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, address)
	}}, nil
}

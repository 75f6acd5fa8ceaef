// Command folje is the whole of Följe in one program. See README.md.
package main

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"folje/internal/command"
	"folje/packs"
)

//go:embed all:public
var public embed.FS

//go:embed locales/*.json
var locales embed.FS

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(command.Run(ctx, os.Args[1:], command.Files{
		Public: sub(public, "public"), Locales: sub(locales, "locales"), Demo: sub(packs.Demo, packs.DemoDir),
	}, os.Stdout, os.Stderr))
}

// sub is a folder of what is embedded; the compiler has checked that it is there.
func sub(fsys fs.FS, dir string) fs.FS {
	folder, err := fs.Sub(fsys, dir)
	if err != nil {
		panic(err)
	}
	return folder
}

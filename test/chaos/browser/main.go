// Command browser kills a parent's browser in the middle of her writing, loses
// answers on their way to her, and then counts: what the phone had shown as
// kept must be on the server exactly once, and nothing may be left behind.
//
//	go run ./test/chaos/browser
//
// A real Chromium runs the app as it is served. Between it and the server
// stands a proxy that lets the server answer and then breaks the connection,
// or breaks it before. With the same -seed the same writes are done and the
// same requests are lost; when exactly a kill hits is the machine's chance.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"

	"folje/test/program"
	"folje/test/town"
)

func main() {
	log.SetFlags(0)
	var p plan
	flag.IntVar(&p.writes, "writes", 320, "how many writes are kept by the phone before the counting")
	flag.IntVar(&p.kills, "kills", 8, "how often the browser is killed meanwhile")
	flag.Float64Var(&p.loss, "loss", 0.15, "the share of answers that are lost; a third as many requests are lost before the server sees them")
	flag.Uint64Var(&p.seed, "seed", 1, "what the chances begin from")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, p); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, p plan) error {
	folder, err := os.MkdirTemp("", "folje-chaos-")
	if err != nil {
		return fmt.Errorf("make a working folder: %w", err)
	}
	defer os.RemoveAll(folder)
	var shop town.Workshop
	defer shop.Close()
	r := program.New(ctx, folder)
	return r.Run(func() { fmt.Println(storm(r, &shop, p)) })
}

// Command serve runs the S3 server of tests.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"folje/test/gateway"
)

func main() {
	dir := flag.String("dir", "", "the folder")
	listen := flag.String("listen", "127.0.0.1:7070", "the address")
	buckets := flag.String("buckets", "folje,files", "the buckets that are made")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := gateway.Serve(ctx, *dir, *listen, strings.Split(*buckets, ",")...); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"

	"folje/internal/cluster"
	"folje/internal/locale"
	"folje/internal/node"
	"folje/internal/web"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// sharedStorage says that the folder of uploaded files is one that all nodes
// have, such as a network file system's.
const sharedStorage = "shared"

// nodeFlags are what node has beside serve's flags.
type nodeFlags struct {
	name, replica  string
	durable, adopt bool
}

func nodeCommand(dir *string, files Files) *cobra.Command {
	var o options
	var n nodeFlags
	cmd := &cobra.Command{
		Use:   "node",
		Short: "Serve the app as one of several machines, of which one writes",
		Long: "Serve the app as one of several machines. One of them holds a lease in NATS and writes; its database is copied\n" +
			"as it is written, and another machine takes over from the copy. Start it with a supervisor that starts it again.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.dir = *dir
			return serveNode(cmd.Context(), o, n, files, cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	o.bind(f)
	host, _ := os.Hostname()
	f.StringVar(&n.name, "name", host, "this machine's name among the nodes")
	f.StringVar(&n.replica, "replica", "", "where the database is copied: s3://bucket/prefix?endpoint=…&region=…, sftp://user@host/folder?key=FILE&host-key=FILE or file:///folder")
	f.BoolVar(&n.durable, "durable", false, "acknowledge only what is in the replica")
	f.BoolVar(&n.adopt, "adopt", false, "take this machine's data folder for the truth, such as after folje restore, whatever the replica has")
	return cmd
}

func (n nodeFlags) check(o options) error {
	switch {
	case o.demo:
		return errors.New("a demo is not for several machines: leave --demo out")
	case o.nats.URL == "" || o.nats.URL == cluster.Embedded:
		return errors.New("say with --nats where the NATS servers are, such as tls://a:4222,tls://b:4222,tls://c:4222")
	case n.replica == "":
		return errors.New("say with --replica where the database is copied, such as s3://bucket/prefix?region=eu-north-1")
	case n.durable && o.storage == "":
		return errors.New("--durable: uploaded files would be lost with this machine: keep them in a bucket with --storage s3://…, " +
			"or say --storage shared where all nodes have the same folder of them")
	}
	return nil
}

func serveNode(ctx context.Context, o options, n nodeFlags, files Files, out io.Writer) error {
	if err := n.check(o); err != nil {
		return err
	}
	if _, err := originOf(o); err != nil {
		return err
	}
	messages, err := locale.Open(files.Locales)
	if err != nil {
		return fmt.Errorf("read locales: %w", err)
	}
	log := slog.New(slog.NewTextHandler(out, nil))
	o.nats.Name, o.nats.Logger = "folje node "+n.name, log
	conn, err := cluster.Dial(ctx, o.nats)
	if err != nil {
		return err
	}
	defer conn.Close()
	waited := sync.OnceFunc(o.standby(conn.Up, log))
	defer waited()
	c := node.Config{
		Name: n.name, Dir: o.dir, Replica: n.replica, Durable: n.durable, Adopt: n.adopt,
		Conn: conn, HTTP: o.http, Standby: web.Standby(messages), Log: log,
		Say: func(line string) { fmt.Fprintln(out, line) },
		Serve: func(ctx context.Context, w *node.Writer) error {
			o.writer = w
			waited() // serve opens the administrators' listener
			return serve(ctx, o, files, out)
		},
	}
	if err := c.Check(); err != nil {
		return err
	}
	return node.Run(ctx, c)
}

// written puts the opened app under the node's lease, where this is a node's,
// and its files where they belong. It gives what stands between requests and
// answers then.
func (o options) written(ctx context.Context, a core.App) (web.Fence, error) {
	if err := o.storeFiles(a); err != nil {
		return nil, err
	}
	if o.writer == nil {
		return nil, nil
	}
	if err := o.writer.Opened(ctx, a); err != nil {
		return nil, err
	}
	onServing(a, o.writer.Serving)
	return o.writer, nil
}

// storeFiles has PocketBase keep uploaded files where --storage says.
func (o options) storeFiles(a core.App) error {
	switch {
	case o.storage == "":
		return nil
	case o.storage == sharedStorage && o.writer == nil:
		return errors.New("--storage shared is for nodes: one machine has a folder of its own")
	case o.storage == sharedStorage:
		return nil
	}
	if !strings.HasPrefix(o.storage, "s3://") {
		return fmt.Errorf("--storage is s3://bucket?endpoint=…&region=… or %s, not %q", sharedStorage, o.storage)
	}
	s3, err := bucketAt(o.storage, os.Getenv)
	if err != nil {
		return fmt.Errorf("--storage: %w", err)
	}
	keepFilesIn(a, s3)
	return leftBehind(a)
}

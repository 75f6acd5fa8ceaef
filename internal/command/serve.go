package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"time"

	"folje/internal/app"
	"folje/internal/cluster"
	"folje/internal/demo"
	"folje/internal/early"
	"folje/internal/locale"
	"folje/internal/natsd"
	"folje/internal/node"
	"folje/internal/web"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// options are serve's flags.
type options struct {
	dir, http, admin, origin, hooks, public, locales string
	proxies                                          []string
	demo                                             bool
	undo                                             time.Duration
	backup                                           backupFlags
	push                                             pushFlags
	translate                                        translateFlags
	storage                                          string // where uploaded files lie; see storageAt
	nats                                             cluster.Config
	inside                                           natsd.Inside

	// writer is set where this is a node that took the lease.
	writer *node.Writer
}

func serveCommand(dir *string, files Files) *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the app",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.dir = *dir
			return serve(cmd.Context(), o, files, cmd.OutOrStdout())
		},
	}
	o.bind(cmd.Flags())
	o.inside.Bind(cmd.Flags())
	cmd.Flags().Lookup("nats").Usage = "have edges and workers help, over these NATS servers, with commas: tls://a:4222,tls://b:4222; or embedded, for a server inside"
	return cmd
}

// bind gives the options their flags.
func (o *options) bind(f *pflag.FlagSet) {
	f.StringVar(&o.http, "http", "127.0.0.1:8090", "the address to listen on, for a reverse proxy that speaks HTTPS")
	f.StringVar(&o.admin, "admin", "127.0.0.1:8091", "the address of PocketBase's dashboard, or off")
	f.StringVar(&o.origin, "origin", "", "where people reach the app, such as https://folje.example.se")
	f.StringSliceVar(&o.proxies, "trusted-proxy", nil, "address of a reverse proxy whose X-Forwarded-For is believed")
	f.StringVar(&o.hooks, "hooks", "pb_hooks", "the folder of the municipality's own policy")
	f.StringVar(&o.locales, "locales", "", "a folder of locale files of your own, instead of those of the same name inside the program")
	f.StringVar(&o.public, "public", "", "serve the web app from this folder instead of the one inside the program")
	f.StringVar(&o.backup.to, "backup-to", "", "make a backup into this folder every night")
	f.StringArrayVar(&o.backup.recipients, "backup-recipient", nil, "a public key, of age or SSH, whose owner can open the backups")
	f.StringVar(&o.backup.file, "backup-recipients-file", "", "a file of such keys, one a line")
	f.DurationVar(&o.undo, "undo", 30*time.Second, "how long staff can undo a publication before phones get it, at most 10m")
	f.StringVar(&o.push.contact, "push-contact", "", "whom push services can turn to, such as mailto:drift@kommun.example (default the origin)")
	f.StringArrayVar(&o.push.services, "push-service", nil, "a host that phones are reached through, or *.host for all below it, instead of those of the usual browsers")
	o.translate.bind(f)
	f.BoolVar(&o.demo, "demo", false, "fill an empty data folder with an invented municipality")
	f.StringVar(&o.storage, "storage", "", "keep uploaded files in a bucket, s3://bucket?endpoint=https://host&region=name, instead of the data folder")
	o.nats.Bind(f)
	o.nats.BindCopies(f)
}

func serve(ctx context.Context, o options, files Files, out io.Writer) (err error) {
	if o.origin, err = originOf(o); err != nil {
		return err
	}
	proxies, err := o.checked()
	if err != nil {
		return err
	}
	engine, err := o.translate.open()
	if err != nil {
		return err
	}
	phones, err := o.push.how(o.origin, o.demo, files.Push, out)
	if err != nil {
		return err
	}
	early.Hold()
	loading := ahead(o.locales == "", func() (content, error) { return load(o, files) })
	backups, err := nightly(o, out)
	if err != nil {
		return err
	}
	a, how, err := open(o, files, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	nats, err := o.share(ctx, a)
	if err != nil {
		return err
	}
	defer nats.close()
	c, err := loading()
	if err != nil {
		return err
	}
	c.tell(out)
	adminAt := ""
	err = app.Register(a.App, app.Config{
		Site: c.site, Locales: c.messages, Hooks: o.hooks, Origin: o.origin,
		TrustedProxies: proxies, Admin: o.admin, Now: time.Now,
		AdminOpened: func(addr net.Addr) { adminAt = addr.String() }, Undo: o.undo, Settle: settle, Push: phones, Engine: engine, Version: Version(), Figures: o.figures(), Fence: nats.fence, Cluster: nats.Cluster,
	})
	if err != nil {
		return err
	}
	if backups != nil {
		onServing(a.App, backups)
	}
	announce(a.App, out, o, how, &adminAt)
	onServing(a.App, collectingAgain)
	stop := context.AfterFunc(ctx, func() { _ = a.end() })
	defer stop()
	err = apis.Serve(a.App, apis.ServeConfig{HttpAddr: o.http, AllowedOrigins: []string{o.origin}})
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// checked looks at what needs nothing opened, and gives the proxies.
func (o options) checked() ([]netip.Prefix, error) {
	if o.undo < 0 || o.undo > longestUndo {
		return nil, fmt.Errorf("--undo: %v is not between 0s and %v", o.undo, longestUndo)
	}
	if o.writer == nil && o.nats.On() {
		if err := node.NotNodes(o.dir); err != nil {
			return nil, fmt.Errorf("%w: run folje node, or end every node for good, remove node.json, and start edges and workers anew", err)
		}
	}
	return web.ParseProxies(o.proxies)
}

// collectingAgain has the collector work as it did before the start held it
// back, once that has settled.
func collectingAgain(core.App) error {
	time.AfterFunc(settled, early.Over)
	return nil
}

// longestUndo bounds for how long phones wait for what staff publish.
const longestUndo = 10 * time.Minute

// settle is how long translators must not have edited a message before the web
// app becomes another build.
const settle = 30 * time.Second

// settled is when a start is over, with what it leaves behind.
const settled = time.Second

// content is what the program serves beside the database.
type content struct {
	messages *locale.Bundle
	wrong    []string // with the operator's locale files
	site     *web.Site
}

// tell says what is wrong with the operator's locale files.
func (c content) tell(out io.Writer) {
	for _, line := range c.wrong {
		fmt.Fprintln(out, line)
	}
}

// load opens them. A folder of the operator's own is checked at once; what is
// inside the program was checked when it was made.
func load(o options, files Files) (c content, err error) {
	locales := files.Locales
	if o.locales != "" {
		if locales, c.wrong, err = locale.Own(files.Locales, o.locales, filepath.Join(o.dir, "locales")); err != nil {
			return c, err
		}
	}
	if c.messages, err = locale.Open(locales); err != nil {
		return c, fmt.Errorf("read locales: %w", err)
	}
	public := files.Public
	if o.public != "" {
		public = os.DirFS(o.public)
	}
	if c.site = app.OpenSite(public, c.messages); o.public == "" {
		return c, nil
	}
	return c, c.site.Check()
}

// ahead begins work whose result is asked for later, unless it has to wait for
// what is done before it is asked for.
func ahead[T any](now bool, work func() (T, error)) (result func() (T, error)) {
	result = sync.OnceValues(work)
	if now {
		go func() { _, _ = result() }()
	}
	return result
}

// originOf is the configured origin, or the listening address where only this
// machine can reach it.
func originOf(o options) (string, error) {
	host, _, err := net.SplitHostPort(o.http)
	if err != nil {
		return "", fmt.Errorf("--http: %w", err)
	}
	ip := net.ParseIP(host)
	loopback := host == "localhost" || ip != nil && ip.IsLoopback()
	switch {
	case o.demo && !loopback:
		return "", errors.New("a demo listens on this machine only: choose a loopback address with --http")
	case o.origin != "":
		return o.origin, nil
	case !loopback:
		return "", errors.New("say with --origin where people reach the app, such as https://folje.example.se")
	}
	return "http://" + o.http, nil
}

// announce prints where the app is.
func announce(a core.App, out io.Writer, o options, how *demo.Demo, adminAt *string) {
	onServing(a, func(core.App) error {
		if how != nil {
			how.Print(out)
		}
		fmt.Fprintf(out, "Följe serves %s from %s\n", o.origin, o.http)
		if *adminAt != "" {
			fmt.Fprintf(out, "Dashboard: http://%s/_/\n", *adminAt)
		}
		return nil
	})
}

// onServing calls then once both listeners are open; it has to be the
// outermost handler for that. What was bound first is called last.
func onServing(a core.App, then func(core.App) error) {
	a.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Priority: -9999, Func: func(e *core.ServeEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		return then(a)
	}})
}

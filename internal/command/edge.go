package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"time"

	"folje/internal/app"
	"folje/internal/cluster"
	"folje/internal/edge"
	"folje/internal/locale"
	"folje/internal/metrics"
	"folje/internal/web"

	"github.com/spf13/cobra"
)

// edgeOptions are edge's flags.
type edgeOptions struct {
	http, admin, origin string
	writers, proxies    []string
	memory              int
	nats                cluster.Config
}

func edgeCommand(files Files) *cobra.Command {
	o := edgeOptions{nats: cluster.Config{Name: "folje edge"}}
	cmd := &cobra.Command{
		Use:   "edge",
		Short: "Answer phones from memory, and hand what they want done to the writer",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runEdge(cmd.Context(), o, files, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	o.nats.Bind(f)
	f.StringSliceVar(&o.writers, "writer", nil, "where the writer answers, such as https://writer.internal:8090; both, where it may move")
	f.StringVar(&o.http, "http", "127.0.0.1:8092", "the address to listen on, for a reverse proxy that speaks HTTPS")
	f.StringVar(&o.admin, "admin", "127.0.0.1:8093", "the address of /metrics, /healthz and /readyz, or off")
	f.StringVar(&o.origin, "origin", "", "where people reach the app, such as https://folje.example.se")
	f.StringSliceVar(&o.proxies, "trusted-proxy", nil, "address of a reverse proxy whose X-Forwarded-For is believed")
	f.IntVar(&o.memory, "answers-memory", 64, "how many MB the answers that are kept ready may take; the pages they are made from are always kept")
	return cmd
}

func runEdge(ctx context.Context, o edgeOptions, files Files, out, errs io.Writer) (err error) {
	writers, err := o.addresses()
	if err != nil {
		return err
	}
	proxies, err := web.ParseProxies(o.proxies)
	if err != nil {
		return err
	}
	messages, err := locale.Open(files.Locales)
	if err != nil {
		return fmt.Errorf("read locales: %w", err)
	}
	log := slog.New(slog.NewTextHandler(errs, nil))
	o.nats.Logger = log
	conn, err := cluster.Dial(ctx, o.nats)
	if err != nil {
		return err
	}
	defer conn.Close()
	figures := metrics.New("edge", Version())
	site := app.OpenSite(files.Public, messages)
	e := edge.New(edge.Config{
		Conn: conn, Writers: writers, Site: site, Locales: messages, Origin: o.origin, TrustedProxies: proxies,
		Look:    func(colour string) { app.Reword(site, messages, colour) },
		Answers: o.memory << 20, Metrics: figures, Log: log, Now: time.Now,
	})
	defer e.Close()
	admin, err := metrics.Serve(o.admin, figures, log)
	if err != nil {
		return err
	}
	front, err := e.Open(o.http)
	if err != nil {
		return errors.Join(err, admin.Close(ctx))
	}
	fmt.Fprintf(out, "Följe's edge serves from %s\n", front.Addr())
	<-ctx.Done()
	end, cancel := context.WithTimeout(context.Background(), ending)
	defer cancel()
	return errors.Join(front.Close(end), admin.Close(end))
}

// ending is how long requests under way may take when the program ends.
const ending = 10 * time.Second

// addresses reads where the writer answers.
func (o edgeOptions) addresses() (all []*url.URL, err error) {
	if !o.nats.On() {
		return nil, errors.New("say with --nats where the NATS servers are")
	}
	if len(o.writers) == 0 {
		return nil, errors.New("say with --writer where the writer answers")
	}
	for _, text := range o.writers {
		u, err := url.Parse(text)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" {
			return nil, fmt.Errorf("--writer: %q is not of the form https://host", text)
		}
		all = append(all, u)
	}
	host, _, err := net.SplitHostPort(o.http)
	if err != nil {
		return nil, fmt.Errorf("--http: %w", err)
	}
	if ip := net.ParseIP(host); o.origin == "" && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, errors.New("say with --origin where people reach the app, such as https://folje.example.se")
	}
	return all, nil
}

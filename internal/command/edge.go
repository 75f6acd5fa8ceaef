package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
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
	locales             string
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
	f.StringVar(&o.locales, "locales", "", "a folder of locale files of your own, the same as the writer's")
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
	messages, forget, err := o.messages(files, errs)
	if err != nil {
		return err
	}
	defer forget()
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

// messages opens the program's locales, or the operator's own, until they may be
// forgotten. Of those a faulty one is named and the program's is used: an edge
// has no folder to keep the last good one in.
func (o edgeOptions) messages(files Files, errs io.Writer) (all *locale.Bundle, forget func(), err error) {
	locales, forget := files.Locales, func() {}
	if o.locales != "" {
		kept, err := os.MkdirTemp("", "folje-locales-")
		if err != nil {
			return nil, nil, fmt.Errorf("read --locales: %w", err)
		}
		forget = func() { _ = os.RemoveAll(kept) }
		var wrong []string
		if locales, wrong, err = locale.Own(files.Locales, o.locales, kept); err != nil {
			forget()
			return nil, nil, err
		}
		content{wrong: wrong}.tell(errs)
	}
	if all, err = locale.Open(locales); err != nil {
		forget()
		return nil, nil, fmt.Errorf("read locales: %w", err)
	}
	return all, forget, nil
}

// ending is how long requests under way may take when the program ends.
const ending = 10 * time.Second

// addresses reads where the writer answers.
func (o edgeOptions) addresses() (all []*url.URL, err error) {
	if !o.nats.On() {
		return nil, errors.New("say with --nats where the NATS servers are")
	}
	if o.memory < 1 {
		return nil, fmt.Errorf("--answers-memory: %d MB is too little", o.memory)
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

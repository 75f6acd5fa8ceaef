package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"folje/internal/metrics"
	"folje/internal/natsd"

	"github.com/spf13/cobra"
)

func natsdCommand(dir *string) *cobra.Command {
	var c natsd.Config
	monitor := ""
	cmd := &cobra.Command{
		Use:   "natsd",
		Short: "Serve NATS, for clusters that have none of their own",
		Long: "Serve NATS with JetStream. Three of them, on three machines, lose nothing when one is lost. " +
			"Make their certificates and users with folje natsd init. The streams are in the folder of --dir, here nats by default.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.Dir = *dir; !cmd.Flag("dir").Changed {
				c.Dir = "nats" // the data folder is the writer's
			}
			return runNatsd(cmd.Context(), c, monitor, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	c.Bind(cmd.Flags())
	cmd.Flags().StringVar(&monitor, "monitor", "127.0.0.1:8222", "the address of metrics, health and readiness, or off")
	cmd.AddCommand(natsdInitCommand())
	return cmd
}

func runNatsd(ctx context.Context, c natsd.Config, monitor string, out, said io.Writer) (err error) {
	if c.Name == "" {
		if c.Name, err = os.Hostname(); err != nil {
			return fmt.Errorf("--name: %w", err)
		}
	}
	log := slog.New(slog.NewTextHandler(said, nil))
	c.Logger = log
	s, err := natsd.Start(c)
	if err != nil {
		return err
	}
	defer s.Close()
	figures, err := metrics.Serve(monitor, natsdFigures(s), log)
	if err != nil {
		return err
	}
	defer closing(figures)
	fmt.Fprintf(out, "NATS serves on %s\n", s.Addr())
	select {
	case <-ctx.Done():
		return nil
	case why := <-s.Failed():
		return fmt.Errorf("the NATS server can't go on: %s", why)
	}
}

func closing(l *metrics.Listener) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_ = l.Close(ctx)
}

// natsdFigures are what a NATS server tells those who run it.
func natsdFigures(s *natsd.Server) *metrics.Set {
	set := metrics.New("natsd", Version())
	set.Check("streams", func(context.Context) error { return s.State() })
	set.Gauge(metrics.NatsdConnections, func() float64 { return float64(s.NumClients()) })
	set.Gauge(metrics.NatsdRoutes, func() float64 { return float64(s.NumRemotes()) })
	set.Gauge(metrics.NatsdStreams, func() float64 { return s.Figures().Streams })
	set.Gauge(metrics.NatsdStored, func() float64 { return s.Figures().Stored })
	set.Gauge(metrics.NatsdLeaderless, func() float64 { return s.Figures().Leaderless })
	return set
}

func natsdInitCommand() *cobra.Command {
	var names []string
	to := ""
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Make the certificates, users and seeds of a cluster, and print what to copy where",
		Long: "Make in a folder: an authority, a certificate for each server, and a user for each role. " +
			"Run it again with a name more to add a server; what is there stays.",
		Example: "  folje natsd init --name a=nats-a.example,b=nats-b.example,c=nats-c.example --to nats-keys",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if to == "" {
				return errors.New("say with --to in which folder")
			}
			nodes, err := natsd.ParseNodes(names)
			if err != nil {
				return fmt.Errorf("--name: %w", err)
			}
			if err := natsd.Init(to, nodes, time.Now()); err != nil {
				return err
			}
			printNatsd(cmd.OutOrStdout(), to, nodes)
			return nil
		},
	}
	cmd.Flags().StringSliceVar(&names, "name", nil, "the servers: a name, or name=host/host with what others reach it by")
	cmd.Flags().StringVar(&to, "to", "", "the folder to make them in")
	return cmd
}

// printNatsd says what belongs where, and how each server is started.
func printNatsd(out io.Writer, to string, nodes []natsd.Node) {
	fmt.Fprintf(out, "Made in %s. Copy, and keep readable for the program's user only, or for root where systemd hands them on:\n\n", to)
	for _, n := range nodes {
		fmt.Fprintf(out, "  %s  to the machine of the server %s\n", filepath.Join(to, n.Name), n.Name)
	}
	for _, of := range [][2]string{{natsd.Writer, "folje serve or folje node"}, {natsd.Edge, "folje edge"}, {natsd.Worker, "folje worker"}} {
		fmt.Fprintf(out, "  %s and ca.crt  to each machine that runs %s\n", filepath.Join(to, "clients", of[0]+".seed"), of[1])
	}
	fmt.Fprintf(out, "  %s  to a safe place, away from all of them\n\nStart each server, in its own folder:\n\n", filepath.Join(to, "authority"))
	for _, n := range nodes {
		fmt.Fprintf(out, "  folje natsd --name %s --dir nats --listen :4222 --cluster-listen :6222", n.Name)
		for _, other := range nodes {
			if other.Name != n.Name {
				fmt.Fprintf(out, " --route %s:6222", other.Hosts[0])
			}
		}
		fmt.Fprintf(out, " --ca ca.crt --cert server.crt --key server.key --users users\n")
	}
	fmt.Fprint(out, "\nThe roles reach them with --nats")
	for i, n := range nodes {
		sign := ","
		if i == 0 {
			sign = " "
		}
		fmt.Fprintf(out, "%stls://%s:4222", sign, n.Hosts[0])
	}
	fmt.Fprintln(out, " --nats-ca ca.crt --nats-seed ROLE.seed")
}

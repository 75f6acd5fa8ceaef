package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"folje/internal/cluster"
	"folje/internal/metrics"
	"folje/internal/push"
	"folje/internal/shard"

	"github.com/spf13/cobra"
)

// Where a worker has its keys from: what keys/vapid.json of the writer holds,
// or the private numbers only, or the name of a file with either.
const (
	keyVariable     = "FOLJE_VAPID_KEY"
	keyFileVariable = "FOLJE_VAPID_KEY_FILE"
)

// workerOptions are worker's flags.
type workerOptions struct {
	nats        cluster.Config
	push        pushFlags
	concurrency int
	admin       string
	keys        *push.VAPID
}

func workerCommand(files Files) *cobra.Command {
	o := workerOptions{nats: cluster.Config{Name: "folje worker"}}
	cmd := &cobra.Command{
		Use:   "worker",
		Short: "Ring phones for a writer",
		Long: "Take deliveries from a writer's queue in NATS, encrypt them and hand them to push services. Any number of workers may run.\n" +
			"The key that push services know the writer by comes from the environment: " + keyVariable + " has what keys/vapid.json in the\n" +
			"writer's data folder holds, or " + keyFileVariable + " names a copy of that file.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if o.keys, err = givenKeys(os.Getenv); err != nil {
				return err
			}
			return runWorker(cmd.Context(), o, files.Push, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	o.nats.Bind(f)
	f.IntVar(&o.concurrency, "concurrency", 768, fmt.Sprintf("how many messages are on their way at once, %d at least; one service gets two thirds of it at most", shard.LeastConcurrency))
	f.StringVar(&o.push.contact, "push-contact", "", "whom push services can turn to, such as mailto:drift@kommun.example or the origin")
	f.StringArrayVar(&o.push.services, "push-service", nil, "a host that phones are reached through, or *.host for all below it, as for the writer")
	f.StringVar(&o.admin, "admin", "127.0.0.1:8094", "the address of /metrics, /healthz and /readyz, or off")
	return cmd
}

// givenKeys reads the keys from the environment.
func givenKeys(environment func(string) string) (*push.VAPID, error) {
	text, file := environment(keyVariable), environment(keyFileVariable)
	switch {
	case text == "" && file == "":
		return nil, fmt.Errorf("say with %s or %s which key the writer has: see folje worker --help", keyVariable, keyFileVariable)
	case text != "" && file != "":
		return nil, fmt.Errorf("%s and %s are both set: choose one", keyVariable, keyFileVariable)
	case file != "":
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", keyFileVariable, err)
		}
		text = string(raw)
	}
	keys, err := push.ParseVAPID(text)
	if err != nil {
		return nil, fmt.Errorf("read the VAPID key: %w", err)
	}
	return keys, nil
}

func runWorker(ctx context.Context, o workerOptions, test *PushTest, out, said io.Writer) error {
	if !o.nats.On() {
		return errors.New("say with --nats where the NATS servers are, such as tls://a:4222,tls://b:4222,tls://c:4222")
	}
	if o.push.contact == "" {
		return errors.New("say with --push-contact whom push services can turn to, such as mailto:drift@kommun.example")
	}
	how, err := o.push.how("", false, test, said)
	if err != nil {
		return err
	}
	services := push.DefaultServices()
	if how.Services != nil {
		services = *how.Services
	}
	sender := push.NewSender(push.SenderConfig{
		VAPID: o.keys, Contact: how.Contact, Services: services, Now: time.Now, Dial: how.Dial, Roots: how.Roots,
	})
	defer sender.Close()
	log := logTo(said)
	o.nats.Logger = log
	conn, err := cluster.Dial(ctx, o.nats)
	if err != nil {
		return err
	}
	defer conn.Close()
	figures := metrics.New("worker", Version())
	w, err := shard.NewWorker(shard.WorkerConfig{
		Conn: conn, Sender: sender, Keys: o.keys, Services: services, Concurrency: o.concurrency,
		Logger: log, Now: time.Now, Metrics: figures,
	})
	if err != nil {
		return fmt.Errorf("--concurrency: %w", err)
	}
	figures.Check("queue", w.Ready)
	figures.Bool(metrics.NATSConnected, conn.Up)
	admin, err := metrics.Serve(o.admin, figures, log)
	if err != nil {
		return err
	}
	defer closing(admin)
	fmt.Fprintf(out, "Följe's worker rings phones with key %s\n", o.keys.Current().ID)
	w.Run(ctx)
	return nil
}

package command

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"time"

	"folje/internal/app"
	"folje/internal/folder"
	"folje/internal/push"

	"github.com/spf13/cobra"
)

// PushTest lets a test's program reach push services of its own.
type PushTest struct {
	Dial  func(ctx context.Context, network, addr string) (net.Conn, error)
	Roots *x509.CertPool
}

// pushFlags say who sends to phones, and through whom.
type pushFlags struct {
	contact  string
	services []string
}

// invented is the contact of a demo, whose phones are its developer's.
const invented = "https://folje.example"

// how gives how phones are reached by the server of the origin, and says where
// they are not.
func (p pushFlags) how(origin string, demo bool, test *PushTest, out io.Writer) (app.Push, error) {
	var how app.Push
	if test != nil {
		how.Dial, how.Roots = test.Dial, test.Roots
	}
	if len(p.services) > 0 {
		services, err := push.ParseServices(p.services)
		if err != nil {
			return app.Push{}, fmt.Errorf("--push-service: %w", err)
		}
		how.Services = &services
	}
	if p.contact != "" {
		if err := push.CheckContact(p.contact); err != nil {
			return app.Push{}, fmt.Errorf("--push-contact: %w", err)
		}
	}
	how.Contact = p.contactOf(origin, demo)
	if how.Contact == "" {
		fmt.Fprintln(out, "Phones don't ring: say with --push-contact whom push services can turn to (docs/operations.md)")
	}
	return how, nil
}

// contactOf is the contact that was said, or the origin where the public can
// reach that; "" for none. A server that only its own machine reaches may be a
// restored backup on trial, and must not ring the parents in it.
func (p pushFlags) contactOf(origin string, demo bool) string {
	switch {
	case p.contact != "":
		return p.contact
	case push.CheckContact(origin) == nil:
		return origin
	case demo:
		return invented
	}
	return ""
}

func pushCommand(dir *string) *cobra.Command {
	cmd := &cobra.Command{Use: "push", Short: "Look after the keys with which phones are reached"}
	cmd.AddCommand(&cobra.Command{
		Use:   "status",
		Short: "Print the keys, and how many phones are reached with each",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			a, err := openFolder(*dir, folder.Use, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, a.close()) }()
			return pushStatus(a, cmd.OutOrStdout(), time.Now())
		},
	}, &cobra.Command{
		Use:   "rotate",
		Short: "Make a new key, while the server is stopped; the others work until no phone needs them",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			a, err := openFolderWith(*dir, folder.Serve, app.OpenReplicated, cmd.ErrOrStderr()) // also a node's: the keys are no database
			if errors.Is(err, folder.ErrBusy) {
				return fmt.Errorf("%w: stop it, then try again, and start it", err)
			}
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, a.close()) }()
			return pushRotate(*dir, cmd.OutOrStdout(), time.Now())
		},
	})
	return cmd
}

func pushRotate(dir string, out io.Writer, now time.Time) error {
	keys, err := push.OpenVAPID(dir)
	if err != nil {
		return err
	}
	made, err := keys.Rotate(now)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Key %s is the current one from now on. Each phone changes to it when its app is opened; "+
		"until then it is reached with its old key, which is dropped 30 days from now at the earliest.\n", made.ID)
	fmt.Fprintln(out, "Make a backup: one from before does not have the new key.")
	return nil
}

func pushStatus(a *opened, out io.Writer, now time.Time) error {
	keys, err := push.ReadVAPID(a.DataDir())
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(out, "There is no key yet: the server makes one when it starts.")
		return nil
	}
	if err != nil {
		return err
	}
	counts, err := push.Count(a.App, now)
	if err != nil {
		return err
	}
	for _, k := range keys.Keys() {
		state := "current"
		if k.Replaced != "" {
			state = "replaced " + k.Replaced
		}
		fmt.Fprintf(out, "key %s (%s)\n", k.ID, state)
		printCounts(out, counts[k.ID])
		delete(counts, k.ID)
	}
	for id, rest := range counts {
		fmt.Fprintf(out, "key %s (lost)\n", id)
		printCounts(out, rest)
	}
	return nil
}

func printCounts(out io.Writer, of []push.ServiceCount) {
	if len(of) == 0 {
		fmt.Fprintln(out, "  no subscriptions")
	}
	for _, c := range of {
		fmt.Fprintf(out, "  %s: %d live, %d silent for 60 days, %d parked, %d ended\n", c.Service, c.Live, c.Silent, c.Parked, c.Ended)
	}
}

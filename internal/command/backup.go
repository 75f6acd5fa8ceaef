package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"folje/internal/backup"

	"filippo.io/age"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// backupFlags say where backups go and who can open them.
type backupFlags struct {
	to, file   string
	recipients []string
}

// tooOld is the age of the newest archive at which --list fails: a daily one
// was missed, and so was trying again.
const tooOld = 36 * time.Hour

func backupCommand(dir *string) *cobra.Command {
	var b backupFlags
	var list bool
	cmd := &cobra.Command{
		Use:   "backup",
		Short: "Make an encrypted backup of the data folder, also while it is served",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if b.to == "" {
				return errors.New("say with --to which folder the archives are in")
			}
			if list {
				return listBackups(cmd.OutOrStdout(), b.to, time.Now())
			}
			recipients, err := b.who("--recipient", "--recipients-file")
			if err != nil {
				return err
			}
			if _, err := besideWriter(*dir); err != nil {
				return err
			}
			made, err := b.make(cmd.Context(), *dir, recipients, time.Now())
			if made != nil {
				fmt.Fprintln(cmd.OutOrStdout(), describe(made))
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&b.to, "to", "", "the folder of the archives, of this server alone")
	f.StringArrayVar(&b.recipients, "recipient", nil, "a public key, of age or SSH, whose owner can open the archive")
	f.StringVar(&b.file, "recipients-file", "", "a file of such keys, one a line")
	f.BoolVar(&list, "list", false, "list the archives, and fail where the newest is older than 36 hours")
	return cmd
}

// who are those who can open the archives. The flags' names are for the error.
func (b backupFlags) who(flag, fileFlag string) ([]age.Recipient, error) {
	recipients, err := backup.Recipients(b.recipients, b.file)
	if err != nil {
		return nil, err
	}
	if len(recipients) == 0 {
		return nil, fmt.Errorf("say with %s or %s who can open the archives (docs/operations.md)", flag, fileFlag)
	}
	return recipients, nil
}

func (b backupFlags) make(ctx context.Context, dir string, recipients []age.Recipient, now time.Time) (*backup.Made, error) {
	return backup.Create(ctx, backup.Options{Dir: dir, To: b.to, Recipients: recipients, Build: build(), Now: now})
}

// build names this program in a manifest.
func build() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return info.Main.Version
}

func describe(made *backup.Made) string {
	rows := 0
	for _, n := range made.Manifest.Rows["data.db"] {
		rows += n
	}
	return fmt.Sprintf("Backup checked: %s, %d files, %d rows, %d bytes; %d older removed",
		made.Path, len(made.Manifest.Files), rows, made.Size, len(made.Removed))
}

func listBackups(out io.Writer, to string, now time.Time) error {
	archives, err := backup.List(to)
	if err != nil {
		return err
	}
	for _, a := range archives {
		fmt.Fprintf(out, "%s  %12d bytes  %s\n", a.Made.Format(time.RFC3339), a.Size, a.Path)
	}
	if len(archives) == 0 {
		return errors.New("there is no archive")
	}
	if age := now.Sub(archives[0].Made); age > tooOld {
		return fmt.Errorf("the newest archive is %d hours old", int(age.Hours()))
	}
	return nil
}

// nightly gives what makes backups while the app is served; nil where none are
// made, and then says so, once, unless it is a demo.
func nightly(o options, out io.Writer) (func(core.App) error, error) {
	b := o.backup
	if b.to == "" && len(b.recipients) == 0 && b.file == "" {
		if !o.demo {
			fmt.Fprintln(out, "No backups are made: say with --backup-to and --backup-recipient where to and for whom (docs/operations.md)")
		}
		return nil, nil
	}
	if b.to == "" {
		return nil, errors.New("say with --backup-to which folder the archives go to")
	}
	recipients, err := b.who("--backup-recipient", "--backup-recipients-file")
	if err != nil {
		return nil, err
	}
	if err := backup.Prepare(o.dir, b.to); err != nil {
		return nil, err
	}
	return func(a core.App) error { return b.schedule(a, recipients, out) }, nil
}

// schedule makes the backups of the app's folder until it terminates.
func (b backupFlags) schedule(a core.App, recipients []age.Recipient, out io.Writer) error {
	archives, err := backup.List(b.to)
	if err != nil {
		return err
	}
	var last time.Time
	if len(archives) > 0 {
		last = archives[0].Made
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	a.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		cancel()
		<-ended
		return e.Next()
	})
	s := backup.Schedule{
		Now: time.Now,
		Make: func(ctx context.Context, now time.Time) (*backup.Made, error) {
			return b.make(ctx, a.DataDir(), recipients, now)
		},
		Copy: func() error { return backup.CopyJournal(a.DataDir(), b.to) },
		Told: func(made *backup.Made, err error) { tell(a, out, made, err) },
	}
	go func() {
		defer close(ended)
		s.Run(ctx, last)
	}()
	return nil
}

// tell says how a backup went where the operator looks: in the log, and where
// the program prints.
func tell(a core.App, out io.Writer, made *backup.Made, err error) {
	if made != nil {
		a.Logger().Info("made a backup", "bytes", made.Size, "removed", len(made.Removed))
		fmt.Fprintln(out, describe(made))
	}
	if err != nil {
		a.Logger().Error("make a backup", "cause", err.Error())
		fmt.Fprintln(out, "A backup, or what belongs to it, failed and is tried again:", err)
	}
}

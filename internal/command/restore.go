package command

import (
	"fmt"
	"io"
	"time"

	"folje/internal/app"
	"folje/internal/backup"

	"github.com/spf13/cobra"
)

func restoreCommand(dir *string) *cobra.Command {
	var identity string
	var journals []string
	cmd := &cobra.Command{
		Use:   "restore ARCHIVE",
		Short: "Make the data folder what it was when the archive was made; the server must be stopped",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			identities, err := backup.Identities(identity)
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			restored, err := backup.Restore(cmd.Context(), backup.RestoreOptions{
				Archive: args[0], Dir: *dir, Identities: identities, Journals: journals,
				Open: app.Open, Now: time.Now(),
				Step: func(step string) { fmt.Fprintln(out, "-", step) },
			})
			if err != nil {
				return err
			}
			report(out, *dir, restored)
			return nil
		},
	}
	cmd.Flags().StringVar(&identity, "identity", "", "the file with the secret key, of age or SSH, that opens the archive")
	cmd.Flags().StringArrayVar(&journals, "journal", nil, "another copy of erasures.log, from where one is newer than beside the archive")
	_ = cmd.MarkFlagRequired("identity") // it fails for flags that don't exist
	return cmd
}

func report(out io.Writer, dir string, r *backup.Restored) {
	fmt.Fprintf(out, "Restored %s as it was on %s, made by build %s.\n", dir, r.Manifest.Made.Format(time.RFC3339), r.Manifest.Build)
	fmt.Fprintf(out, "%d files; phones erased again: %d; epoch %s.\n", len(r.Manifest.Files), r.Erased, r.Epoch)
	if r.Old != "" {
		fmt.Fprintf(out, "What was there before is in %s: delete it when nobody misses anything.\n", r.Old)
	}
	fmt.Fprintln(out, "Start the server now.")
}

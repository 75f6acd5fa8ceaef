// Package command is the program's command line.
package command

import (
	"context"
	"fmt"
	"io"
	"io/fs"

	"folje/internal/early"

	"github.com/spf13/cobra"
)

// Files are what the program carries inside.
type Files struct {
	Public  fs.FS // the web app
	Locales fs.FS // the messages, one file a locale
	Demo    fs.FS // the demo's content pack
	// Push is nil but in a test's program.
	Push *PushTest
}

// Run carries out the arguments and gives the process's exit code. It ends
// early, in good order, when ctx does.
func Run(ctx context.Context, args []string, files Files, stdout, stderr io.Writer) int {
	var dir string
	root := &cobra.Command{
		Use:           "folje",
		Short:         "Följe: a companion for families, preschools and schools",
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRun: func(cmd *cobra.Command, _ []string) {
			if cmd.Name() != "serve" { // which says itself when its start is over
				early.Over()
			}
		},
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.PersistentFlags().StringVar(&dir, "dir", "pb_data", "the data folder")
	root.AddCommand(initCommand(&dir), serveCommand(&dir, files), nodeCommand(&dir, files), superuserCommand(&dir), backupCommand(&dir), restoreCommand(&dir), pushCommand(&dir), localesCommand(&dir, files), packCommand(&dir, files), auditCommand(&dir))
	root.AddCommand(natsdCommand(&dir))
	root.AddCommand(licencesCommand(files))
	root.AddCommand(edgeCommand(files), workerCommand(files))
	root.Version = Version()
	root.SetVersionTemplate(built())
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(stderr, "folje:", err)
		return 1
	}
	return 0
}

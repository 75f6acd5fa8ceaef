package command

import (
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"
)

// licencesCommand prints the licences of everything inside the program, which
// the web app links to as well.
func licencesCommand(files Files) *cobra.Command {
	return &cobra.Command{
		Use:   "licences",
		Short: "Print the licences of everything inside the program",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := fs.ReadFile(files.Public, "licences.txt")
			if err != nil {
				return fmt.Errorf("read the licences: %w", err)
			}
			_, err = cmd.OutOrStdout().Write(text)
			return err
		},
	}
}

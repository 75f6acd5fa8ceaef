package command

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/folder"
	"folje/internal/municipality"
	"folje/internal/push"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
)

// initCommand begins an installation. Whoever runs the machine does it, so
// nobody who only reaches the server can claim it.
func initCommand(dir *string) *cobra.Command {
	var first municipality.First
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Begin: make the first administrator, a unit and the keys, and print how to sign in",
		Long: "Begin in a new data folder: make the first administrator, a unit, and the keys with which phones are reached. " +
			"What is not said with a flag is asked for. The password is printed once.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := askFor(&first, cmd.InOrStdin(), cmd.ErrOrStderr()); err != nil {
				return err
			}
			return begin(*dir, first, cmd.OutOrStdout(), cmd.ErrOrStderr(), time.Now())
		},
	}
	f := cmd.Flags()
	f.StringVar(&first.Municipality, "municipality", "", "the municipality's name, as parents read it")
	f.StringVar(&first.Unit, "unit", "", "the first unit's name, such as a preschool's")
	f.StringVar(&first.Kind, "kind", "preschool", "what the unit is: "+strings.Join(municipality.Kinds(), ", "))
	f.StringVar(&first.Authority, "authority", "", "the board that owns the unit's records")
	f.StringVar(&first.Name, "name", "", "the first administrator's name")
	f.StringVar(&first.Email, "email", "", "the first administrator's e-mail address, with which she signs in")
	return cmd
}

// askFor asks for what was not said, where somebody sits at a terminal;
// otherwise it says which flags are missing.
func askFor(first *municipality.First, in io.Reader, out io.Writer) error {
	if !slices.Contains(municipality.Kinds(), first.Kind) {
		return fmt.Errorf("--kind: choose one of %s", strings.Join(municipality.Kinds(), ", "))
	}
	asked := []struct {
		flag, words string
		into        *string
	}{
		{"municipality", "The municipality's name", &first.Municipality},
		{"unit", "The first unit's name", &first.Unit},
		{"name", "Your name", &first.Name},
		{"email", "Your e-mail address", &first.Email},
	}
	var missing []string
	lines := bufio.NewScanner(in)
	for _, a := range asked {
		switch {
		case *a.into != "":
		case !isTerminal(in):
			missing = append(missing, "--"+a.flag)
		default:
			fmt.Fprintf(out, "%s: ", a.words)
			if lines.Scan() {
				*a.into = lines.Text()
			}
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("say with %s", strings.Join(missing, ", "))
	}
	return lines.Err()
}

func isTerminal(in io.Reader) bool {
	file, ok := in.(*os.File)
	return ok && isatty.IsTerminal(file.Fd())
}

func begin(dir string, first municipality.First, out, said io.Writer, now time.Time) (err error) {
	a, err := openFolder(dir, folder.Serve, said)
	if errors.Is(err, folder.ErrBusy) {
		return fmt.Errorf("%w: stop it, then try again, and start it", err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	if _, err := access.OpenKeys(a.App); err != nil {
		return err
	}
	if _, err := push.OpenVAPID(a.DataDir()); err != nil {
		return err
	}
	password, err := municipality.Begin(a.App, first, now)
	if errors.Is(err, municipality.ErrClaimed) {
		return fmt.Errorf("%w: she invites others in the app; whoever runs the machine can give her a new password in the dashboard (folje superuser)", err)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Följe has begun. Sign in at /staff:\n\n  %s\n  %s\n\nThe password is shown this once. Start the server with folje serve.\n", strings.TrimSpace(first.Email), password)
	return nil
}

package command

import (
	"errors"
	"fmt"
	"io"

	"folje/internal/audit"

	"github.com/spf13/cobra"
)

func auditCommand(dir *string) *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Look after the log of who did what"}
	cmd.AddCommand(auditVerifyCommand(dir))
	return cmd
}

func auditVerifyCommand(dir *string) *cobra.Command {
	var heads []string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that nobody changed or removed a row of the log, also while the app is served",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			kept := make([]audit.Head, len(heads))
			for i, s := range heads {
				if kept[i], err = audit.ParseHead(s); err != nil {
					return fmt.Errorf("--head %q: %w", s, err)
				}
			}
			db, err := audit.Open(*dir)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, db.Close()) }()
			found, err := audit.Verify(cmd.Context(), db, kept...)
			if err != nil {
				return err
			}
			return tellAudit(cmd.OutOrStdout(), found)
		},
	}
	cmd.Flags().StringArrayVar(&heads, "head", nil, "where the log once ended, as it was printed or as a holder's browser keeps it: NUMBER:HASH")
	return cmd
}

// tellAudit prints what was found, and fails where something is wrong.
func tellAudit(out io.Writer, found audit.Report) error {
	if !found.Intact() {
		return fmt.Errorf("the audit log is not what was written: row %d: %s; %d rows before it are right", found.Wrong, found.Why, found.Rows)
	}
	if found.Rows == 0 {
		fmt.Fprintln(out, "The audit log is empty.")
		return nil
	}
	fmt.Fprintf(out, "Audit log intact: %d rows. Head %d:%s\n", found.Rows, found.Head.Seq, found.Head.Hash)
	return nil
}

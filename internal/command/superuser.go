package command

import (
	"crypto/rand"
	"errors"
	"fmt"

	"folje/internal/folder"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// superuserCommand lets whoever runs the machine into PocketBase's dashboard.
func superuserCommand(dir *string) *cobra.Command {
	return &cobra.Command{
		Use:   "superuser EMAIL",
		Short: "Make a superuser of PocketBase's dashboard, or give one a new password, and print it",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			a, err := openFolder(*dir, folder.Use, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, a.close()) }()
			password := rand.Text()
			if err := upsert(a.App, args[0], password); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), password)
			return nil
		},
	}
}

func upsert(a core.App, email, password string) error {
	c, err := a.FindCachedCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		return err
	}
	r, err := a.FindAuthRecordByEmail(c, email)
	if err != nil {
		r = core.NewRecord(c)
	}
	r.SetEmail(email)
	r.SetPassword(password)
	if err := a.Save(r); err != nil {
		return fmt.Errorf("save superuser: %w", err)
	}
	return nil
}

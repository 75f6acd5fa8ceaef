package web

import (
	"errors"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// errBackups is what PocketBase's own backups are refused with where they are
// not asked for by a request.
var errBackups = errors.New("PocketBase's own backups are off: use folje backup and folje restore")

// backupRoutes are PocketBase's that make a backup, take one in, or restore one.
var backupRoutes = []string{"POST /api/backups", "POST /api/backups/upload", "POST /api/backups/{key}/restore"}

// SwitchBackupsOff takes PocketBase's own backups away, also those that its
// settings schedule: its restore leaves an empty database if it dies half-way,
// and knows nothing of epochs and erasures; its archives hold the keys in
// plain text. Earlier ones can still be listed, fetched and deleted.
func SwitchBackupsOff(app core.App, messages Messages) {
	refuse := func(*core.BackupEvent) error { return errBackups }
	app.OnBackupCreate().BindFunc(refuse)
	app.OnBackupRestore().BindFunc(refuse)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.Bind(backupsElsewhere(refuser{messages}))
		return e.Next()
	})
}

// backupsElsewhere answers a superuser with what to use instead; everybody
// else gets what they got before.
func backupsElsewhere(refuse refuser) *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id: "foljeBackupsElsewhere", Priority: apis.DefaultLoadAuthTokenMiddlewarePriority + 2, // once it is known who asks
		Func: func(e *core.RequestEvent) error {
			for _, route := range backupRoutes {
				if e.Request.Pattern == route && e.HasSuperuserAuth() {
					refuse.write(e.Response, e.Request, http.StatusForbidden, "error.backups")
					return nil
				}
			}
			return e.Next()
		},
	}
}

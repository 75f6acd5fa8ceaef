package app

import (
	"errors"
	"sync"
	"time"

	"folje/internal/access"
	"folje/internal/erasure"

	"github.com/pocketbase/pocketbase/core"
)

// noteErasures opens the journal of erasures of the app's data folder for as
// long as the app runs. The function it gives notes a device there, to be
// called before the device is erased.
func noteErasures(app core.App, now func() time.Time) (func(device string) error, error) {
	journal, err := erasure.Open(erasure.File(app.DataDir()))
	if err != nil {
		return nil, err
	}
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		return errors.Join(e.Next(), journal.Close())
	})
	keys := sync.OnceValues(func() (*access.Keys, error) { return access.OpenKeys(app) })
	return func(device string) error {
		k, err := keys()
		if err != nil {
			return err
		}
		return journal.Append(erasure.Device, k.ErasureMark(device), now())
	}, nil
}

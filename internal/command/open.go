package command

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"folje/internal/app"
	"folje/internal/backup"
	"folje/internal/demo"
	"folje/internal/folder"
	"folje/internal/locale"
	"folje/internal/node"
	"folje/internal/pack"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/core"
)

// claim is how a command claims the data folder: folder.Serve or folder.Use.
type claim func(dir string) (*folder.Hold, error)

// opened is the app of a data folder, and the claim on that.
type opened struct {
	core.App
	hold *folder.Hold
	end  func() error // ends the app in good order; a second call waits for the first
}

// openFolder opens the data folder, and makes a new one so that nobody else on
// the machine can read it: PocketBase would let everybody. It completes a
// restore that was interrupted, and refuses a folder that has lost its
// database, or whose database is newer than this program. A node's folder it
// opens only beside the node that writes it: elsewhere the database is an old
// one, which the next takeover removes.
func openFolder(dir string, how claim, out io.Writer) (o *opened, err error) {
	opens, err := besideWriter(dir)
	if err != nil {
		return nil, err
	}
	return openFolderWith(dir, how, opens, out)
}

var errIdle = errors.New("this is the data folder of a node that doesn't write now: run the command on the one that does (docs/scale-node.md)")

// besideWriter gives what opens the app of a data folder that may be a node's.
// It fails with errIdle where that is so and the node isn't the writer.
func besideWriter(dir string) (opens func(string) (core.App, error), err error) {
	is, settled, err := node.Look(dir)
	if err != nil || !is {
		return app.Open, err
	}
	hold, err := folder.Serve(dir)
	switch {
	case err == nil:
		return nil, errors.Join(errIdle, hold.Release())
	case !errors.Is(err, folder.ErrBusy):
		return nil, err
	case !settled:
		return nil, errIdle
	}
	return app.OpenReplicated, nil
}

// openFolderWith opens the app itself in another way.
func openFolderWith(dir string, how claim, opens func(string) (core.App, error), out io.Writer) (o *opened, err error) {
	said, err := folder.Finish(dir)
	if err != nil {
		return nil, err
	}
	if said != "" {
		fmt.Fprintln(out, said)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	hold, err := how(dir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, hold.Release())
		}
	}()
	known := func(db *sql.DB) error { return backup.Known(context.Background(), db) }
	if err := folder.Check(dir, known); err != nil {
		return nil, err
	}
	if err := backup.Sweep(dir); err != nil {
		return nil, err
	}
	a, err := opens(dir)
	if err != nil {
		return nil, err
	}
	if err := folder.Mark(dir, time.Now()); err != nil {
		return nil, errors.Join(err, a.ResetBootstrapState())
	}
	return &opened{a, hold, sync.OnceValue(func() error { return terminate(a) })}, nil
}

// close ends the app and gives the folder back.
func (o *opened) close() error { return errors.Join(o.end(), o.hold.Release()) }

// open gives the app that is to be served; for a demo, filled, and how to get in.
func open(o options, files Files, out io.Writer) (*opened, *demo.Demo, error) {
	if o.writer != nil {
		a, err := openFolderWith(o.dir, folder.Serve, app.OpenReplicated, out)
		return a, nil, err
	}
	if !o.demo {
		a, err := openFolder(o.dir, folder.Serve, out)
		return a, nil, err
	}
	how, err := demo.Check(o.dir)
	if err != nil {
		return nil, nil, err
	}
	if how == nil {
		if err := demo.Begin(o.dir); err != nil {
			return nil, nil, err
		}
	}
	a, err := openFolder(o.dir, folder.Serve, out)
	if err != nil {
		return nil, nil, err
	}
	if how == nil {
		how, err = fill(a.App, o, files)
	} else {
		how = how.At(o.origin)
	}
	if err == nil {
		err = how.Write(o.dir)
	}
	if err != nil {
		return nil, nil, errors.Join(err, a.close())
	}
	return a, how, nil
}

func fill(a core.App, o options, files Files) (*demo.Demo, error) {
	p, err := pack.Load(files.Demo)
	if err != nil {
		return nil, fmt.Errorf("read the demo's pack: %w", err)
	}
	messages, err := locale.Load(files.Locales)
	if err != nil {
		return nil, fmt.Errorf("read the messages: %w", err)
	}
	return demo.Fill(a, p, messages, o.origin, time.Now().In(zone.Stockholm()))
}

func terminate(a core.App) error {
	event := new(core.TerminateEvent)
	event.App = a
	return a.OnTerminate().Trigger(event, func(e *core.TerminateEvent) error {
		return e.App.ResetBootstrapState()
	})
}

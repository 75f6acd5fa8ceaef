package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/app"
	"folje/internal/letter"
	"folje/internal/locale"
	"folje/internal/meeting"
	"folje/internal/sync"
	"folje/internal/translation"
	"folje/test/archive"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// The phone that follows the group.
const device = "3b1f8c52-6a0e-4d7b-9c41-8e2f5a6d7b90"

var secret = base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("b", 32)))

// filled is a data folder with a group, and its letters as the feeds call them.
type filled struct {
	scope string
	items []string
}

// fill makes a data folder with a year of one group.
func fill(dir string, now time.Time) (out filled, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return out, err
	}
	a, _, err := open(dir)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, terminate(a)) }()
	w, err := archive.NewWriter(1)
	if err != nil {
		return out, err
	}
	f := &archive.Filler{App: a, Writer: w, Locales: []string{"ar"}}
	if out.scope, err = f.Group("Blåsippan"); err != nil {
		return out, err
	}
	if err := f.Years(out.scope, 1, now); err != nil {
		return out, err
	}
	if err := follow(a, out.scope, now); err != nil {
		return out, err
	}
	err = a.DB().Select("item").From("changes").Where(dbx.HashExp{"scope": out.scope, "stream": sync.Records}).
		AndWhere(dbx.Like("item", "letters:")).OrderBy("seq DESC").Column(&out.items)
	return out, err
}

// open opens the folder with the features that publishing needs.
func open(dir string) (core.App, *sync.Service, error) {
	bundle, err := locale.Load(os.DirFS("locales"))
	if err != nil {
		return nil, nil, err
	}
	a, err := app.Open(dir)
	if err != nil {
		return nil, nil, err
	}
	return a, sync.Register(a, sync.Config{
		Locales: bundle, Texts: translation.Texts, Now: time.Now,
		Sources: map[string]sync.Source{
			"letters":  letter.Register(a, letter.Config{Locales: bundle, Now: time.Now}),
			"meetings": meeting.Register(a, meeting.Config{Locales: bundle, Now: time.Now}),
		},
		Authorize: func(*http.Request, string) error { return nil },
	}), nil
}

func terminate(a core.App) error {
	event := new(core.TerminateEvent)
	event.App = a
	return a.OnTerminate().Trigger(event, func(e *core.TerminateEvent) error { return e.App.ResetBootstrapState() })
}

// follow makes the phone a member of the group.
func follow(a core.App, group string, now time.Time) error {
	hash, err := access.HashSecret(secret)
	if err != nil {
		return err
	}
	save := func(collection string, values map[string]any) error {
		c, err := a.FindCachedCollectionByNameOrId(collection)
		if err != nil {
			return err
		}
		r := core.NewRecord(c)
		r.Load(values)
		return a.Save(r)
	}
	if err := save("devices", map[string]any{"id": device, "secretHash": hash, "locale": "ar", "seen": now.UTC()}); err != nil {
		return fmt.Errorf("save the phone: %w", err)
	}
	if err := save("memberships", map[string]any{"device": device, "group": group, "ends": now.AddDate(1, 0, 0).UTC()}); err != nil {
		return fmt.Errorf("follow the group: %w", err)
	}
	return nil
}

package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime"
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
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// The phone that follows every group.
const device = "3b1f8c52-6a0e-4d7b-9c41-8e2f5a6d7b90"

var secret = base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("b", 32)))

// filled is a data folder with its groups, and of the first one the numbers of
// its newest letters, the newest first.
type filled struct {
	scopes  []string // the groups' ids
	letters []int
	memory  int64 // that one whole feed of a group takes in one stream, on average
}

// fill makes a data folder of the size.
func fill(dir string, s size, now time.Time) (out filled, err error) {
	a, feeds, err := open(dir, now)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, terminate(a)) }()
	w, err := archive.NewWriter(1)
	if err != nil {
		return out, err
	}
	f := &archive.Filler{App: a, Writer: w, Locales: []string{"ar"}}
	first, err := f.Group("Blåsippan")
	if err != nil {
		return out, err
	}
	if err := f.Years(first, s.years, now); err != nil {
		return out, err
	}
	out.scopes = []string{first}
	for n := range s.groups - 1 {
		group, err := archive.Copy(a, first, n)
		if err != nil {
			return out, err
		}
		out.scopes = append(out.scopes, group)
	}
	if err := follow(a, out.scopes, now); err != nil {
		return out, err
	}
	err = a.DB().Select("seq").From("changes").Where(dbx.HashExp{"scope": out.scopes[0], "stream": sync.Records}).
		AndWhere(dbx.Like("item", "letters:")).OrderBy("seq DESC").Column(&out.letters)
	if err != nil {
		return out, fmt.Errorf("list the letters' numbers: %w", err)
	}
	out.memory, err = remember(a, feeds, out.scopes)
	return out, err
}

// open opens the folder with the features that publishing needs.
func open(dir string, now time.Time) (core.App, *sync.Service, error) {
	bundle, err := locale.Load(os.DirFS("locales"))
	if err != nil {
		return nil, nil, err
	}
	a, err := app.Open(dir)
	if err != nil {
		return nil, nil, err
	}
	clock := func() time.Time { return now }
	return a, sync.Register(a, sync.Config{
		Locales: bundle, Texts: translation.Texts, Now: clock,
		Sources: map[string]sync.Source{
			"letters":  letter.Register(a, letter.Config{Locales: bundle, Now: clock}),
			"meetings": meeting.Register(a, meeting.Config{Locales: bundle, Now: clock}),
		},
		Authorize: func(*http.Request, string) error { return nil },
	}), nil
}

func terminate(a core.App) error {
	event := new(core.TerminateEvent)
	event.App = a
	return a.OnTerminate().Trigger(event, func(e *core.TerminateEvent) error { return e.App.ResetBootstrapState() })
}

// follow makes the phone a member of the groups.
func follow(a core.App, groups []string, now time.Time) error {
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
	for _, group := range groups {
		if err := save("memberships", map[string]any{"device": device, "group": group, "ends": now.AddDate(1, 0, 0).UTC()}); err != nil {
			return fmt.Errorf("follow a group: %w", err)
		}
	}
	return nil
}

// remember has all feeds made, of each group's records and Arabic texts, and
// gives what one of them keeps in memory.
func remember(a core.App, feeds *sync.Service, groups []string) (int64, error) {
	router, err := apis.NewRouter(a)
	if err != nil {
		return 0, err
	}
	event := &core.ServeEvent{App: a, Router: router, Server: &http.Server{}}
	if err := a.OnServe().Trigger(event, func(*core.ServeEvent) error { return nil }); err != nil {
		return 0, err
	}
	before := heap()
	for _, group := range groups {
		for _, path := range []string{group, group + "/texts/ar"} {
			r, err := http.NewRequest(http.MethodGet, "/api/folje/v1/feeds/"+path+"?after=", nil)
			if err != nil {
				return 0, err
			}
			if _, _, _, ok := feeds.Quick(r); !ok {
				return 0, fmt.Errorf("no feed at %s", path)
			}
		}
	}
	taken := heap() - before
	runtime.KeepAlive(feeds)
	return taken / int64(2*len(groups)), nil
}

func heap() int64 {
	runtime.GC()
	runtime.GC() // what the first one found has been freed
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

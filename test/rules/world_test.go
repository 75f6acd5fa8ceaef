package rules_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/access"
	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/locale"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// noon is the world's time.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// undo is for how long a publication can be undone.
const undo = 30 * time.Second

const password = "ett långt lösenord"

// world is a data folder that is cloned for every server, and what a test must
// know of it.
type world struct {
	canaries
	testing.TB
	app     core.App // only while the world is made
	dir     string
	locales *locale.Bundle
	tokens  map[string]string // role → Authorization
	units   map[byte]*place
	ids     map[string]string // of what belongs to no unit
}

// place is one unit: the ids of its records by name, and the codes of its
// invites.
type place struct {
	letter byte // 'A' or 'B'
	ids    map[string]string
	codes  map[string]string
	bases  map[string]int // of its letters
}

func (p *place) id(name string) string {
	id, ok := p.ids[name]
	if !ok {
		panic("the world has no " + name)
	}
	return id
}

// newWorld makes the world. It takes half a second; servers of it take little.
func newWorld(tb testing.TB) *world {
	tb.Helper()
	dir := tb.TempDir()
	a, err := app.Open(dir)
	if err != nil {
		tb.Fatalf("open the world: %v", err)
	}
	w := &world{
		TB: tb, app: a, dir: dir, locales: noMessages(tb),
		tokens: map[string]string{guest: "", guestIn: ""}, ids: map[string]string{}, units: map[byte]*place{},
	}
	if err := app.Register(a, w.config(tinySite())); err != nil {
		tb.Fatalf("register: %v", err)
	}
	w.cheapPasswords()
	w.settings()
	w.pushKeys()
	for _, letter := range []byte{'A', 'B'} {
		w.unit(letter)
	}
	for _, p := range w.units {
		w.write(p)
		w.recorded(p)
		w.bookkeeping(p)
	}
	w.words()
	w.phrases()
	w.packItem()
	w.logo()
	w.messages()
	w.people()
	w.tablets()
	w.confidential()
	w.guide() // one entry is an editor's
	w.themes()
	w.invited()
	w.secrets()
	if err := a.ResetBootstrapState(); err != nil {
		tb.Fatalf("close the world: %v", err)
	}
	w.app = nil
	return w
}

func (w *world) config(site fs.FS) app.Config {
	return app.Config{
		Public: site, Locales: w.locales, Origin: "https://folje.example",
		Admin: "127.0.0.1:0", Now: func() time.Time { return noon }, Undo: undo,
		Push: app.Push{Contact: "https://folje.example"}, Announce: announcing(),
	}
}

// noMessages are the repository's locales without all but two of their messages: each server
// compresses what it serves of them, and there are hundreds of servers.
func noMessages(tb testing.TB) *locale.Bundle {
	tb.Helper()
	bare := fstest.MapFS{}
	paths, err := filepath.Glob(filepath.Join(apptest.Root(), "locales", "*.json"))
	if err != nil || len(paths) == 0 {
		tb.Fatalf("find the locales: %v", err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		var messages map[string]any
		if err := json.Unmarshal(raw, &messages); err != nil {
			tb.Fatalf("read %s: %v", path, err)
		}
		tag := strings.TrimSuffix(filepath.Base(path), ".json")
		maps.DeleteFunc(messages, func(id string, _ any) bool { return !keptMessage(tag, id) })
		if raw, err = json.Marshal(messages); err != nil {
			tb.Fatal(err)
		}
		bare[filepath.Base(path)] = &fstest.MapFile{Data: raw}
	}
	bundle, err := locale.Load(bare)
	if err != nil {
		tb.Fatalf("load the locales: %v", err)
	}
	return bundle
}

// tinySite stands for the web app where it doesn't matter; the real one is
// asked for file by file elsewhere.
func tinySite() fs.FS {
	return fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}
}

// cheapPasswords saves the time of hashing.
func (w *world) cheapPasswords() {
	for _, name := range []string{"staff", core.CollectionNameSuperusers} {
		c, err := w.app.FindCollectionByNameOrId(name)
		if err != nil {
			w.Fatal(err)
		}
		c.Fields.GetByName("password").(*core.PasswordField).Cost = 4
		if err := w.app.Save(c); err != nil {
			w.Fatal(err)
		}
	}
}

// save stores a record; its fields are saved as they are given.
func (w *world) save(collection string, values map[string]any) *core.Record {
	w.Helper()
	return apptest.MustRecord(w, w.app, collection, values)
}

// settings fills what belongs to no unit.
func (w *world) settings() {
	w.setting("municipality", map[string]string{"name": w.text(kTown, neither), "address": w.text(kTown, neither)})
	epoch, err := w.app.FindFirstRecordByData("settings", "name", "epoch")
	if err != nil {
		w.Fatal(err)
	}
	w.ids["epoch"] = epoch.Id
	w.save("settings", map[string]any{"name": w.text(kSetting, neither), "value": w.text(kSetting, neither)})

	s := w.app.Settings()
	s.Meta.SenderAddress = w.text(kApp, neither) + "@example.org"
	s.SMTP.Username, s.SMTP.Password = w.text(kApp, neither), w.text(kSecret, neither)
	s.S3.AccessKey, s.S3.Secret = w.text(kApp, neither), w.text(kSecret, neither)
	s.Backups.S3.Secret = w.text(kSecret, neither)
	if err := w.app.Save(s); err != nil {
		w.Fatalf("save PocketBase's settings: %v", err)
	}
	log := &core.Log{Message: w.text(kLog, neither), Level: 8}
	log.Id, log.Created = "canarylogcanary", types.NowDateTime()
	if err := w.app.AuxSave(log); err != nil {
		w.Fatalf("save a log: %v", err)
	}
	w.ids["log"] = log.Id
	w.ids["backup"] = w.text(kBackup, neither) + ".zip"
	backups := filepath.Join(w.dir, core.LocalBackupsDirName)
	if err := os.MkdirAll(backups, 0o700); err != nil {
		w.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(backups, w.ids["backup"]), []byte(w.text(kBackup, neither)), 0o600); err != nil {
		w.Fatal(err)
	}
}

func (w *world) setting(name string, value any) {
	r, err := w.app.FindFirstRecordByData("settings", "name", name)
	if err != nil {
		w.Fatal(err)
	}
	r.Set("value", value)
	if err := w.app.Save(r); err != nil {
		w.Fatal(err)
	}
	w.ids[name] = r.Id
}

// secrets makes canaries of what the database holds and nobody may be shown:
// hashes, token keys, sealed codes.
func (w *world) secrets() {
	for table, columns := range map[string][]string{
		"staff": {"password", "tokenKey"}, core.CollectionNameSuperusers: {"password", "tokenKey"},
		"devices": {"secretHash"}, "invites": {"codeHash", "codeSealed"}, "staff_invites": {"mark", "sealed"}, "tablets": {"code", "mark"}, "staff_pins": {"hash"}, "tablet_sessions": {"mark"}, core.CollectionNameOTPs: {"password"},
	} {
		for _, column := range columns {
			var values []string
			if err := w.app.DB().Select(column).From(table).Column(&values); err != nil {
				w.Fatalf("read %s: %v", table, err)
			}
			for _, v := range values {
				if v != "" { // a tablet that waits has no secret yet
					w.add(canary{text: v, kind: kSecret, unit: neither})
				}
			}
		}
	}
}

// people makes the roles' own records and tokens.
func (w *world) people() {
	a, b := w.units['A'].id("unit"), w.units['B'].id("unit")
	w.staff(editor, 'A', []string{access.RoleEditor}, a)
	w.staff(translator, 'A', []string{access.RoleTranslator}, a)
	w.staff(coordinator, 'A', []string{access.RoleCoordinator}, a)
	w.staff(steget, 'A', []string{access.RoleSteget}, a)
	w.staff(stranger, 'B', []string{access.RoleEditor, access.RoleTranslator}, b)
	w.staff(admin, neither, []string{access.RoleAdmin})
	w.staff(signingIn, neither, []string{access.RoleCoordinator})
	former := w.staff(gone, 'A', []string{access.RoleEditor}, a)
	if err := w.app.Delete(former); err != nil {
		w.Fatal(err)
	}
	less := w.staff(demoted, 'A', []string{access.RoleEditor, access.RoleTranslator}, a)
	less.Set("roles", []string{access.RoleCoordinator})
	if err := w.app.Save(less); err != nil {
		w.Fatal(err)
	}
	root := w.superuser(superuser)
	root.Collection().FileToken.Duration = int64(time.Hour / time.Second) // in this token only: a slow machine takes longer than the three minutes
	var err error
	if w.ids["file token"], err = root.NewFileToken(); err != nil {
		w.Fatal(err)
	}
	w.tokens[superuser], w.tokens[superuserIn] = apptest.MustToken(w, root), apptest.MustToken(w, root)
	w.superuser(superSigning)
}

func (w *world) staff(role string, unit byte, may []string, units ...string) *core.Record {
	r := w.save("staff", map[string]any{
		"name": w.own(kName, unit, role), "email": w.own(kEmail, unit, role) + "@example.org",
		"password": password, "verified": true, "roles": may, "units": units, "locales": []string{"ar"},
	})
	w.ids[role] = r.Id
	w.tokens[role] = apptest.MustToken(w, r)
	w.tokens[role+"@"] = w.tokens[role]
	return r
}

func (w *world) superuser(role string) *core.Record {
	email := w.own(kEmail, neither, role) + "@example.org"
	r := w.save(core.CollectionNameSuperusers, map[string]any{"email": email, "password": password})
	w.ids[role] = r.Id
	return r
}

// email is the address a role signs in with.
func (w *world) email(role string) string {
	for _, c := range w.all {
		if c.owner == role && c.kind == kEmail {
			return c.text + "@example.org"
		}
	}
	panic(fmt.Sprintf("%s has no address", role))
}

package node

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"folje/internal/push"
	"folje/internal/ticket"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ErrKeys says that this node's keys aren't the last writer's: invitations,
// operations and subscriptions would be unknown to it.
var ErrKeys = errors.New("this node has other keys than the last writer")

// rotating are the files of keys that are added and dropped while the writer
// works, and what names each key: it has a fingerprint of its own. A standby
// without the keys of tickets would have every phone come at once when it takes
// over.
func rotating() map[string]func(dir string) ([]string, error) {
	return map[string]func(string) ([]string, error){
		"vapid.json": func(dir string) (ids []string, err error) {
			keys, err := push.ReadVAPID(dir)
			if err != nil {
				return nil, err
			}
			for _, key := range keys.Keys() {
				ids = append(ids, key.ID)
			}
			return ids, nil
		},
		"ticket.key": func(dir string) (ids []string, err error) {
			keys, err := ticket.IDs(dir)
			for _, id := range keys {
				ids = append(ids, id.String())
			}
			return ids, err
		},
	}
}

// fingerprints are those of the files of keys in a data folder, by name: hashes
// of random keys say nothing of them. A file that has more keys than another
// has all its fingerprints.
func fingerprints(dir string) (map[string]string, error) {
	files, err := os.ReadDir(filepath.Join(dir, "keys"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the keys: %w", err)
	}
	prints, rotate := map[string]string{}, rotating()
	for _, f := range files {
		if !f.Type().IsRegular() || strings.Contains(f.Name(), ".new-") {
			continue
		}
		if names := rotate[f.Name()]; names != nil {
			ids, err := names(dir)
			if err != nil {
				return nil, fmt.Errorf("read the keys: %w", err)
			}
			for _, id := range ids {
				prints[f.Name()+"/"+id] = id
			}
			continue
		}
		raw, err := os.ReadFile(filepath.Join(dir, "keys", f.Name()))
		if err != nil {
			return nil, fmt.Errorf("read the keys: %w", err)
		}
		sum := sha256.Sum256(append([]byte("folje key file\n"), raw...))
		prints[f.Name()] = hex.EncodeToString(sum[:8])
	}
	return prints, nil
}

// sameKeys fails with [ErrKeys] where the folder lacks one of the keys, or has
// another, and says which to copy. Own says that they are this node's own: then
// it was itself that dropped a key which rotates.
func sameKeys(dir string, want map[string]string, own bool) error {
	have, err := fingerprints(dir)
	if err != nil {
		return err
	}
	var other []string
	for name, print := range want {
		file, _, rotates := strings.Cut(name, "/")
		if have[name] != print && !(own && rotates) {
			other = append(other, filepath.Join(dir, "keys", file))
		}
	}
	if len(other) == 0 {
		return nil
	}
	slices.Sort(other)
	other = slices.Compact(other)
	return fmt.Errorf("%w: copy %s from that node's data folder, with mode 0600", ErrKeys, strings.Join(other, ", "))
}

// param is the row of PocketBase's own table of parameters in which the
// fingerprints lie, so that they travel with the database.
const param = "foljeKeys"

func keysIn(app core.App) (map[string]string, error) {
	var raw []string
	if err := app.DB().NewQuery("SELECT value FROM _params WHERE id = {:id}").Bind(dbx.Params{"id": param}).Column(&raw); err != nil {
		return nil, fmt.Errorf("read the keys' fingerprints: %w", err)
	}
	prints := map[string]string{}
	if len(raw) == 0 {
		return prints, nil
	}
	if err := json.Unmarshal([]byte(raw[0]), &prints); err != nil {
		return nil, fmt.Errorf("read the keys' fingerprints: %w", err)
	}
	return prints, nil
}

func storeKeys(app core.App, prints map[string]string) error {
	raw, err := json.Marshal(prints)
	if err != nil {
		return err
	}
	_, err = app.DB().NewQuery("INSERT INTO _params (id, value) VALUES ({:id}, {:value}) ON CONFLICT (id) DO UPDATE SET value = {:value}").
		Bind(dbx.Params{"id": param, "value": string(raw)}).Execute()
	if err != nil {
		return fmt.Errorf("store the keys' fingerprints: %w", err)
	}
	return nil
}

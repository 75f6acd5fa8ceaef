package access

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/types"
)

// bind keeps the index true while the app runs. The hooks are the After ones,
// which run once the transaction is committed.
func (x *Index) bind(app core.App) {
	ofDevice := func(r *core.Record) string { return r.Id }
	ofMembership := func(r *core.Record) string { return r.GetString("device") }
	x.follow(app, "devices", ofDevice)
	x.follow(app, "memberships", ofMembership)
}

// follow binds a handler of its own to each hook: binding changes a handler,
// and one of the same id replaces the other.
func (x *Index) follow(app core.App, collection string, device func(*core.Record) string) {
	for _, h := range []*hook.TaggedHook[*core.RecordEvent]{
		app.OnRecordAfterCreateSuccess(collection),
		app.OnRecordAfterUpdateSuccess(collection),
		app.OnRecordAfterDeleteSuccess(collection),
	} {
		h.Bind(&hook.Handler[*core.RecordEvent]{
			Id: "foljeIndex_" + collection,
			Func: func(e *core.RecordEvent) error {
				x.refresh(e.App, device(e.Record))
				return e.Next()
			},
		})
	}
}

// refresh reads one device anew. Where that fails the device is forgotten: it
// registers again, which is safer than a revocation that is not seen.
func (x *Index) refresh(app core.App, id string) {
	x.reading.Lock()
	defer x.reading.Unlock()
	found, err := readDevice(app, id)
	if err != nil {
		app.Logger().Error("refresh the index of devices", "cause", err.Error())
	}
	x.put(id, found)
}

// ensure makes the index know a registered device, also after a refresh that
// failed.
func (x *Index) ensure(app core.App, id, hash string) {
	if !x.knows(id, hash) {
		x.refresh(app, id)
	}
}

// knows reports whether the device has this secret.
func (x *Index) knows(id, hash string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	found, ok := x.byID[id]
	return ok && found.hash == hash
}

// readDevice gives nil for a device that does not exist.
func readDevice(app core.App, id string) (*indexed, error) {
	record, err := app.FindRecordById("devices", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find device: %w", err)
	}
	memberships, err := app.FindAllRecords("memberships", dbx.HashExp{"device": id})
	if err != nil {
		return nil, fmt.Errorf("find memberships: %w", err)
	}
	groups, has := make(map[string]time.Time, len(memberships)), make(map[string]int, len(memberships))
	for _, m := range memberships {
		groups[m.GetString("group")], has[m.GetString("group")] = m.GetDateTime("ends").Time(), m.GetInt("has")
	}
	return &indexed{
		Device: Device{
			ID: id, Locale: record.GetString("locale"), Groups: groups,
			Revoked: !record.GetDateTime("revoked").IsZero(),
		},
		hash: record.GetString("secretHash"),
		seen: day(record.GetDateTime("seen").Time()), has: has,
	}, nil
}

// rebuild reads all devices, in two queries.
func (x *Index) rebuild(app core.App) error {
	x.reading.Lock()
	defer x.reading.Unlock()
	devices, err := readDevices(app)
	if err != nil {
		return err
	}
	byHash := make(map[string]*indexed, len(devices))
	for _, d := range devices {
		byHash[d.hash] = d
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.byID, x.byHash = devices, byHash
	return nil
}

func readDevices(app core.App) (map[string]*indexed, error) {
	var rows []struct {
		ID      string         `db:"id"`
		Locale  string         `db:"locale"`
		Hash    string         `db:"secretHash"`
		Seen    types.DateTime `db:"seen"`
		Revoked types.DateTime `db:"revoked"`
	}
	err := app.DB().Select("id", "locale", "secretHash", "seen", "revoked").From("devices").All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read devices: %w", err)
	}
	var links []struct {
		Device string         `db:"device"`
		Group  string         `db:"group"`
		Ends   types.DateTime `db:"ends"`
		Has    int            `db:"has"`
	}
	if err := app.DB().Select("device", "group", "ends", "has").From("memberships").All(&links); err != nil {
		return nil, fmt.Errorf("read memberships: %w", err)
	}
	devices := make(map[string]*indexed, len(rows))
	for _, r := range rows {
		devices[r.ID] = &indexed{
			Device: Device{ID: r.ID, Locale: r.Locale, Groups: map[string]time.Time{}, Revoked: !r.Revoked.IsZero()},
			hash:   r.Hash, seen: day(r.Seen.Time()), has: map[string]int{},
		}
	}
	for _, l := range links {
		if d, ok := devices[l.Device]; ok {
			d.Groups[l.Group], d.has[l.Group] = l.Ends.Time(), l.Has
		}
	}
	return devices, nil
}

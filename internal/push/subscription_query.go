package push

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const collection = "push_subscriptions"

// silence is after how many days a subscription that wasn't heard of is left
// alone until its phone says again that it is there.
const silence = 60

// Audience is whose phones are meant.
type Audience struct {
	Groups []string // those that follow one of them
	Locale string   // only those that read this; "" for all
	Device string   // only this one, whatever its groups; "" for all
}

// Reached is a subscription that something is to be sent to, with how its
// phone wants to be told.
type Reached struct {
	ID      string `db:"id"`
	Device  string `db:"device"`
	Service string `db:"service"`
	Locale  string `db:"locale"`
	Quiet   string `db:"quiet"` // hours without ringing, such as "21-7"; "off", or "" for the usual ones
	Titles  bool   `db:"titles"`
}

// Reachable gives the audience's subscriptions with an id above after, in the
// order of their ids, at most limit of them. Each stands there once, and only
// where it has not ended, is not parked, was heard of within 60 days, and its
// device is not revoked and follows one of the groups at the time now.
func Reachable(app core.App, who Audience, after string, limit int, now time.Time) ([]Reached, error) {
	groups, err := json.Marshal(who.Groups)
	if err != nil {
		return nil, fmt.Errorf("encode groups: %w", err)
	}
	values := dbx.Params{
		"after": after, "since": day(now.AddDate(0, 0, -silence)), "locale": who.Locale, "limit": limit,
		"now": stamp(now), "groups": string(groups), "device": who.Device, "few": few,
	}
	of, err := who.condition(app, values)
	if err != nil {
		return nil, err
	}
	found := []Reached{}
	err = app.DB().NewQuery(`SELECT s.id, s.device, s.service, d.locale, d.quiet, d.titles
		FROM push_subscriptions s JOIN devices d ON d.id = s.device
		WHERE s.id > {:after} AND s.ended = '' AND s.parked = '' AND s.heard >= {:since}
		AND d.revoked = '' AND ({:locale} = '' OR d.locale = {:locale}) AND ` + of + `
		ORDER BY s.id LIMIT {:limit}`).Bind(values).All(&found)
	if err != nil {
		return nil, fmt.Errorf("find reachable subscriptions: %w", err)
	}
	return found, nil
}

// few is up to how many followers of groups are looked up one by one. From
// there on it is cheaper to go through all subscriptions in the order wanted,
// which doesn't begin anew for each chunk.
const few = 2000

// condition says which subscriptions s are the audience's. The plus sign keeps
// SQLite from looking through the group for each phone.
func (a Audience) condition(app core.App, values dbx.Params) (string, error) {
	if a.Device != "" {
		return `s.device = {:device}`, nil
	}
	var followers int
	err := app.DB().NewQuery(`SELECT count(*) FROM (SELECT 1 FROM memberships m
		WHERE m."group" IN (SELECT value FROM json_each({:groups})) AND m.ends > {:now} LIMIT {:few} + 1)`).
		Bind(values).Row(&followers)
	if err != nil {
		return "", fmt.Errorf("count followers: %w", err)
	}
	if followers <= few {
		return `s.device IN (SELECT m.device FROM memberships m
			WHERE m."group" IN (SELECT value FROM json_each({:groups})) AND m.ends > {:now})`, nil
	}
	return `EXISTS (SELECT 1 FROM memberships m WHERE m.device = s.device AND m.ends > {:now}
		AND +m."group" IN (SELECT value FROM json_each({:groups})))`, nil
}

// Recipient is a subscription with how its phone wants to be told now.
type Recipient struct {
	Subscription
	Locale string
	Quiet  string // as in [Reached]
	Titles bool
}

// Find gives those of the subscriptions that something may be sent to: not
// those that ended, nor those of a revoked device. A parked one is there, and
// says so. They come in any order.
func Find(app core.App, ids []string) ([]Recipient, error) {
	names, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("encode ids: %w", err)
	}
	var rows []row
	err = app.DB().NewQuery(`SELECT s.id, s.device, s.service, s.endpoint, s.p256dh, s.auth, s."key", s.faults, s.parked,
		d.locale, d.quiet, d.titles
		FROM push_subscriptions s JOIN devices d ON d.id = s.device
		WHERE s.id IN (SELECT value FROM json_each({:ids})) AND s.ended = '' AND d.revoked = ''`).
		Bind(dbx.Params{"ids": string(names)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("find subscriptions: %w", err)
	}
	found := make([]Recipient, len(rows))
	for i, r := range rows {
		if found[i], err = r.recipient(); err != nil {
			return nil, fmt.Errorf("read subscription %s: %w", r.ID, err)
		}
	}
	return found, nil
}

// row is a subscription as the database has it.
type row struct {
	ID       string `db:"id"`
	Device   string `db:"device"`
	Service  string `db:"service"`
	Endpoint string `db:"endpoint"`
	P256dh   string `db:"p256dh"`
	Auth     string `db:"auth"`
	Key      string `db:"key"`
	Faults   int    `db:"faults"`
	Parked   string `db:"parked"`
	Locale   string `db:"locale"`
	Quiet    string `db:"quiet"`
	Titles   bool   `db:"titles"`
}

func (r row) recipient() (Recipient, error) {
	p256dh, keyErr := base64.RawURLEncoding.DecodeString(r.P256dh)
	auth, authErr := base64.RawURLEncoding.DecodeString(r.Auth)
	return Recipient{
		Subscription: Subscription{
			ID: r.ID, Device: r.Device, Service: r.Service, Endpoint: r.Endpoint, P256dh: p256dh, Auth: auth,
			Key: r.Key, Faults: r.Faults, Parked: r.Parked != "",
		},
		Locale: r.Locale, Quiet: r.Quiet, Titles: r.Titles,
	}, errors.Join(keyErr, authErr)
}

// day is all that is kept of when something was.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// stamp is a time as PocketBase stores it, in UTC and sortable as text.
func stamp(t time.Time) string {
	d, _ := types.ParseDateTime(t) // a time.Time always parses
	return d.String()
}

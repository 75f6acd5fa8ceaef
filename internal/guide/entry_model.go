package guide

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// What an entry is, and whom it is for.
const (
	Service   = "service"
	Knowledge = "knowledge"
	History   = "history" // of what has ended; staff's

	Everyone  = "everyone"
	StaffOnly = "staff"
)

// Oldest is the age to which the guide goes, in years.
const Oldest = 20

// Entry is a record of the collection guide_entries.
type Entry struct{ *core.Record }

// Part is a piece of an entry's text. Part says what about: summary, who,
// happens, cost, consent, behind, hours or more. Kind is paragraph or item. ID
// is unique within the entry.
type Part struct {
	ID   string `json:"id"`
	Part string `json:"part"`
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// Note is a piece of what only staff read: cooperate, requires, signs, consult,
// follows, steering or history.
type Note struct {
	Part string `json:"part"`
	Text string `json:"text"`
}

// Contact is a way to reach a service. Kind is phone, sms, mail, web or visit.
type Contact struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
	Label string `json:"label,omitempty"`
}

// Place is where a service is.
type Place struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

// Key is what texts and other entries name the entry by.
func (e Entry) Key() string { return e.GetString("key") }

// Name is what the service is called here; "" where it has no name of its own.
func (e Entry) Name() string { return e.GetString("name") }

// Title says in Swedish what the entry is.
func (e Entry) Title() string { return e.GetString("title") }

// Open reports whether everybody may read the entry.
func (e Entry) Open() bool {
	return e.GetString("audience") == Everyone && e.GetString("type") != History
}

// Visible reports whether phones have the entry.
func (e Entry) Visible() bool { return e.Open() && !e.GetBool("hidden") }

// Parts are the entry's text for everybody. Never nil.
func (e Entry) Parts() ([]Part, error) { return list[Part](e.Record, "parts") }

// Notes are what only staff read. Never nil.
func (e Entry) Notes() ([]Note, error) { return list[Note](e.Record, "staff") }

// Contacts are the ways to reach the service. Never nil.
func (e Entry) Contacts() ([]Contact, error) { return list[Contact](e.Record, "contacts") }

// Place is where the service is; empty where nobody goes there.
func (e Entry) Place() (p Place, err error) {
	if raw := e.GetString("place"); raw != "" && raw != "null" {
		err = json.Unmarshal([]byte(raw), &p)
	}
	if err != nil {
		return p, fmt.Errorf("read an entry's place: %w", err)
	}
	return p, nil
}

func (e Entry) strings(field string) ([]string, error) { return list[string](e.Record, field) }

// list reads a JSON field that is a list; none is an empty one.
func list[T any](r *core.Record, field string) ([]T, error) {
	all := []T{}
	raw := r.GetString(field)
	if raw == "" || raw == `""` {
		return all, nil
	}
	if err := json.Unmarshal([]byte(raw), &all); err != nil {
		return nil, fmt.Errorf("read %s of %s: %w", field, r.Collection().Name, err)
	}
	if all == nil { // a stored null
		all = []T{}
	}
	return all, nil
}

// find gives the record as it is stored, nil for none.
func find(app core.App, collection, id string) (*core.Record, error) {
	r, err := app.FindRecordById(collection, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a record of %s: %w", collection, err)
	}
	return r, nil
}

// withKeys gives the entries of these keys.
func withKeys(app core.App, keys []string) ([]Entry, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	wanted := make([]any, len(keys))
	for i, key := range keys {
		wanted[i] = key
	}
	records, err := app.FindAllRecords(entries, dbx.In("key", wanted...))
	if err != nil {
		return nil, fmt.Errorf("find entries by their keys: %w", err)
	}
	return asEntries(records), nil
}

// all gives every entry, in the municipality's order.
func all(app core.App) ([]Entry, error) {
	var records []*core.Record
	if err := app.RecordQuery(entries).OrderBy("order", "key").All(&records); err != nil {
		return nil, fmt.Errorf("list the guide's entries: %w", err)
	}
	return asEntries(records), nil
}

func asEntries(records []*core.Record) []Entry {
	out := make([]Entry, len(records))
	for i, r := range records {
		out[i] = Entry{r}
	}
	return out
}

// visibleKeys are those of keys that phones have an entry of, in their order.
func visibleKeys(app core.App, keys []string) ([]string, error) {
	found, err := withKeys(app, keys)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, key := range keys {
		if slices.ContainsFunc(found, func(e Entry) bool { return e.Key() == key && e.Visible() }) {
			out = append(out, key)
		}
	}
	return out, nil
}

// mentioned reports whether a published text that everybody reads names the
// entry, or its place, beside the entry's own.
func mentioned(app core.App, e Entry) (bool, error) {
	var n int
	err := app.DB().NewQuery(`SELECT EXISTS (SELECT 1 FROM segment_uses u JOIN segments s ON s.id = u.segment
		WHERE u.scope = 'public' AND u.published AND u.record != {:id}
		AND (instr(s.text, {:name}) OR instr(s.text, {:place})))`).
		Bind(dbx.Params{"id": e.Id, "name": placeholder(e.Key()), "place": placeholder(e.Key() + placeSuffix)}).Row(&n)
	if err != nil {
		return false, fmt.Errorf("find texts that name an entry: %w", err)
	}
	return n > 0, nil
}

// relating gives the entries that point at the key.
func relating(app core.App, key string) ([]Entry, error) {
	records, err := app.FindAllRecords(entries, dbx.Like("related", `"`+key+`"`))
	if err != nil {
		return nil, fmt.Errorf("find entries that relate to another: %w", err)
	}
	var out []Entry
	for _, e := range asEntries(records) {
		if related, err := e.strings("related"); err != nil {
			return nil, err
		} else if slices.Contains(related, key) {
			out = append(out, e)
		}
	}
	return out, nil
}

// mentions are the keys of entries that the texts name.
func mentions(texts ...string) []string {
	var keys []string
	for _, text := range texts {
		for _, m := range placeholders.FindAllStringSubmatch(text, -1) {
			if key := strings.TrimSuffix(m[1], placeSuffix); key != municipality && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

package guide

import (
	"fmt"
	"slices"

	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Bind makes every way of storing an entry, a worry or a support group, through
// the record API or not, do the same in one transaction: say which segments it
// uses, and tell the feed, also of the records that change with it. What stores
// them before the features are bound calls it too. Calling it again changes
// nothing.
func Bind(app core.App) {
	for _, collection := range []string{entries, worries, supportGroups} {
		// First, and so around what tells of the record itself: what a text names is
		// looked for in what is indexed.
		app.OnRecordCreate(collection).Bind(around("foljeGuideCreate_" + collection))
		app.OnRecordUpdate(collection).Bind(around("foljeGuideUpdate_" + collection))
		app.OnRecordDelete(collection).Bind(around("foljeGuideDelete_" + collection))
		translation.Bind(app, collection, ownerOf)
	}
}

// around is a handler, bound once under its id, that tells of what changes with
// a record, in the record's transaction.
func around(id string) *hook.Handler[*core.RecordEvent] {
	return &hook.Handler[*core.RecordEvent]{Id: id, Func: func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			before, after := core.NewRecord(e.Record.Collection()), e.Record
			if !e.Record.IsNew() {
				before = e.Record.Original()
			}
			if err := e.Next(); err != nil {
				return err
			}
			if e.Type == core.ModelEventTypeDelete {
				after = core.NewRecord(e.Record.Collection())
			}
			return tellOthers(tx, before, after)
		})
	}}
}

// tell says which segments the record uses now, and has the feed say so.
func tell(tx core.App, r *core.Record) error {
	o, err := ownerOf(tx, r)
	if err != nil {
		return err
	}
	if err := translation.Index(tx, o); err != nil {
		return fmt.Errorf("index a record of %s: %w", o.Collection, err)
	}
	return translation.Tell(tx, sync.Item(o.Collection, o.ID), o.Published, []string{sync.Public}, o.PublishedScopes)
}

func ownerOf(app core.App, r *core.Record) (translation.Owner, error) {
	switch r.Collection().Name {
	case worries:
		return Worry{r}.owner(), nil
	case supportGroups:
		return Group{r}.owner(app)
	}
	return Entry{r}.owner(app)
}

// tellOthers tells the feed of the records that change with this one: those
// that point at an entry that came or went, and hidden entries that a text
// names from now on, or no longer.
func tellOthers(tx core.App, before, after *core.Record) error {
	if after.Collection().Name == entries {
		if was, is := (Entry{before}), (Entry{after}); was.Visible() != is.Visible() {
			if err := tellPointing(tx, was, is); err != nil {
				return err
			}
		}
	}
	was, err := named(before)
	if err != nil {
		return err
	}
	is, err := named(after)
	if err != nil {
		return err
	}
	return tellHidden(tx, difference(was, is))
}

// tellPointing tells of what points at the entry: worries, other entries and
// support groups. Either of the two may be none.
func tellPointing(tx core.App, was, is Entry) error {
	e := is
	if e.Id == "" {
		e = was
	}
	pointing, err := relating(tx, e.Key())
	if err != nil {
		return err
	}
	helped, err := helpedBy(tx, e.Id)
	if err != nil {
		return err
	}
	groups, err := groupsOf(tx, e.Id)
	if err != nil {
		return err
	}
	var records []*core.Record
	for _, other := range pointing {
		records = append(records, other.Record)
	}
	for _, w := range helped {
		records = append(records, w.Record)
	}
	for _, g := range groups {
		records = append(records, g.Record)
	}
	for _, r := range records {
		if err := tell(tx, r); err != nil {
			return err
		}
	}
	return nil
}

func tellHidden(tx core.App, keys []string) error {
	found, err := withKeys(tx, keys)
	if err != nil {
		return err
	}
	for _, e := range found {
		if e.Visible() {
			continue
		}
		if err := tell(tx, e.Record); err != nil {
			return err
		}
	}
	return nil
}

// named are the keys that the record's published texts name.
func named(r *core.Record) ([]string, error) {
	switch r.Collection().Name {
	case worries:
		return mentions(words(Worry{r}.Content())...), nil
	case supportGroups:
		return mentions(words(Group{r}.Content())...), nil
	}
	e := Entry{r}
	if !e.Visible() {
		return nil, nil
	}
	content, err := e.Content()
	return mentions(words(content)...), err
}

// difference is what only one of the two has.
func difference(a, b []string) (out []string) {
	for _, lists := range [][2][]string{{a, b}, {b, a}} {
		for _, s := range lists[0] {
			if !slices.Contains(lists[1], s) {
				out = append(out, s)
			}
		}
	}
	return out
}

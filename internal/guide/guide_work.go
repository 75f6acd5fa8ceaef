package guide

import (
	"fmt"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// Entries, worries and support groups belong to no unit: the translators of
// every unit translate them, when they have time. Their texts are read by
// editors, translators and whoever keeps them; those of a support group that is
// hidden by its leaders alone.

func entryWork() translation.Work {
	return work(entries, "entry", access.RoleCoordinator,
		func(r *core.Record) ([]translation.Place, error) {
			content, err := Entry{r}.Content()
			return translation.Places(content), err
		})
}

func worryWork() translation.Work {
	return work(worries, "worry", access.RoleCoordinator,
		func(r *core.Record) ([]translation.Place, error) { return translation.Places(Worry{r}.Content()), nil })
}

func groupWork() translation.Work {
	return work(supportGroups, "group", access.RoleSteget,
		func(r *core.Record) ([]translation.Place, error) { return translation.Places(Group{r}.Content()), nil })
}

func work(collection, name, keeper string, drafted func(*core.Record) ([]translation.Place, error)) translation.Work {
	return translation.Work{
		Collection: collection, Name: name, Owner: ownerOf, Drafted: drafted,
		Head: func(_ core.App, r *core.Record) (map[string]any, error) {
			return map[string]any{"title": title(r)}, nil
		},
		Queue: func(app core.App, _ time.Time) ([]translation.Queued, error) { return queued(app, collection) },
		Reads: func(staff, r *core.Record) bool {
			if collection == supportGroups && r.GetBool("hidden") {
				return access.HasRole(staff, keeper)
			}
			return access.HasRole(staff, access.RoleEditor) || access.HasRole(staff, access.RoleTranslator) || access.HasRole(staff, keeper)
		},
	}
}

// title is what staff know a record by.
func title(r *core.Record) string {
	if name := r.GetString("name"); name != "" {
		return name
	}
	return r.GetString("title")
}

// queued lists what phones have of the collection.
func queued(app core.App, collection string) ([]translation.Queued, error) {
	var records []*core.Record
	if err := app.RecordQuery(collection).OrderBy("title").All(&records); err != nil {
		return nil, fmt.Errorf("list %s to translate: %w", collection, err)
	}
	visible, err := visibleEntries(app)
	if err != nil {
		return nil, err
	}
	queue := []translation.Queued{}
	for _, r := range records {
		stamp := ""
		switch collection {
		case worries:
			stamp = strings.Join(words(Worry{r}.Content()), "\n")
		case supportGroups:
			if g := (Group{r}); g.GetBool("hidden") || !visible[g.GetString("entry")] {
				continue
			}
			stamp = strings.Join(words(Group{r}.Content()), "\n")
		default:
			if !visible[r.Id] {
				continue
			}
			stamp = r.GetString("title") + "\n" + r.GetString("parts")
		}
		queue = append(queue, translation.Queued{ID: r.Id, Title: title(r), Stamp: stamp})
	}
	return queue, nil
}

// visibleEntries are the ids of the entries that phones have.
func visibleEntries(app core.App) (map[string]bool, error) {
	found, err := all(app)
	if err != nil {
		return nil, err
	}
	visible := map[string]bool{}
	for _, e := range found {
		visible[e.Id] = e.Visible()
	}
	return visible, nil
}

package guide

import (
	"fmt"

	"folje/internal/access"
	"folje/internal/problem"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// bindAPI binds staff's routes: what is to be looked through, and saying that an
// entry was.
func (f *feature) bindAPI(app core.App) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeGuide", Func: func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1/staff/guide")
		g.Bind(apis.Gzip())
		g.GET("/overdue", problem.Handle(f.Locales, f.overdue))
		g.POST("/{id}/checked", problem.Handle(f.Locales, f.check))
		return e.Next()
	}})
}

// check answers POST staff/guide/{id}/checked: whoever keeps the entry found it
// to be right today.
func (f *feature) check(e *core.RequestEvent) error {
	staff, err := access.Staff(e)
	if err != nil {
		return err
	}
	today := zone.Day(f.Now())
	err = e.App.RunInTransaction(func(tx core.App) error {
		entry, err := findEntry(tx, e.Request.PathValue("id"))
		switch {
		case err != nil:
			return err
		case entry == nil:
			return problem.NotFound()
		case !owns(staff, *entry):
			return problem.Forbidden()
		}
		entry.Set("checked", today)
		if err := tx.Save(entry.Record); err != nil {
			return fmt.Errorf("note that an entry was checked: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return e.JSON(200, map[string]string{"checked": today})
}

// Due is an entry that is to be looked through. Overdue says that the month for
// it has passed, Reminded that somebody was written to.
type Due struct {
	ID       string  `json:"id"`
	Key      string  `json:"key"`
	Name     string  `json:"name"`
	Title    string  `json:"title"`
	Checked  string  `json:"checked"` // 2026-11-22, "" for never
	Owner    *Keeper `json:"owner"`   // null where the coordinator keeps it
	Reminded bool    `json:"reminded"`
	Overdue  bool    `json:"overdue"`
}

// Keeper is who keeps an entry.
type Keeper struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// overdue answers GET staff/guide/overdue: what nobody has looked through since
// this season began, to the coordinator all of it, to others what they keep.
func (f *feature) overdue(e *core.RequestEvent) error {
	staff, err := access.Staff(e)
	if err != nil {
		return err
	}
	s := seasonOf(f.Now())
	due, err := s.due(e.App)
	if err != nil {
		return err
	}
	names, err := staffNames(e.App)
	if err != nil {
		return err
	}
	list := []Due{}
	for _, entry := range due {
		if !owns(staff, entry) {
			continue
		}
		d := Due{
			ID: entry.Id, Key: entry.Key(), Name: entry.Name(), Title: entry.Title(), Checked: entry.GetString("checked"),
			Reminded: entry.GetString("reminded") == s.name, Overdue: s.over,
		}
		if id := entry.GetString("owner"); id != "" {
			d.Owner = &Keeper{id, names[id]}
		}
		list = append(list, d)
	}
	return e.JSON(200, map[string]any{"since": s.starts, "entries": list})
}

func staffNames(app core.App) (map[string]string, error) {
	var staff []struct {
		ID   string `db:"id"`
		Name string `db:"name"`
	}
	if err := app.DB().Select("id", "name").From("staff").All(&staff); err != nil {
		return nil, fmt.Errorf("list staff: %w", err)
	}
	names := make(map[string]string, len(staff))
	for _, s := range staff {
		names[s.ID] = s.Name
	}
	return names, nil
}

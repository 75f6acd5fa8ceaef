// Package pb_migrations holds Följe's collections and their access rules, one
// hand-written step a file, in the order of the file names. A released step is
// frozen; a change is a new file. The steps import no feature, so that a later
// change of a feature can't change what an old step does.
//
// Rules that belong to the record API stand here and nowhere else. What a rule
// can't say (a base that must match, fields only the server may set) is a hook
// of the feature, and both are in the authorization matrix (test/rules).
//
//lint:file-ignore ST1003 the folder's name is PocketBase's convention
package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Who may: the building blocks of every rule.
const (
	isAdmin  = `@request.auth.roles:each ?= "admin"`
	isEditor = `@request.auth.roles:each ?= "editor"`
	isStaff  = `@request.auth.collectionName = "staff"`
)

// rules are the five access rules of a collection; nil locks the operation.
type rules struct{ list, view, create, update, delete *string }

func (r rules) apply(c *core.Collection) {
	c.ListRule, c.ViewRule = r.list, r.view
	c.CreateRule, c.UpdateRule, c.DeleteRule = r.create, r.update, r.delete
}

// rule gives the condition as a rule for signed-in staff, or for nobody else.
func rule(condition string) *string {
	return types.Pointer(isStaff + " && (" + condition + ")")
}

// base makes a collection with the fields given, a creation and a change time.
func base(name string, r rules, fields ...core.Field) *core.Collection {
	c := core.NewBaseCollection(name)
	c.Fields.Add(fields...)
	c.Fields.Add(
		&core.AutodateField{Name: "created", OnCreate: true},
		&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
	)
	r.apply(c)
	return c
}

// create registers a step that makes one collection; its down deletes it.
func create(file, name string, build func(app core.App) (*core.Collection, error)) {
	migrations.Register(func(app core.App) error {
		c, err := build(app)
		if err != nil {
			return fmt.Errorf("build collection %s: %w", name, err)
		}
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", name, err)
		}
		return app.Delete(c)
	}, file)
}

// relation is a link to one record, or to up to most, of the named collection.
func relation(app core.App, name, collection string, most int, required, cascade bool) (*core.RelationField, error) {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return nil, fmt.Errorf("find collection %s: %w", collection, err)
	}
	return &core.RelationField{
		Name: name, CollectionId: c.Id, MaxSelect: most, Required: required, CascadeDelete: cascade,
	}, nil
}

// relations are several single-record links at once, name → collection.
func relations(app core.App, links ...link) ([]core.Field, error) {
	fields := make([]core.Field, 0, len(links))
	for _, l := range links {
		most := max(l.most, 1)
		f, err := relation(app, l.name, l.to, most, l.required, l.cascade)
		if err != nil {
			return nil, err
		}
		fields = append(fields, f)
	}
	return fields, nil
}

type link struct {
	name, to          string
	most              int
	required, cascade bool
}

func text(name string, most int, required bool) *core.TextField {
	return &core.TextField{Name: name, Max: most, Required: required}
}

func hidden(name string, most int) *core.TextField {
	return &core.TextField{Name: name, Max: most, Required: true, Hidden: true}
}

func number(name string) *core.NumberField {
	zero := 0.0
	return &core.NumberField{Name: name, OnlyInt: true, Min: &zero}
}

func date(name string) *core.DateField { return &core.DateField{Name: name} }

// setID makes the collection's id one of the given pattern and length, chosen
// by whoever creates the record.
func setID(c *core.Collection, pattern string, length int) {
	id := c.Fields.GetByName("id").(*core.TextField)
	id.Pattern, id.Min, id.Max, id.AutogeneratePattern = pattern, length, length, ""
}

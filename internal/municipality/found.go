package municipality

import (
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// names are the app's units, and each unit's groups, by what their names say.
// They are read once, however many rows a sheet has.
type names struct {
	units  map[string]*core.Record
	groups map[string]map[string]*core.Record
}

func readNames(app core.App) (names, error) {
	n := names{map[string]*core.Record{}, map[string]map[string]*core.Record{}}
	units, err := app.FindAllRecords("units")
	if err != nil {
		return n, fmt.Errorf("list units: %w", err)
	}
	groups, err := app.FindAllRecords("groups")
	if err != nil {
		return n, fmt.Errorf("list groups: %w", err)
	}
	for _, u := range units {
		keep(n.units, u)
	}
	for _, g := range groups {
		of := g.GetString("unit")
		if n.groups[of] == nil {
			n.groups[of] = map[string]*core.Record{}
		}
		keep(n.groups[of], g)
	}
	return n, nil
}

// keep takes the first of those that have a name.
func keep(by map[string]*core.Record, r *core.Record) {
	if key := said(r.GetString("name")); by[key] == nil {
		by[key] = r
	}
}

// said is what is alike of two names that are one to a reader ([same]).
func said(name string) string { return strings.ToLower(strings.ToUpper(folded(name))) }

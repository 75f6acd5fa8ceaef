package rules_test

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// routesOf lists the router's routes as "METHOD /path". A group keeps its
// children to itself and the mux made of them has no list either, so they are
// read by reflection; the names and prefixes are exported. Each route found is
// confirmed with HasRoute, and a PocketBase that keeps them elsewhere is an
// error, never an empty list.
func routesOf(r *router.Router[*core.RequestEvent]) ([]string, error) {
	var found []string
	err := walk(reflect.ValueOf(r.RouterGroup), "", func(method, path string) error {
		if !r.HasRoute(method, path) {
			return fmt.Errorf("%s %s was found but is no route; look at how %T keeps them now", method, path, r.RouterGroup)
		}
		found = append(found, strings.TrimSpace(method+" "+path))
		return nil
	})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("found no routes; look at how %T keeps them now", r.RouterGroup)
	}
	return found, err
}

func walk(group reflect.Value, prefix string, tell func(method, path string) error) error {
	group = reflect.Indirect(group)
	children := group.FieldByName("children")
	if !children.IsValid() || children.Kind() != reflect.Slice {
		return fmt.Errorf("%s has no slice children; look at how it keeps its routes now", group.Type())
	}
	prefix += group.FieldByName("Prefix").String()
	for i := range children.Len() {
		child := reflect.Indirect(children.Index(i).Elem())
		var err error
		if child.FieldByName("Prefix").IsValid() {
			err = walk(child, prefix, tell)
		} else {
			err = tell(child.FieldByName("Method").String(), prefix+child.FieldByName("Path").String())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

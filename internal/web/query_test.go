package web

import (
	"net/url"
	"testing"
)

func TestConditionsNeverWalkARelationBackwards(t *testing.T) {
	for query, fine := range map[string]bool{
		"":                    true,
		"sort=-updated":       true,
		"filter=name='a_b'":   true,
		"expand=groups":       true,
		"filter=%zz":          false,
		"fields=:excerpt(1)":  false,
		"sort=staff_via_unit": false,
		"filter=" + url.QueryEscape("staff_via_units.name !~ 'Anna%'"): false,
		"filter=" + url.QueryEscape("staff_VIA_units.name !~ 'Anna%'"): false,
		"filter=staff%5fvia%5funits.id%3d1":                            false,
	} {
		if got := wellFormedQuery(&url.URL{RawQuery: query}); got != fine {
			t.Errorf("%s: %v", query, got)
		}
	}
}

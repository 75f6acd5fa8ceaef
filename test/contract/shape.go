package contract

import (
	"fmt"
	"maps"
	"slices"
)

// Shape is what a client may rely on of a JSON value. Types are those seen.
// Fields are an object's that were there each time; of an object that is a map
// (texts by number) Items is the shape of its values, as it is of an array's.
// Kinds are the shapes of records by their kind.
type Shape struct {
	Types  []string          `json:"types"`
	Fields map[string]*Shape `json:"fields,omitempty"`
	Items  *Shape            `json:"items,omitempty"`
	Kinds  map[string]*Shape `json:"kinds,omitempty"`
}

// maps by name: their keys are data.
var mapped = []string{"texts"}

// shapeOf gives the shape of a value that is called name where it stands.
func shapeOf(name string, value any) *Shape {
	s := &Shape{Types: []string{typeOf(value)}}
	switch v := value.(type) {
	case map[string]any:
		if slices.Contains(mapped, name) {
			for _, item := range v {
				s.Items = s.Items.merge(shapeOf("", item))
			}
			return s
		}
		s.Fields = map[string]*Shape{}
		for field, item := range v {
			s.Fields[field] = shapeOf(field, item)
		}
	case []any:
		for _, item := range v {
			if kind := kindOf(item); name == "records" && kind != "" {
				if s.Kinds == nil {
					s.Kinds = map[string]*Shape{}
				}
				s.Kinds[kind] = s.Kinds[kind].merge(shapeOf("", item))
				continue
			}
			s.Items = s.Items.merge(shapeOf("", item))
		}
	}
	return s
}

func kindOf(value any) string {
	object, _ := value.(map[string]any)
	kind, _ := object["kind"].(string)
	return kind
}

func typeOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	}
	return "object"
}

// merge gives what can be relied on of both.
func (s *Shape) merge(other *Shape) *Shape {
	if s == nil || other == nil {
		if s == nil {
			return other
		}
		return s
	}
	out := &Shape{Types: slices.Compact(slices.Sorted(slices.Values(slices.Concat(s.Types, other.Types)))),
		Items: s.Items.merge(other.Items), Fields: s.Fields, Kinds: s.Kinds}
	if s.Fields != nil && other.Fields != nil {
		out.Fields = map[string]*Shape{}
		for field, shape := range s.Fields {
			if also := other.Fields[field]; also != nil {
				out.Fields[field] = shape.merge(also)
			}
		}
	} else if s.Fields == nil {
		out.Fields = other.Fields
	}
	for kind, shape := range other.Kinds {
		if out.Kinds == nil {
			out.Kinds = map[string]*Shape{}
		}
		out.Kinds[kind] = out.Kinds[kind].merge(shape)
	}
	return out
}

// faults lists where the value is not of the shape; at says where it stands.
// Where nothing but null was seen, nothing can be said.
func (s *Shape) faults(at string, value any) (faults []string) {
	if s == nil || slices.Equal(s.Types, []string{"null"}) {
		return nil
	}
	if !slices.Contains(s.Types, typeOf(value)) {
		return []string{fmt.Sprintf("%s is %s, was %v", at, typeOf(value), s.Types)}
	}
	switch v := value.(type) {
	case map[string]any:
		for _, field := range slices.Sorted(maps.Keys(s.Fields)) {
			if item, ok := v[field]; ok {
				faults = append(faults, s.Fields[field].faults(at+"."+field, item)...)
			} else {
				faults = append(faults, at+"."+field+" is gone")
			}
		}
		if s.Fields == nil {
			for _, key := range slices.Sorted(maps.Keys(v)) {
				faults = append(faults, s.Items.faults(at+"."+key, v[key])...)
			}
		}
	case []any:
		faults = s.listFaults(at, v)
	}
	return faults
}

// listFaults looks at each item; each kind that was there must still come, and
// of a new kind an old client reads what it is called.
func (s *Shape) listFaults(at string, list []any) (faults []string) {
	seen := map[string]bool{}
	for i, item := range list {
		place := fmt.Sprintf("%s[%d]", at, i)
		if s.Kinds == nil {
			faults = append(faults, s.Items.faults(place, item)...)
			continue
		}
		kind := kindOf(item)
		seen[kind] = true
		if known := s.Kinds[kind]; known != nil {
			faults = append(faults, known.faults(place, item)...)
		} else if id, _ := follow(item, []string{"id"}).(string); kind == "" || id == "" {
			faults = append(faults, place+" is of a new kind without kind or id")
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(s.Kinds)) {
		if !seen[kind] {
			faults = append(faults, at+" has no "+kind)
		}
	}
	return faults
}

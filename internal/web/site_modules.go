package web

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"sync"
)

// entry is the module that index.html starts.
const entry = "/js/app.js"

// staticImport matches an import or export statement with a file's address,
// from the keyword on.
var staticImport = lazy(`\A(?:import|export)\b(?:[^'"();]*?\bfrom)?\s*['"]([./][^'"]*)['"]`)

// dynamicImport matches a call of import() from the keyword on.
var dynamicImport = lazy(`\Aimport\(\s*['"]([./][^'"]*)['"]\s*\)`)

// lazy compiles the expression when it is first needed: imports are followed
// when the program serves already.
func lazy(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// modules knows what each module imports, and reads each only once.
type modules struct {
	sources map[string][]byte
	known   map[string]imports
}

// imports are the paths that one module imports.
type imports struct{ static, dynamic []string }

func newModules(sources map[string][]byte) *modules {
	return &modules{sources, map[string]imports{}}
}

// staticGraph lists the modules that a browser must have before the one at
// name runs, that one first, then layer by layer. It is empty if there is no
// such module, and fails if one of the others is missing.
func (m *modules) staticGraph(name string) ([]string, error) {
	if m.sources[name] == nil {
		return nil, nil
	}
	graph := []string{name}
	for i := 0; i < len(graph); i++ {
		for _, next := range m.importsOf(graph[i]).static {
			if m.sources[next] == nil {
				return nil, fmt.Errorf("module %s imports %s, which is not there", graph[i], next)
			}
			if !slices.Contains(graph, next) {
				graph = append(graph, next)
			}
		}
	}
	return graph, nil
}

// wholeGraph lists the modules that can be reached from the roots by any kind
// of import, leaving out those that leave says so of, and what is reached
// through them only. Modules that aren't there are left out too.
func (m *modules) wholeGraph(roots []string, leave func(name string) bool) []string {
	var graph []string
	queue := roots
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		if m.sources[name] == nil || slices.Contains(graph, name) || leave(name) {
			continue
		}
		graph = append(graph, name)
		found := m.importsOf(name)
		queue = slices.Concat(queue, found.static, found.dynamic)
	}
	return graph
}

func (m *modules) importsOf(name string) imports {
	found, ok := m.known[name]
	if !ok {
		found = readImports(name, m.sources[name])
		m.known[name] = found
	}
	return found
}

// readImports looks at each place where an import can begin, which is ten times
// as fast as one expression for all of it, and every start waits for it.
func readImports(name string, source []byte) (found imports) {
	for at := 0; ; {
		next := indexImport(source[at:])
		if next < 0 {
			return found
		}
		at += next
		before, statement := source[:at], source[at:]
		if match := staticImport().FindSubmatch(statement); match != nil && beginsStatement(before) {
			found.static = append(found.static, resolve(name, match[1]))
			at += len(match[0])
			continue
		}
		if match := dynamicImport().FindSubmatch(statement); match != nil && expects(before) {
			found.dynamic = append(found.dynamic, resolve(name, match[1]))
		}
		at += len("import")
	}
}

// indexImport finds the next import or export, -1 for none.
func indexImport(source []byte) int {
	first, second := bytes.Index(source, []byte("import")), bytes.Index(source, []byte("export"))
	if first < 0 || second >= 0 && second < first {
		return second
	}
	return first
}

// beginsStatement reports whether a statement may begin after what stands
// before: it begins a line or follows another. In a comment it follows a star.
func beginsStatement(before []byte) bool {
	before = bytes.TrimRight(before, " \t")
	return len(before) == 0 || bytes.IndexByte([]byte("\n;}"), before[len(before)-1]) >= 0
}

// called matches the end of what may stand before a call of import(), which is
// what can't stand before an import in a JSDoc type.
var called = lazy(`(?:\bawait|\breturn|=>|[=(,?:[])\z`)

func expects(before []byte) bool {
	before = bytes.TrimSpace(before)
	return called().Match(before[max(0, len(before)-len(" return")):])
}

// resolve is the path that the module at name means by the address.
func resolve(name string, address []byte) string {
	if bytes.HasPrefix(address, []byte("/")) {
		return string(address)
	}
	return path.Join(path.Dir(name), string(address))
}

package web

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// entry is the module that index.html starts.
const entry = "/js/app.js"

// staticImport matches import and export statements with a file's address. A
// statement begins a line or follows another; in a comment it follows a star.
var staticImport = regexp.MustCompile(`(?m)(?:^|[;}])[ \t]*(?:import|export)\b(?:[^'"();]*?\bfrom)?\s*['"]([./][^'"]*)['"]`)

// dynamicImport matches calls of import(). What may stand before it is what
// can't stand before an import in a JSDoc type.
var dynamicImport = regexp.MustCompile(`(?:\bawait|\breturn|=>|[=(,?:])\s*import\(\s*['"]([./][^'"]*)['"]\s*\)`)

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
		found.static = targets(name, m.sources[name], staticImport)
		if bytes.Contains(m.sources[name], []byte("import(")) {
			found.dynamic = targets(name, m.sources[name], dynamicImport)
		}
		m.known[name] = found
	}
	return found
}

// targets lists the paths that the module at name imports in one way.
func targets(name string, source []byte, way *regexp.Regexp) (paths []string) {
	for _, match := range way.FindAllSubmatch(source, -1) {
		target := string(match[1])
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(name), target)
		}
		paths = append(paths, target)
	}
	return paths
}

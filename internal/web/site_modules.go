package web

import (
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

// staticGraph lists the modules that a browser must have before the one at
// name runs, that one first, then layer by layer. It is empty if there is no
// such module, and fails if one of the others is missing.
func staticGraph(sources map[string][]byte, name string) ([]string, error) {
	if sources[name] == nil {
		return nil, nil
	}
	graph := []string{name}
	for i := 0; i < len(graph); i++ {
		for _, next := range imports(sources, graph[i], staticImport) {
			if sources[next] == nil {
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
func wholeGraph(sources map[string][]byte, roots []string, leave func(name string) bool) []string {
	var graph []string
	queue := roots
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		if sources[name] == nil || slices.Contains(graph, name) || leave(name) {
			continue
		}
		graph = append(graph, name)
		queue = append(queue, imports(sources, name, staticImport)...)
		queue = append(queue, imports(sources, name, dynamicImport)...)
	}
	return graph
}

// imports lists the paths that the module at name imports in one way.
func imports(sources map[string][]byte, name string, way *regexp.Regexp) []string {
	var out []string
	for _, match := range way.FindAllSubmatch(sources[name], -1) {
		target := string(match[1])
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(name), target)
		}
		out = append(out, target)
	}
	return out
}

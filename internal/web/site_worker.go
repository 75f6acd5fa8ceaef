package web

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"
)

// withLists fills in the service worker's version and its two lists: what
// every phone keeps to start without a network, and what staff's phones keep
// beside it. Without a worker it returns nil.
func withLists(m *modules, build string) []byte {
	worker := m.sources["/sw.js"]
	if worker == nil {
		return nil
	}
	parent, staff := workerLists(m)
	worker = bytes.ReplaceAll(worker, []byte("{{version}}"), []byte(build))
	worker = bytes.ReplaceAll(worker, []byte("['{{files}}']"), list(parent))
	return bytes.ReplaceAll(worker, []byte("['{{staff}}']"), list(staff))
}

func workerLists(m *modules) (parent, staff []string) {
	parent = m.wholeGraph([]string{entry}, ofStaff)
	staff = m.wholeGraph(staffRoots(m, parent), func(name string) bool { return slices.Contains(parent, name) })
	for _, name := range slices.Sorted(maps.Keys(m.sources)) {
		switch {
		case path.Ext(name) == ".js" || !startsWith(name):
		case ofStaff(name):
			staff = append(staff, name)
		default:
			parent = append(parent, name)
		}
	}
	return append([]string{"/"}, parent...), staff
}

// staffRoots lists the modules of staff's that the parents' modules lead to.
func staffRoots(m *modules, parent []string) []string {
	var roots []string
	for _, name := range parent {
		for _, next := range m.importsOf(name).dynamic {
			if ofStaff(next) {
				roots = append(roots, next)
			}
		}
	}
	return roots
}

// ofStaff reports whether a file is for staff and translators only.
func ofStaff(name string) bool {
	for _, prefix := range []string{"/js/staff/", "/js/translate/", "/css/staff", "/css/translate", "/locales/staff/"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// startsWith reports whether the app, once its modules are there, needs the
// file to start: styles, fonts, drawn icons, texts and the manifest. Icons in
// pixels belong to the operating system, which keeps its own.
func startsWith(name string) bool {
	switch path.Dir(name) {
	case "/css":
		return path.Ext(name) == ".css"
	case "/icons":
		return path.Ext(name) == ".svg"
	case "/fonts", "/locales/parent", "/locales/staff":
		return true
	}
	return name == "/manifest.webmanifest"
}

func list(names []string) []byte {
	if names == nil {
		names = []string{}
	}
	out, _ := json.Marshal(names)
	return out
}

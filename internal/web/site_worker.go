package web

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"
)

// firstViews are the modules beside the entry's own that lead a new phone from
// its invitation to the first letter. Whatever else parents' screens fetch can
// wait until that is shown.
var firstViews = []string{
	"/js/data/schedule.js", "/js/parent/welcome.js", "/js/parent/join.js", "/js/parent/letters.js", "/js/parent/letter.js",
}

// aheadViews are kept with the first views though nothing leads to them: they
// must open without a network from the first visit on.
var aheadViews = []string{"/js/parent/urgent.js"}

// lists are the files that the worker keeps: first those without which the app
// doesn't start, show a letter or say where urgent help is, later the rest of
// parents' screens, and staff's where staff use the phone.
type lists struct{ first, later, staff []string }

// workerPath is where the service worker is.
const workerPath = "/sw.js"

// withBuild fills in the service worker's version.
func withBuild(worker []byte, build string) []byte {
	return bytes.ReplaceAll(worker, []byte("{{version}}"), []byte(build))
}

// withLists fills in the service worker's lists. Without a worker it returns
// nil.
func withLists(m *modules) ([]byte, error) {
	worker := m.sources[workerPath]
	if worker == nil {
		return nil, nil
	}
	l, err := workerLists(m)
	if err != nil {
		return nil, err
	}
	worker = bytes.ReplaceAll(worker, []byte("['{{files}}']"), list(l.first))
	worker = bytes.ReplaceAll(worker, []byte("['{{later}}']"), list(l.later))
	return bytes.ReplaceAll(worker, []byte("['{{staff}}']"), list(l.staff)), nil
}

func workerLists(m *modules) (lists, error) {
	first, err := firstModules(m)
	if err != nil {
		return lists{}, err
	}
	parent := m.wholeGraph([]string{entry}, ofStaff)
	l := lists{
		first: append([]string{"/"}, first...),
		later: slices.DeleteFunc(slices.Clone(parent), func(name string) bool { return slices.Contains(first, name) }),
		staff: m.wholeGraph(staffRoots(m, parent), func(name string) bool { return slices.Contains(parent, name) }),
	}
	for _, name := range slices.Sorted(maps.Keys(m.sources)) {
		switch {
		case path.Ext(name) == ".js" || !startsWith(name):
		case ofStaff(name):
			l.staff = append(l.staff, name)
		case path.Dir(name) == "/locales/later":
			l.later = append(l.later, name)
		case path.Ext(name) == ".css" && !bytes.Contains(m.sources["/index.html"], []byte(`href="`+name+`"`)):
			l.later = append(l.later, name)
		default:
			l.first = append(l.first, name)
		}
	}
	return l, nil
}

// firstModules lists the entry, the first views, those ahead, and what they
// import.
func firstModules(m *modules) ([]string, error) {
	var first []string
	for _, root := range slices.Concat([]string{entry}, firstViews, aheadViews) {
		graph, err := m.staticGraph(root)
		if err != nil {
			return nil, err
		}
		for _, name := range graph {
			if !slices.Contains(first, name) {
				first = append(first, name)
			}
		}
	}
	return first, nil
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
	case "/fonts", "/locales/parent", "/locales/later", "/locales/staff":
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

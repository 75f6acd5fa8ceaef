package web

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// page is index.html for the app's screens behind a prefix, which need modules
// of their own beside those that every visitor needs.
type page struct {
	prefix string
	index  *file
}

// rawPage is a page as it comes out of public.
type rawPage struct {
	prefix string
	html   []byte
}

// staffStyles are what staff's screens wait for before they draw anything.
const staffStyles = "/css/staff.css"

// ofPrefix names the module that draws the screens behind each prefix; app.js
// imports it when one of them is opened.
var ofPrefix = []struct{ prefix, module string }{
	{"/staff", "/js/staff/index.js"},
	{"/translate", "/js/translate/index.js"},
}

// newPages makes the pages of the modules that are there: graph is what
// everybody needs, and each page asks for its own modules at the same time.
func newPages(m *modules, graph []string) ([]rawPage, error) {
	var pages []rawPage
	for _, of := range ofPrefix {
		own, err := m.staticGraph(of.module)
		if err != nil {
			return nil, err
		}
		if own == nil {
			continue
		}
		own = slices.DeleteFunc(own, func(name string) bool { return slices.Contains(graph, name) })
		index := withPreloads(m.sources["/index.html"], slices.Concat(graph, own))
		if m.sources[staffStyles] != nil {
			index = bytes.Replace(index, []byte("</head>"), []byte(`<link rel="preload" as="style" href="`+staffStyles+"\">\n</head>"), 1)
		}
		pages = append(pages, rawPage{of.prefix, index})
	}
	return pages, nil
}

// page gives index.html for a navigation to the path.
func (s *Site) page(path string) *file {
	v := s.now()
	for _, p := range v.pages() {
		if path == p.prefix || strings.HasPrefix(path, p.prefix+"/") {
			return p.index
		}
	}
	return v.files["/index.html"]
}

// withPreloads puts the links in the place that index.html leaves for them, so
// that the browser asks for all modules at once and not layer by layer.
func withPreloads(index []byte, graph []string) []byte {
	var links strings.Builder
	for _, name := range graph {
		if name != entry {
			fmt.Fprintf(&links, "<link rel=\"modulepreload\" href=\"%s\">\n", name)
		}
	}
	return bytes.Replace(index, []byte("<!--modulepreload-->"), []byte(links.String()), 1)
}

package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Site is the app's static files, ready to be served, with the links and file
// lists in them that a build step would otherwise write. It is made from files
// that don't change while the program runs. What takes time, following imports,
// hashing and compressing, is done when a file is first asked for, once.
type Site struct {
	build  string
	files  map[string]*file // by path, such as "/js/app.js"
	linked func() (*linked, error)
}

// linked are the files that name others.
type linked struct {
	index, worker []byte
	pages         []page // index.html for the screens behind a prefix
}

// Generated is a file that is not in public. Known is what it is made of: Make
// gives the same content for the same Known, on every machine.
type Generated struct {
	Known []byte
	Make  func() []byte
}

// NewSite reads the files of public and adds the generated ones, which are
// named by path and win over a file of the same name. Dotfiles and what only
// developers' tools read are left out. It fails if a file can't be read.
// Whether the modules fit together says [Site.Check].
func NewSite(public fs.FS, generated map[string]Generated) (*Site, error) {
	sources, err := readPublic(public)
	if err != nil {
		return nil, err
	}
	s := &Site{files: map[string]*file{}}
	known := maps.Clone(sources)
	for name, g := range generated {
		known[name] = g.Known
		s.files[name] = makeFile(name, g.Make)
		sources[name] = []byte{} // the lists have to see its name
	}
	s.build = buildID(known)
	s.linked = sync.OnceValues(func() (*linked, error) { return link(sources, s.build) })
	for name, body := range sources {
		if _, made := generated[name]; !made {
			s.files[name] = newFile(name, body)
		}
	}
	s.replace("/index.html", sources, func(l *linked) []byte { return l.index })
	s.replace("/sw.js", sources, func(l *linked) []byte { return l.worker })
	return s, nil
}

// replace serves what link made of a file, and the file as it is where the
// modules don't fit together.
func (s *Site) replace(name string, sources map[string][]byte, pick func(*linked) []byte) {
	body := sources[name]
	if body == nil {
		return
	}
	s.files[name] = makeFile(name, func() []byte {
		l, err := s.linked()
		if err != nil {
			return body
		}
		return pick(l)
	})
}

// link follows the imports of all modules.
func link(sources map[string][]byte, build string) (*linked, error) {
	modules := newModules(sources)
	graph, err := modules.staticGraph(entry)
	if err != nil {
		return nil, err
	}
	l := &linked{index: withPreloads(sources["/index.html"], graph)}
	if l.pages, err = newPages(modules, graph); err != nil {
		return nil, err
	}
	l.worker, err = withLists(modules, build)
	return l, err
}

// Check fails if a module that the app or staff's screens start with imports
// one that isn't there.
func (s *Site) Check() error {
	_, err := s.linked()
	return err
}

// Build identifies what is served: it changes when any file does, and is the
// same on every machine that serves the same files.
func (s *Site) Build() string { return s.build }

// Warm compresses all files, until ctx ends. A file asked for before its turn
// is compressed on the spot, so Warm only saves the first visitors' time.
func (s *Site) Warm(ctx context.Context) {
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if ctx.Err() != nil {
			return
		}
		s.files[name].warm()
	}
	if l, err := s.linked(); err == nil {
		for _, p := range l.pages {
			p.index.warm()
		}
	}
}

// handler serves the files, and index.html to whoever navigates to a path of
// the app's router.
func (s *Site) handler(refuse refuser) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			refuse.method(w, r, "GET, HEAD")
			return
		}
		f := s.find(r)
		if f == nil {
			refuse.notFound(w, r)
			return
		}
		f.serve(w, r)
	})
}

func (s *Site) find(r *http.Request) *file {
	p := r.URL.Path
	if p == "/" {
		return s.files["/index.html"]
	}
	if f := s.files[p]; f != nil {
		return f
	}
	if navigates(r) && !strings.Contains(p, "/.") && !strings.Contains(p[strings.LastIndexByte(p, '/'):], ".") {
		return s.page(p)
	}
	return nil
}

// navigates reports whether a person goes to the page, as opposed to a script
// or a link tag asking for a file. Browsers before 2023 don't send
// Sec-Fetch-Mode, but ask for HTML when they navigate and at no other time.
func navigates(r *http.Request) bool {
	if mode := r.Header.Get("Sec-Fetch-Mode"); mode != "" {
		return mode == "navigate"
	}
	return strings.Contains(r.Header.Get("Accept"), "text/html")
}

func readPublic(public fs.FS) (map[string][]byte, error) {
	sources := map[string][]byte{}
	err := fs.WalkDir(public, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(d.Name(), ".") && d.IsDir():
			return fs.SkipDir
		case d.IsDir() || toolsOnly(d.Name()):
			return nil
		}
		sources["/"+name], err = fs.ReadFile(public, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read public files: %w", err)
	}
	return sources, nil
}

func toolsOnly(name string) bool {
	return strings.HasPrefix(name, ".") || name == "jsconfig.json" || strings.HasSuffix(name, ".d.ts")
}

func buildID(sources map[string][]byte) string {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		fmt.Fprintf(sum, "%s %d\n", name, len(sources[name]))
		sum.Write(sources[name])
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

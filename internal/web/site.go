package web

import (
	"bytes"
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
	"sync/atomic"
)

// A build whose texts were changed is its base's name, the mark and so many
// hexadecimal digits.
const (
	wordingMark   = "-"
	wordingLength = 8
)

// Site is the app's static files, ready to be served, with the links and file
// lists in them that a build step would otherwise write. Its files don't change
// while the program runs, but for the texts in generated ones ([Site.Reword]).
// What takes time, following imports, hashing and compressing, is done when a
// file is first asked for, once.
type Site struct {
	base      string // names the files, whatever texts were changed since
	linked    func() (*linked, error)
	worker    []byte // as it is in public; nil for none
	serving   atomic.Pointer[version]
	rewording sync.Mutex
}

// version is what is served at one time.
type version struct {
	build    string
	files    map[string]*file // by path, such as "/js/app.js"
	wordings map[string][]byte
}

// linked are the files that name others.
type linked struct {
	index, worker []byte // the worker lacks the build still
	pages         []page // index.html for the screens behind a prefix
}

// Generated is a file that is not in public. Known is what it is made of: Make
// gives the same content for the same Known and Wording, on every machine.
// Wording is what may change while the program runs; nil for nothing.
type Generated struct {
	Known, Wording []byte
	Make           func() []byte
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
	s, files := &Site{worker: sources[workerPath]}, map[string]*file{}
	known := maps.Clone(sources)
	for name, g := range generated {
		known[name] = g.Known
		files[name] = makeFile(name, g.Make)
		sources[name] = []byte{} // the lists have to see its name
	}
	s.base = buildID(known)
	s.linked = sync.OnceValues(func() (*linked, error) { return link(sources) })
	for name, body := range sources {
		if _, made := generated[name]; !made {
			files[name] = newFile(name, body)
		}
	}
	if body := sources["/index.html"]; body != nil {
		files["/index.html"] = s.replaced("/index.html", body, func(l *linked) []byte { return l.index })
	}
	s.serve(files, generated)
	return s, nil
}

// Reword has the generated files say something else from now on. Only those of
// another Wording are made anew; pages and modules stay as they are. It reports
// whether the build is another one then.
func (s *Site) Reword(generated map[string]Generated) bool {
	s.rewording.Lock()
	defer s.rewording.Unlock()
	was := s.serving.Load()
	files := maps.Clone(was.files)
	for name, g := range generated {
		if !bytes.Equal(g.Wording, was.wordings[name]) {
			files[name] = makeFile(name, g.Make)
		}
	}
	s.serve(files, generated)
	return s.Build() != was.build
}

// serve puts the files in the place of those before, with a worker of the build
// that they are.
func (s *Site) serve(files map[string]*file, generated map[string]Generated) {
	v := &version{build: s.base, files: files, wordings: map[string][]byte{}}
	for name, g := range generated {
		if g.Wording != nil {
			v.wordings[name] = g.Wording
		}
	}
	if len(v.wordings) > 0 {
		v.build += wordingMark + buildID(v.wordings)[:wordingLength]
	}
	if s.worker != nil {
		files[workerPath] = s.replaced(workerPath, s.worker, func(l *linked) []byte { return withBuild(l.worker, v.build) })
	}
	s.serving.Store(v)
}

// replaced is a file that link makes something of, and as it is where the
// modules don't fit together.
func (s *Site) replaced(name string, body []byte, pick func(*linked) []byte) *file {
	return makeFile(name, func() []byte {
		l, err := s.linked()
		if err != nil {
			return body
		}
		return pick(l)
	})
}

// link follows the imports of all modules.
func link(sources map[string][]byte) (*linked, error) {
	modules := newModules(sources)
	graph, err := modules.staticGraph(entry)
	if err != nil {
		return nil, err
	}
	l := &linked{index: withPreloads(sources["/index.html"], graph)}
	if l.pages, err = newPages(modules, graph); err != nil {
		return nil, err
	}
	l.worker, err = withLists(modules)
	return l, err
}

// Check fails if a module that the app or staff's screens start with imports
// one that isn't there.
func (s *Site) Check() error {
	_, err := s.linked()
	return err
}

// Build identifies what is served: it changes when any file does, and is the
// same on every machine that serves the same files. Builds that differ in what
// follows the mark have the same pages and modules, and say other texts.
func (s *Site) Build() string { return s.serving.Load().build }

// Warm compresses all files, until ctx ends. A file asked for before its turn
// is compressed on the spot, so Warm only saves the first visitors' time.
func (s *Site) Warm(ctx context.Context) {
	files := s.serving.Load().files
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if ctx.Err() != nil {
			return
		}
		files[name].warm()
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
	p, files := r.URL.Path, s.serving.Load().files
	if p == "/" {
		return files["/index.html"]
	}
	if f := files[p]; f != nil {
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

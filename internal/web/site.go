package web

import (
	"bytes"
	"context"
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
// What takes time, reading, following imports, hashing and compressing, is done
// when a file is first asked for, once.
type Site struct {
	read      func() (*source, error)
	asked     atomic.Bool             // before the generated files and the look were
	look      atomic.Pointer[Look]    // the last that it was told; nil for none
	serving   atomic.Pointer[version] // nil until it was read
	rewording sync.Mutex
}

// source is what a site is made of.
type source struct {
	base   string // names the files, whatever texts were changed since
	linked func() (*linked, error)
	worker []byte           // as it is in public; nil for none
	public map[string]*file // as they lie there
}

// version is what is served at one time.
type version struct {
	build    string
	files    map[string]*file // by path, such as "/js/app.js"
	wordings map[string][]byte
	look     Look
	pages    func() []page // index.html for the screens behind a prefix
}

// linked are the files that name others.
type linked struct {
	index, worker []byte // the worker lacks the build still
	pages         []rawPage
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
	s := OpenSite(public, func() map[string]Generated { return generated })
	if _, err := s.read(); err != nil {
		return nil, err
	}
	return s, nil
}

// OpenSite is NewSite of files that can be read, such as those inside the
// program: they are when the site is first asked for anything.
func OpenSite(public fs.FS, generated func() map[string]Generated) *Site {
	s := &Site{}
	s.read = sync.OnceValues(func() (*source, error) {
		s.asked.Store(true)
		return s.make(public, generated())
	})
	return s
}

// source gives what the site is made of; where that can't be read, which
// [Site.Check] tells, nothing.
func (s *Site) source() *source {
	from, _ := s.read()
	return from
}

// now is what is served.
func (s *Site) now() *version {
	if v := s.serving.Load(); v != nil {
		return v
	}
	s.source()
	return s.serving.Load()
}

func (s *Site) make(public fs.FS, generated map[string]Generated) (*source, error) {
	sources, err := readPublic(public)
	if err != nil {
		s.serving.Store(&version{pages: func() []page { return nil }})
		return &source{linked: func() (*linked, error) { return nil, err }}, err
	}
	from, files := &source{worker: sources[workerPath]}, map[string]*file{}
	known := maps.Clone(sources)
	for name, g := range generated {
		known[name] = g.Known
		files[name] = makeGenerated(name, g)
		sources[name] = []byte{} // the lists have to see its name
	}
	from.base = buildID(known)
	from.linked = sync.OnceValues(func() (*linked, error) { return link(sources) })
	for name, body := range sources {
		if _, made := generated[name]; !made {
			files[name] = newFile(name, body)
		}
	}
	if body := sources["/index.html"]; body != nil {
		files["/index.html"] = from.replaced("/index.html", body, func(l *linked) []byte { return l.index })
	}
	from.public = maps.Clone(files)
	look := Look{}
	if told := s.look.Load(); told != nil {
		look = *told
	}
	s.serve(from, files, generated, look)
	return from, nil
}

// Reword has the generated files say something else from now on, and the others
// look as they are painted. Only what is of another Wording is made anew; modules
// stay as they are. It reports whether the build is another one then than
// somebody may have seen: a site that nobody has asked for anything will be made
// of what is generated then.
func (s *Site) Reword(generated func() map[string]Generated, look Look) bool {
	if s.look.Store(&look); !s.asked.Load() {
		return false
	}
	s.rewording.Lock()
	defer s.rewording.Unlock()
	from, was := s.source(), s.now()
	files, texts := maps.Clone(was.files), generated()
	for name, g := range texts {
		if !bytes.Equal(g.Wording, was.wordings[name]) {
			files[name] = makeGenerated(name, g)
		}
	}
	s.serve(from, files, texts, look)
	return s.Build() != was.build
}

// serve puts the files in the place of those before, with a worker of the build
// that they are.
func (s *Site) serve(from *source, files map[string]*file, generated map[string]Generated, look Look) {
	v := &version{build: from.base, files: files, wordings: map[string][]byte{}, look: look}
	from.paint(v, s.serving.Load())
	for name, g := range generated {
		if g.Wording != nil {
			v.wordings[name] = g.Wording
		}
	}
	if len(v.wordings) > 0 {
		v.build += wordingMark + buildID(v.wordings)[:wordingLength]
	}
	if from.worker != nil {
		files[workerPath] = from.replaced(workerPath, from.worker, func(l *linked) []byte { return withBuild(l.worker, v.build) })
	}
	s.serving.Store(v)
}

// replaced is a file that link makes something of, and as it is where the
// modules don't fit together.
func (from *source) replaced(name string, body []byte, pick func(*linked) []byte) *file {
	return makeFile(name, func() []byte {
		l, err := from.linked()
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

// Check fails if a file can't be read, or if a module that the app or staff's
// screens start with imports one that isn't there.
func (s *Site) Check() error {
	_, err := s.source().linked()
	return err
}

// Build identifies what is served: it changes when any file does, and is the
// same on every machine that serves the same files. Builds that differ in what
// follows the mark have the same pages and modules, and say other texts.
func (s *Site) Build() string { return s.now().build }

// Warm compresses all files, until ctx ends. A file asked for before its turn
// is compressed on the spot, so Warm only saves the first visitors' time.
func (s *Site) Warm(ctx context.Context) {
	files := s.now().files
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if ctx.Err() != nil {
			return
		}
		files[name].warm()
	}
	for _, p := range s.now().pages() {
		p.index.warm()
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
	p, files := r.URL.Path, s.now().files
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

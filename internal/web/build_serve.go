package web

import (
	"net/http"
	"strings"
	"sync"
)

// buildPrefix is where the files of a known build are, whatever build runs.
const buildPrefix = "/builds/"

// serve answers GET and HEAD of /builds/{build}/{path}, and leaves every other
// path to next. A page of that build fetches with it what it has not got yet,
// although the server runs a newer one. What is served never changes, but for
// texts: of builds that differ in their wording alone, the texts are the latest.
func (b builds) serve(s *Site, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		build, path, ok := buildPath(r.URL.Path)
		if !ok || r.Method != http.MethodGet && r.Method != http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		f := b.find(s, build, path)
		if f == nil {
			next.ServeHTTP(w, r) // which has nothing there and says so
			return
		}
		f.serve(w, r)
	})
}

// later serves as [builds.serve] does with builds that are opened when somebody
// asks for the first file.
func later(open func() builds, s *Site, next http.Handler) http.Handler {
	opened := sync.OnceValue(func() http.Handler { return open().serve(s, next) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { opened().ServeHTTP(w, r) })
}

// buildPath splits /builds/{build}/{path}.
func buildPath(p string) (build, path string, ok bool) {
	rest, ok := strings.CutPrefix(p, buildPrefix)
	if !ok {
		return "", "", false
	}
	build, path, ok = strings.Cut(rest, "/")
	if path == "" {
		path = "index.html"
	}
	return build, "/" + path, ok
}

func (b builds) find(s *Site, build, path string) *file {
	base, _, _ := strings.Cut(build, wordingMark)
	if base == s.source().base {
		return s.now().files[path]
	}
	if unpacked := b[base][path]; unpacked != nil {
		return unpacked()
	}
	return nil
}

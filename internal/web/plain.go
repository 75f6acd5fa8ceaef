package web

import (
	"net/http"
	"strings"
)

// plain gives pages the paths /plain and below, and leaves the rest to next.
func plain(pages, next http.Handler, refuse refuser) http.Handler {
	if pages == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path != "/plain" && !strings.HasPrefix(r.URL.Path, "/plain/"):
			next.ServeHTTP(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			refuse.method(w, r, "GET, HEAD")
		default:
			pages.ServeHTTP(w, r)
		}
	})
}

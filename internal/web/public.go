package web

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"folje/internal/pattern"
)

// Public lets through to PocketBase's handler api only what the public may
// reach of it; everything else below /api and /_ is 404, and what is not below
// them goes to site. A path counts only as it is written in the list: another
// spelling of it (encoded, doubled or trailing slashes, dots, upper case) is
// another path, and 404.
func Public(api, site http.Handler, refuse refuser) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !reserved(r.URL.Path) {
			site.ServeHTTP(w, r)
			return
		}
		methods, ok := admitted(api, r)
		switch {
		case !ok:
			refuse.notFound(w, r)
		case !allows(methods, r.Method):
			refuse.method(w, r, methods)
		case !wellFormedQuery(r.URL):
			refuse.write(w, r, http.StatusBadRequest, "error.request")
		default:
			api.ServeHTTP(w, r)
		}
	})
}

// own is where the app's own routes live.
const own = "/api/folje/v1/"

// records matches the only routes of PocketBase that the public reaches: the
// collections that staff screens work with, under their names.
var records = pattern.Of(`^/api/collections/` +
	`(?:units|groups|meetings|letters|letter_revisions|glossary|staff|settings` +
	`|meeting_notes|guide_entries|worries|support_groups|themes|terms|term_plans|activities|phrases)` +
	`/records(/[A-Za-z0-9_-]{1,100})?$`)

// staffAuth is how staff sign in.
var staffAuth = map[string]string{
	"/api/collections/staff/auth-methods":       "GET, HEAD",
	"/api/collections/staff/auth-refresh":       "POST",
	"/api/collections/staff/auth-with-password": "POST",
	"/api/collections/staff/auth-with-otp":      "POST", // with a code that the app's own route sends
	"/api/collections/staff/auth-with-oauth2":   "POST", // nothing unless a provider is set up
}

// reserved reports whether any reading of the path lies below /api or /_.
func reserved(p string) bool {
	clean := strings.ToLower(path.Clean(p)) + "/"
	return strings.HasPrefix(clean, "/api/") || strings.HasPrefix(clean, "/_/")
}

// admitted says which methods the public may use on the request's path, and
// whether there are any.
func admitted(api http.Handler, r *http.Request) (methods string, ok bool) {
	p := r.URL.Path
	if r.URL.RawPath != "" || path.Clean(p) != p {
		return "", false
	}
	if methods, ok := staffAuth[p]; ok {
		return methods, true
	}
	if match := records.FindStringSubmatch(p); match != nil {
		if match[1] == "" {
			return "GET, HEAD, POST", true
		}
		return "GET, HEAD, PATCH, DELETE", true
	}
	if strings.HasPrefix(p, own) {
		methods := routed(api, r)
		return methods, methods != ""
	}
	return "", false
}

// routed lists the methods for which the mux has a route of its own at the
// request's path. PocketBase's catch-all hides that from the mux itself.
func routed(api http.Handler, r *http.Request) string {
	mux, ok := api.(interface {
		Handler(*http.Request) (http.Handler, string)
	})
	if !ok {
		return r.Method
	}
	has := func(method string) bool {
		probe := *r
		probe.Method = method
		_, pattern := mux.Handler(&probe)
		return strings.Contains(pattern, own)
	}
	if has(r.Method) {
		return r.Method
	}
	var methods []string
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
		if has(method) {
			methods = append(methods, method)
		}
	}
	return strings.Join(methods, ", ")
}

func allows(methods, method string) bool {
	for m := range strings.SplitSeq(methods, ", ") {
		if m == method {
			return true
		}
	}
	return false
}

// wellFormedQuery refuses what PocketBase would drop in silence or, for a
// modifier in "fields" that it can't use, answer with an empty 200; and
// relations followed backwards ("letters_via_groups"), which no client of ours
// asks for. In a filter PocketBase doesn't hold all of them to the other
// collection's list rule; and they multiply whole collections with each other:
// a few in a filter keep every connection to the database busy for half a
// minute, in an expansion they fill the memory.
func wellFormedQuery(u *url.URL) bool {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil || strings.ContainsAny(query.Get("fields"), ":()") {
		return false
	}
	asked := slices.Concat(query["filter"], query["sort"], query["expand"])
	return !strings.Contains(strings.ToLower(strings.Join(asked, ",")), "_via_")
}

package tablet

import (
	"net/http"
	"slices"
	"strings"
)

// routes are those of the app's own that a session on a tablet reaches, as the
// router has them: what writing and publishing letters and meetings needs. A
// route that is added anywhere is closed until it stands here.
var routes = []string{
	"GET /api/folje/v1/staff/letters/{id}/readiness",
	"GET /api/folje/v1/staff/letters/{id}/places/{locale}",
	"POST /api/folje/v1/staff/letters/{id}/publish",
	"POST /api/folje/v1/staff/letters/{id}/undo",
	"POST /api/folje/v1/staff/letters/{id}/withdraw",
	"POST /api/folje/v1/staff/letters/{id}/ring",
	"GET /api/folje/v1/staff/letters/{id}/ringing",
	"GET /api/folje/v1/staff/letters/{id}/reach",
	"GET /api/folje/v1/staff/letters/{id}/attachments",
	"PUT /api/folje/v1/staff/letters/{id}/attachments/{attachment}",
	"GET /api/folje/v1/attachments/{id}",
	"GET /api/folje/v1/staff/meetings/{id}/readiness",
	"GET /api/folje/v1/staff/meetings/{id}/places/{locale}",
	"POST /api/folje/v1/staff/meetings/{id}/publish",
	"POST /api/folje/v1/staff/meetings/{id}/cancel",
	"GET /api/folje/v1/staff/meetings/{id}/answers",
	"GET /api/folje/v1/staff/meetings/{id}/ringing",
	"GET /api/folje/v1/staff/groups/{id}/wishes",
	"GET /api/folje/v1/staff/phrases/used",
	"GET /api/folje/v1/staff/question",
	"GET /api/folje/v1/staff/engines",
	"POST /api/folje/v1/tablet/leave",
}

// written and read are the collections that such a session reaches through
// PocketBase's record API; their rules say which records, and must have been
// opened to it too (pb_migrations).
var (
	written = []string{"letters", "meetings", "meeting_notes"}
	read    = []string{"units", "groups", "letter_revisions", "phrases", "themes", "terms", "term_plans", "glossary"}
)

// opens reports whether a session on a tablet reaches what is asked for.
func opens(r *http.Request) bool {
	if slices.Contains(routes, r.Pattern) {
		return true
	}
	method, path, _ := strings.Cut(r.Pattern, " ")
	if path != "/api/collections/{collection}/records" && path != "/api/collections/{collection}/records/{id}" {
		return false
	}
	name := r.PathValue("collection")
	return slices.Contains(written, name) || method == http.MethodGet && slices.Contains(read, name)
}

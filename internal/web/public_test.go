package web_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const notFound = `{"code":"error.not_found","message":":error.not_found"}`

func TestOnlyTheAllowListIsPublic(t *testing.T) {
	r := run(t, nil)
	token := "Authorization: " + superuserToken(t, r.app) + "\r\n"
	for _, c := range []string{
		"GET /_/", "GET /_", "GET /_/extensions/x", "GET /api", "GET /api/", "GET /api/health", "GET /api/settings",
		"PATCH /api/settings", "GET /api/logs", "GET /api/logs/stats", "GET /api/backups", "POST /api/backups",
		"POST /api/backups/upload", "POST /api/backups/x/restore", "GET /api/crons", "POST /api/crons/x", "POST /api/sql",
		"POST /api/batch", "GET /api/realtime", "POST /api/realtime", "GET /api/files/token", "POST /api/files/token",
		"GET /api/files/letters/a/b", "GET /api/collections", "POST /api/collections", "PUT /api/collections/import",
		"GET /api/collections/letters", "PATCH /api/collections/letters", "DELETE /api/collections/letters/truncate",
		"GET /api/oauth2-redirect", "GET /api/collections/_superusers/records",
		"POST /api/collections/_superusers/auth-with-password", "POST /api/collections/_superusers/auth-refresh",
		"POST /api/collections/staff/request-otp", "POST /api/collections/staff/request-password-reset",
		"POST /api/collections/staff/confirm-password-reset", "POST /api/collections/staff/request-email-change",
		"POST /api/collections/staff/request-verification", "POST /api/collections/staff/impersonate/abcdefghijklmno",
		"GET /api/collections/devices/records", "GET /api/collections/memberships/records", "GET /api/collections/invites/records",
		"GET /api/collections/changes/records", "GET /api/collections/audit_log/records", "GET /api/collections/_mfas/records",
		"GET /api/folje", "GET /api/folje/v1", "GET /api/folje/v2/hello", "GET /api/folje/v1/nothing",
	} {
		method, path, _ := strings.Cut(c, " ")
		if res, body := ask(t, r.addr, method, path, token, ""); res.StatusCode != 404 || body != notFound {
			t.Errorf("%s: %d %.100s", c, res.StatusCode, body)
		}
	}
}

// Whatever way a path is written, what isn't on the list doesn't answer: not
// PocketBase's 200, 401 or 403, nor a redirect that would tell that it's there.
func TestPathTricksFindNothing(t *testing.T) {
	r := run(t, nil)
	makeStaff(t, r.app)
	token := "Authorization: " + superuserToken(t, r.app) + "\r\nSec-Fetch-Mode: cors\r\n"
	staff, err := r.app.FindCollectionByNameOrId("staff")
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{
		"/api/collections/" + staff.Id + "/records", "/api/collections/STAFF/records", "/api/collections/Staff/records",
		"/api/collections/staff/records/", "/api/collections/staff/records//", "/api/collections/staff//records",
		"/api/collections/staff/records/a/b", "/api/collections/staff/records/..", "/api/collections/staff/records/a.b",
		"/api/collections/staff/records/%2e%2e", "/api/collections/staff/records/a%2Fb", "/api/collections/staff/records/'",
		"/api/collections/staff%2frecords", "/api/collections/%73taff/records", "/api/collections/staff%20/records",
		"/api/collections/devices/../staff/records", "/api/collections/staff/../_superusers/records", "/api/collections/staff/records;x",
		"/api/folje/v1/../../settings", "/api/folje/v1/..%2f..%2fsettings", "/api/folje/v1/%2e%2e/%2e%2e/settings",
		"/api/folje/v1//who", "/api/folje/v1/./who", "/api/folje/v1/who/", "/api/folje/v1/%77ho", "/api/folje/V1/who",
	}
	for _, target := range []string{"/api/settings", "/api/health", "/_/", "/api/collections"} {
		paths = append(paths, "/"+target, "//"+target, "/."+target, "/x/.."+target, "/js/.."+target, strings.ToUpper(target),
			target+"/", target+"//", target+"/.", strings.Replace(target[1:], "/", "//", 1), "/%2e"+target, "/x/%2e%2e"+target,
			"/%2f"+target[1:], "/"+fmt.Sprintf("%%%x", target[1])+target[2:], "/x/..%2f"+target[1:], "http://other"+target,
			"http://other/"+target, target+"?x=/api/folje/v1/who", target+"%3f", target+"%23", target+";")
	}
	for _, path := range paths {
		if !strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "http") {
			path = "/" + path
		}
		res, body := ask(t, r.addr, "GET", path, token, "")
		if res.StatusCode != 404 || body != notFound {
			t.Errorf("%s: %d %s %.100s", path, res.StatusCode, res.Header.Get("Location"), body)
		}
	}
}

func TestWhatIsOnTheListAnswers(t *testing.T) {
	r := run(t, nil)
	makeStaff(t, r.app)
	for c, status := range map[string]int{
		"GET /api/collections/staff/records": 200, "GET /api/collections/staff/records/abcdefghijklmno": 404,
		"POST /api/collections/staff/records": 400, "PATCH /api/collections/staff/records/abcdefghijklmno": 404,
		"DELETE /api/collections/staff/records/abcdefghijklmno": 404, "GET /api/collections/staff/auth-methods": 200,
		"POST /api/collections/staff/auth-refresh": 401, "POST /api/collections/staff/auth-with-password": 400,
		"POST /api/collections/staff/auth-with-otp": 403, "POST /api/collections/staff/auth-with-oauth2": 403, // both off
		"GET /api/folje/v1/who": 200,
	} {
		method, path, _ := strings.Cut(c, " ")
		res, body := ask(t, r.addr, method, path, "", "")
		if res.StatusCode != status || strings.HasPrefix(body, `{"code":"error.not_found"`) {
			t.Errorf("%s: %d %.100s, want %d from PocketBase", c, res.StatusCode, body, status)
		}
	}
}

func TestRelationsAreNotFollowedBackwardsInPublic(t *testing.T) {
	r := run(t, nil)
	makeStaff(t, r.app)
	for _, query := range []string{
		"filter=name_via_x.name~'a'", "sort=-name_via_x.name", "expand=name,name_via_x", "filter=id='a'&filter=a%5fvia_b='a'",
	} {
		for _, path := range []string{"/api/collections/staff/records", "/api/collections/staff/records/" + staffID} {
			res, body := ask(t, r.addr, "GET", path+"?"+query, "", "")
			if res.StatusCode != 400 || body != `{"code":"error.request","message":":error.request"}` {
				t.Errorf("%s?%s: %d %.100s", path, query, res.StatusCode, body)
			}
		}
	}
}

func TestAWrongMethodIsToldTheRightOnes(t *testing.T) {
	r := run(t, nil)
	for c, allow := range map[string]string{
		"PUT /api/collections/letters/records": "GET, HEAD, POST", "DELETE /api/collections/letters/records": "GET, HEAD, POST",
		"POST /api/collections/letters/records/a": "GET, HEAD, PATCH, DELETE", "GET /api/collections/staff/auth-with-password": "POST",
		"POST /api/collections/staff/auth-methods": "GET, HEAD", "GET /api/folje/v1/deaf": "POST", "DELETE /api/folje/v1/who": "GET, HEAD",
		"OPTIONS /api/folje/v1/who": "GET, HEAD", "TRACE /api/folje/v1/who": "GET, HEAD", "get /api/folje/v1/who": "GET, HEAD",
		"POST /": "GET, HEAD", "DELETE /js/app.js": "GET, HEAD", "BREW /letters/x": "GET, HEAD", "POST /healthz": "GET, HEAD",
	} {
		method, path, _ := strings.Cut(c, " ")
		res, body := ask(t, r.addr, method, path, "", "")
		if res.StatusCode != 405 || res.Header.Get("Allow") != allow || body != `{"code":"error.method","message":":error.method"}` {
			t.Errorf("%s: %d allow %q %.100s", c, res.StatusCode, res.Header.Get("Allow"), body)
		}
	}
}

func TestASuperusersTokenIsWorthlessInPublic(t *testing.T) {
	r := run(t, nil)
	makeStaff(t, r.app)
	token := "Authorization: Bearer " + superuserToken(t, r.app) + "\r\n"
	records := "/api/collections/staff/records"
	for _, path := range []string{"/api/folje/v1/who", records, records + "/" + staffID} {
		_, guest := ask(t, r.addr, "GET", path, "", "")
		if _, body := ask(t, r.addr, "GET", path, token, ""); body != guest {
			t.Errorf("%s: %s, a guest gets %s", path, body, guest)
		}
		if _, body := ask(t, r.admin, "GET", path, token, ""); body == guest {
			t.Errorf("%s: an administrator gets what a guest gets", path)
		}
	}
	if _, body := ask(t, r.addr, "GET", "/api/folje/v1/who", token, ""); !strings.HasSuffix(body, "false") {
		t.Error(body)
	}
}

func TestStaffSignInInPublic(t *testing.T) {
	r := run(t, nil)
	makeStaff(t, r.app)
	res, body := ask(t, r.addr, "POST", "/api/collections/staff/auth-with-password", json+"\r\n", `{"identity":"anna@folje.example","password":"1234567890"}`)
	if res.StatusCode != 200 || !strings.Contains(body, `"token"`) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

const staffID = "annaannaannaann"

// makeStaff adds the one collection that public routes need here, with one
// person whom nobody may see.
func makeStaff(t *testing.T, app core.App) {
	t.Helper()
	staff := core.NewAuthCollection("staff")
	staff.ListRule, staff.ViewRule = types.Pointer("id = @request.auth.id"), types.Pointer("id = @request.auth.id")
	staff.CreateRule, staff.UpdateRule, staff.DeleteRule = staff.ListRule, staff.ListRule, staff.ListRule
	staff.Fields.Add(&core.TextField{Name: "name"})
	if err := app.Save(staff); err != nil {
		t.Fatal(err)
	}
	anna := core.NewRecord(staff)
	anna.Id = staffID
	anna.SetEmail("anna@folje.example")
	anna.SetPassword("1234567890")
	if err := app.Save(anna); err != nil {
		t.Fatal(err)
	}
}

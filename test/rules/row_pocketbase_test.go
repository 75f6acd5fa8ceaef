package rules_test

import (
	"archive/zip"
	"bytes"
	"mime/multipart"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// authRows are PocketBase's routes for a collection whose records sign in.
func (w *world) authRows(collection, who string) []row {
	post := func(name, rest string, b body) row {
		return row{name: name, route: "POST " + auths + rest, request: request{
			method: "POST", path: "/api/collections/" + collection + "/" + rest, body: b}}
	}
	off := func(what string) string { return what + " is off" }
	rows := []row{
		{route: "GET " + auths + "auth-methods", request: request{method: "GET", path: "/api/collections/" + collection + "/auth-methods"}},
		post("", "auth-refresh", nil),
		post("right", "auth-with-password", body{"identity": w.email(who), "password": password}).entitled("-:nN"),
		post("wrong", "auth-with-password", body{"identity": w.email(who), "password": "wrong"}).refused("the password is wrong"),
		post("", "auth-with-oauth2", body{"provider": "google", "code": "x", "redirectURL": "https://x.example"}).refused(off("OAuth2")),
		post("", "request-otp", body{"email": w.email(who)}).refused(off("OTP")),
		post("", "auth-with-otp", body{"otpId": w.units['A'].id("_otps"), "password": "x"}).refused(off("OTP")),
		post("", "request-password-reset", body{"email": w.email(who)}),
		post("", "confirm-password-reset", body{"token": "x", "password": password, "passwordConfirm": password}).refused("the token is wrong"),
		post("", "request-verification", body{"email": w.email(who)}),
		post("", "confirm-verification", body{"token": "x"}).refused("the token is wrong"),
		post("", "request-email-change", body{"newEmail": "new@example.org"}),
		post("", "confirm-email-change", body{"token": "x", "password": password}).refused("the token is wrong"),
	}
	for i, r := range rows {
		own := strings.HasSuffix(r.path, "/request-verification") || strings.HasSuffix(r.path, "/request-email-change")
		if own && collection == core.CollectionNameSuperusers {
			rows[i].nobody = "superusers change theirs in the dashboard"
		}
	}
	impersonate := post("", "impersonate/"+w.ids[who], nil)
	impersonate.route = "POST " + auths + "impersonate/{id}"
	rows = append(rows, impersonate)
	for i := range rows {
		rows[i].section, rows[i].inside = "signing in as "+collection, collection != "staff"
		method, pattern, _ := strings.Cut(rows[i].route, " ")
		rows[i].name = strings.TrimSpace(method + " " + strings.TrimPrefix(pattern, auths) + " " + rows[i].name)
	}
	return rows
}

// pocketbaseRows are PocketBase's other routes.
func (w *world) pocketbaseRows() []row {
	rows := append(w.schemaRows(), w.operatorRows()...)
	rows = append(rows, w.backupRows()...)
	rows = append(rows, w.openRows()...)
	for i := range rows {
		rows[i].section, rows[i].inside = "PocketBase's own", true
		if rows[i].name != "" {
			rows[i].name = ", " + rows[i].name
		}
		rows[i].name = rows[i].route + rows[i].name
	}
	return rows
}

func at(method, pattern, path string, b any) row {
	return row{route: method + " " + pattern, request: request{method: method, path: path, body: b}}
}

func (r row) named(name string) row { r.name = name; return r }

func (w *world) schemaRows() []row {
	const c = "/api/collections"
	return []row{
		at("GET", c, c, nil),
		at("POST", c, c, body{"name": "new", "type": "base"}),
		at("GET", c+"/{collection}", c+"/letters", nil),
		at("PATCH", c+"/{collection}", c+"/letters", body{"listRule": ""}),
		at("DELETE", c+"/{collection}", c+"/calendars", nil),
		at("DELETE", c+"/{collection}", c+"/audit_log", nil).named("the audit log").refused("it is only added to"),
		at("DELETE", c+"/{collection}/truncate", c+"/calendars/truncate", nil),
		at("DELETE", c+"/{collection}/truncate", c+"/audit_log/truncate", nil).named("the audit log").refused("it is only added to"),
		at("PUT", c+"/import", c+"/import", body{"collections": []body{{"name": "new", "type": "base"}}}),
		at("GET", c+"/meta/scaffolds", c+"/meta/scaffolds", nil),
		at("GET", c+"/meta/oauth2-providers", c+"/meta/oauth2-providers", nil),
		at("POST", c+"/meta/dry-run-view", c+"/meta/dry-run-view", body{"query": "SELECT id, name FROM units"}),
	}
}

func (w *world) operatorRows() []row {
	rows := []row{
		at("GET", "/api/settings", "/api/settings", nil),
		at("PATCH", "/api/settings", "/api/settings", body{"meta": body{"appName": "new"}}),
		at("POST", "/api/settings/test/s3", "/api/settings/test/s3", body{"filesystem": "storage"}).refused("S3 is off"),
		at("POST", "/api/settings/test/email", "/api/settings/test/email",
			body{"email": "new@example.org", "template": "verification", "collection": "staff"}),
		at("POST", "/api/settings/apple/generate-client-secret", "/api/settings/apple/generate-client-secret", body{}).
			refused("nobody has an Apple key"),
		at("GET", "/api/logs", "/api/logs", nil),
		at("GET", "/api/logs/stats", "/api/logs/stats", nil),
		at("GET", "/api/logs/{id}", "/api/logs/"+w.ids["log"], nil),
		at("GET", "/api/crons", "/api/crons", nil),
		at("POST", "/api/crons/{id}", "/api/crons/foljeDevicesSeen", nil),
		at("POST", "/api/sql", "/api/sql", body{"query": "SELECT * FROM devices"}),
	}
	for i := range rows {
		rows[i].spoils = true // logs are written when PocketBase likes
	}
	return rows
}

func (w *world) backupRows() []row {
	const b = "/api/backups"
	upload, kind := uploadedBackup()
	const off = "PocketBase's own backups are off"
	withFile := at("POST", b+"/upload", b+"/upload", upload).refused(off)
	withFile.header = map[string]string{"Content-Type": kind}
	rows := []row{
		at("GET", b, b, nil),
		at("POST", b, b, body{"name": "new.zip"}).refused(off),
		withFile,
		at("GET", b+"/{key}", b+"/"+w.ids["backup"], nil).refused("a download needs a token in its address"),
		at("GET", b+"/{key}", b+"/"+w.ids["backup"]+"?token="+w.ids["file token"], nil).
			named("with a superuser's file token").entitled("-:B"),
		at("DELETE", b+"/{key}", b+"/"+w.ids["backup"], nil),
		at("POST", b+"/{key}/restore", b+"/none.zip/restore", nil).refused(off),
	}
	for i := range rows {
		rows[i].spoils = true
	}
	return rows
}

// uploadedBackup is a form with an empty archive and its content type.
func uploadedBackup() (form, kind string) {
	var archive, out bytes.Buffer
	_ = zip.NewWriter(&archive).Close() // all of it to memory
	m := multipart.NewWriter(&out)
	file, _ := m.CreateFormFile("file", "uploaded.zip")
	_, _ = file.Write(archive.Bytes())
	_ = m.Close()
	return out.String(), m.FormDataContentType()
}

// openRows are those that PocketBase itself leaves open to more than superusers.
func (w *world) openRows() []row {
	unit := w.units['A'].id("unit")
	return []row{
		at("GET", "/api/oauth2-redirect", "/api/oauth2-redirect?state=x&code=x", nil),
		at("POST", "/api/oauth2-redirect", "/api/oauth2-redirect", body{"state": "x", "code": "x"}),
		at("POST", "/api/files/token", "/api/files/token", nil),
		at("GET", "/api/files/{collection}/{recordId}/{filename}", "/api/files/units/"+unit+"/a.png", nil).refused("no record has a file"),
		at("POST", "/api/batch", "/api/batch", body{"requests": []body{{"method": "GET", "url": "/api/collections/units/records"}}}).
			refused("batches are off"),
		at("GET", "/api/realtime", "/api/realtime", nil),
		at("POST", "/api/realtime", "/api/realtime", body{"clientId": "x", "subscriptions": []string{"letters/*"}}).refused("there is no such client"),
		at("GET", "/api/health", "/api/health", nil),
		at("GET", "/_/{path...}", "/_/", nil),
		at("GET", "/_/extensions.js", "/_/extensions.js", nil),
		at("", "/", "/api/none", nil).with("GET").named("GET /api/none").refused("there is no such route"),
		at("", "/", "/none", nil).with("GET").named("GET /none").refused("there is no such route"),
	}
}

// with sends a method where the route has none of its own.
func (r row) with(method string) row { r.method = method; r.route = "/"; return r }

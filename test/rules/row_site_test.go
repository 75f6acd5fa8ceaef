package rules_test

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/apptest"
)

// files is the section of what is served from public/.
const files = "files"

// siteRows are the requests that never reach PocketBase: the web app's files
// and the two answers for whoever watches the server, and other spellings of
// what the public may not reach.
func siteRows() []row {
	page := map[string]string{"Accept": "text/html"}
	get := func(path string) row { return row{name: "GET " + path, request: request{method: "GET", path: path}} }
	visit := func(path string) row {
		r := get(path)
		r.name, r.header = "visit "+path, page
		return r
	}
	inside := func(r row) row { r.inside = true; return r }
	rows := []row{
		get("/"), visit("/join"), visit("/letters/x"), visit("/staff/"), visit("/translate/x"),
		visit("/plain"), get("/plain/sv"), get("/plain/ar"), get("/plain.css"),
		get("/manifest.webmanifest"), get("/sw.js"), get("/js/app.js"), get("/css/base.css"),
		get("/js/staff/index.js"), get("/locales/parent/ar.json"), get("/locales/staff/sv.json"),
		get("/js/none.js").refused("there is no such file"),
		get("/jsconfig.json").refused("it is for developers' tools"),
		get("/healthz"), get("/readyz"),
		{name: "POST /", request: request{method: "POST", path: "/", body: body{}}, nobody: "files are only read"},
		inside(get("/_")), inside(get("/_/")), inside(visit("/_/")), inside(get("/_/index.html")), inside(get("/%5f/")),
		inside(get("//api/settings")), inside(get("/api/../api/settings")),
		inside(get("/x/../api/collections/devices/records")),
		inside(get("/API/settings")).refused("the path is lower-case"),
		inside(get("/api/collections/devices/records/")).refused("the path has no slash at its end"),
		inside(get("/api/collections/letters%2frecords")).refused("the path has no encoded slash"),
	}
	for i := range rows {
		rows[i].section = files
	}
	return rows
}

// Every file of public/ is everybody's, but those for developers' tools.
func TestEveryFileIsServed(t *testing.T) {
	w := newWorld(t)
	public := os.DirFS(filepath.Join(apptest.Root(), "public"))
	s, err := w.serve(public)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	err = fs.WalkDir(public, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		want := http.StatusOK
		if name == "jsconfig.json" || strings.HasSuffix(name, ".d.ts") || strings.HasPrefix(d.Name(), ".") {
			want = http.StatusNotFound
		}
		for _, who := range []string{guest, editor} {
			if got := s.must(t, who, request{method: "GET", path: "/" + name}); got.status != want {
				t.Errorf("%s, as %s: %d, want %d", name, who, got.status, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

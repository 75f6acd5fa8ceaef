package web_test

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"folje/internal/web"
)

func TestThePagePreloadsTheStaticGraph(t *testing.T) {
	_, body := ask(t, serveSite(t).addr, "GET", "/", "", "")
	const want = "<head>\n<link rel=\"stylesheet\" href=\"/css/base.css\">\n" +
		"<link rel=\"modulepreload\" href=\"/js/a.js\">\n" +
		"<link rel=\"modulepreload\" href=\"/vendor/lit/lit.js\">\n" +
		"<link rel=\"modulepreload\" href=\"/js/lib/b.js\">\n\n</head>"
	if !strings.Contains(body, want) {
		t.Errorf("%.400s", body)
	}
}

func TestTheWorkerKeepsParentsAndStaffsFilesApart(t *testing.T) {
	s := site(t, pages(), locales())
	r := run(t, func(c *web.Config) { c.Site = s })
	_, body := ask(t, r.addr, "GET", "/sw.js", "", "")
	want := fmt.Sprintf(`const V = '%s', F = ["/","/js/app.js","/js/a.js","/vendor/lit/lit.js","/js/lib/b.js",`+
		`"/css/base.css","/icons/sprite.svg","/locales/parent/sv.json","/manifest.webmanifest"], `+
		`L = ["/js/late.js","/js/later.js","/css/letter.css"], `+
		`S = ["/js/staff/index.js","/vendor/pocketbase/pocketbase.js","/css/staff.css","/locales/staff/sv.json"]`, s.Build())
	if body != want {
		t.Errorf("%s\nwant %s", body, want)
	}
	if res, body := ask(t, r.addr, "GET", "/builds/"+s.Build()+"/js/late.js", "", ""); res.StatusCode != http.StatusOK || body != "import './later.js'" {
		t.Errorf("a file by its build: %d %s", res.StatusCode, body)
	}
}

func TestAModuleThatIsNotThereFailsTheStart(t *testing.T) {
	files := pages()
	delete(files, "js/lib/b.js")
	if err := checked(web.NewSite(files, nil)); err == nil || !strings.Contains(err.Error(), "/js/lib/b.js") {
		t.Errorf("%v", err)
	}
}

// The app itself makes a site, and its worker's lists name only files that are
// there: one that isn't would keep the worker from ever installing.
func TestTheAppsOwnFiles(t *testing.T) {
	public := os.DirFS("../../public")
	if _, err := fs.Stat(public, "sw.js"); err != nil {
		t.Skip("public/ has no worker")
	}
	s := site(t, public, map[string][]byte{"/locales/parent/ar.json": {}, "/locales/staff/ar.json": {}})
	r := run(t, func(c *web.Config) { c.Site = s })
	_, worker := ask(t, r.addr, "GET", "/sw.js", "", "")
	if strings.Contains(worker, "{{") {
		t.Error("the worker has an empty place left")
	}
	names := quoted(worker)
	for _, need := range []string{"/", "/js/app.js", "/js/staff/index.js", "/js/translate/index.js", "/locales/parent/ar.json", "/css/base.css"} {
		if !slices.Contains(names, need) {
			t.Errorf("the worker doesn't keep %s", need)
		}
	}
	for _, name := range names {
		if res, _ := ask(t, r.addr, "HEAD", name, "Sec-Fetch-Mode: cors\r\n", ""); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", name, res.StatusCode)
		}
	}
}

// quoted returns the paths in double quotes, which only the filled lists have.
func quoted(text string) (names []string) {
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 1 && strings.HasPrefix(part, "/") {
			names = append(names, part)
		}
	}
	return names
}

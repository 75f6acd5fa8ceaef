package web_test

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"folje/internal/web"

	"github.com/andybalholm/brotli"
)

// pages is a small app of the shape of public/.
func pages() fstest.MapFS {
	files := fstest.MapFS{}
	for name, body := range map[string]string{
		"index.html":                           "<!doctype html>\n<head>\n<link rel=\"stylesheet\" href=\"/css/base.css\">\n<!--modulepreload-->\n</head>\n" + strings.Repeat("<p>Följe</p>\n", 50),
		"sw.js":                                "const V = '{{version}}', F = ['{{files}}'], L = ['{{later}}'], S = ['{{staff}}']",
		"manifest.webmanifest":                 "{}",
		"css/base.css":                         strings.Repeat("p { margin: 0 }\n", 50),
		"css/staff.css":                        "p {}",
		"css/letter.css":                       "p {}",
		"js/app.js":                            "/** @typedef {import('./types.js').Row} Row */\n// import './comment.js'\n * import './star.js'\nimport { a } from './a.js'\nimport '/vendor/lit/lit.js'\nexport {\n  b,\n} from './lib/b.js'\nconst staff = () => import('./staff/index.js')\nconst x = 'import \"./string.js\"'",
		"js/a.js":                              "import{html}from\"../vendor/lit/lit.js\";import \"./lib/b.js\"\nexport const load = async () => await Promise.all([import('./late.js')])",
		"js/lib/b.js":                          "export const b = 1",
		"js/late.js":                           "import './later.js'",
		"js/later.js":                          "",
		"js/types.js":                          "",
		"js/staff/index.js":                    "import '../../vendor/pocketbase/pocketbase.js'\nimport '../lib/b.js'",
		"vendor/lit/lit.js":                    "export const html = 1",
		"vendor/pocketbase/pocketbase.js":      "export default 1",
		"vendor/pocketbase/pocketbase.js.d.ts": "",
		"vendor/lit/LICENSE":                   "BSD",
		"icons/sprite.svg":                     "<svg/>",
		"icons/icon-512.png":                   "png",
		"icons/.DS_Store":                      "no",
		".git/config":                          "no",
		"jsconfig.json":                        "{}",
	} {
		files[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return files
}

func locales() map[string][]byte {
	return map[string][]byte{"/locales/parent/sv.json": []byte(`{"a":"b"}`), "/locales/staff/sv.json": []byte(`{}`)}
}

func serveSite(t *testing.T) running {
	t.Helper()
	return run(t, func(c *web.Config) { c.Site = site(t, pages(), locales()) })
}

func TestWhatIsServedAndWhatIsNot(t *testing.T) {
	r := serveSite(t)
	page, file := "Sec-Fetch-Mode: navigate\r\n", "Sec-Fetch-Mode: no-cors\r\n"
	oldPage, old := "Accept: text/html,*/*\r\n", "Accept: */*\r\n"
	for _, c := range []struct {
		header, path string
		status       int
		kind         string
	}{
		{page, "/", 200, "text/html; charset=utf-8"},
		{file, "/", 200, "text/html; charset=utf-8"},
		{page, "/letters/abc", 200, "text/html; charset=utf-8"},
		{oldPage, "/join?x=1", 200, "text/html; charset=utf-8"},
		{page, "/staff/", 200, "text/html; charset=utf-8"},
		{page, "/js/", 200, "text/html; charset=utf-8"}, // never a listing
		{file, "/js/", 404, ""},
		{file, "/js", 404, ""},
		{file, "/letters/abc", 404, ""},
		{old, "/letters/abc", 404, ""},
		{"", "/letters/abc", 404, ""},
		{page, "/js/missing.js", 404, ""},
		{oldPage, "/js/missing.js", 404, ""},
		{page, "/.git/config", 404, ""},
		{page, "/.env", 404, ""},
		{page, "/icons/.DS_Store", 404, ""},
		{page, "/.well-known/x", 404, ""},
		{file, "/jsconfig.json", 404, ""},
		{file, "/vendor/pocketbase/pocketbase.js.d.ts", 404, ""},
		{file, "/js/../index.html", 404, ""},
		{file, "//js/app.js", 404, ""},
		{file, "/JS/app.js", 404, ""},
		{file, "/js/app.js", 200, "text/javascript; charset=utf-8"},
		{file, "/js%2Fapp.js", 200, "text/javascript; charset=utf-8"}, // another spelling of a public file harms nobody
		{file, "/css/base.css", 200, "text/css; charset=utf-8"},
		{file, "/manifest.webmanifest", 200, "application/manifest+json"},
		{file, "/icons/sprite.svg", 200, "image/svg+xml"},
		{file, "/icons/icon-512.png", 200, "image/png"},
		{file, "/vendor/lit/LICENSE", 200, "text/plain; charset=utf-8"},
		{file, "/locales/parent/sv.json", 200, "application/json"},
		{file, "/locales/staff/sv.json", 200, "application/json"},
		{file, "/locales/parent/xx.json", 404, ""},
	} {
		res, body := ask(t, r.addr, "GET", c.path, c.header, "")
		kind := res.Header.Get("Content-Type")
		if res.StatusCode != c.status || c.status == 200 && kind != c.kind {
			t.Errorf("%s %q: %d %s, want %d %s", c.path, c.header, res.StatusCode, kind, c.status, c.kind)
		}
		if c.status == 404 && body != `{"code":"error.not_found","message":":error.not_found"}` {
			t.Errorf("%s: %s", c.path, body)
		}
	}
}

func TestTheBuildChangesWithAnyFile(t *testing.T) {
	build := site(t, pages(), locales()).Build()
	if again := site(t, pages(), locales()).Build(); again != build {
		t.Errorf("%s, then %s", build, again)
	}
	for name, change := range map[string]func(fstest.MapFS, map[string][]byte){
		"body":   func(f fstest.MapFS, _ map[string][]byte) { f["js/late.js"] = &fstest.MapFile{Data: []byte("2")} },
		"new":    func(f fstest.MapFS, _ map[string][]byte) { f["x.txt"] = &fstest.MapFile{} },
		"gone":   func(f fstest.MapFS, _ map[string][]byte) { delete(f, "vendor/lit/LICENSE") },
		"worker": func(f fstest.MapFS, _ map[string][]byte) { f["sw.js"].Data = append(f["sw.js"].Data, ' ') },
		"texts":  func(_ fstest.MapFS, l map[string][]byte) { l["/locales/parent/sv.json"] = []byte(`{}`) },
	} {
		files, texts := pages(), locales()
		change(files, texts)
		if site(t, files, texts).Build() == build {
			t.Errorf("%s: the build stayed", name)
		}
	}
}

func TestAnswersAreCompressedAsTheClientLikes(t *testing.T) {
	r := serveSite(t)
	plain := string(pages()["css/base.css"].Data)
	for accept, want := range map[string]string{
		"": "", "identity": "", "gzip": "gzip", "gzip, deflate, br, zstd": "br", "br;q=1.0, gzip;q=0.8": "br",
		"br;q=0, gzip": "gzip", "BR": "br", "brotli": "", "gzip; q=0.0": "", "br;q=x": "",
	} {
		res, body := ask(t, r.addr, "GET", "/css/base.css", "Accept-Encoding: "+accept+"\r\n", "")
		if got := res.Header.Get("Content-Encoding"); got != want || res.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %q, vary %q; want %q", accept, got, res.Header.Get("Vary"), want)
		}
		if unpack(t, want, body) != plain {
			t.Errorf("%q: the body changed on the way", accept)
		}
	}
	if res, _ := ask(t, r.addr, "GET", "/icons/icon-512.png", "Accept-Encoding: br\r\n", ""); res.Header.Get("Content-Encoding") != "" || res.Header.Get("Vary") != "" {
		t.Error("a picture was compressed")
	}
}

func unpack(t *testing.T, encoding, body string) string {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	switch encoding {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestAFileThatTheClientHasIsNotSentAgain(t *testing.T) {
	r := serveSite(t)
	seen := map[string]bool{}
	for _, accept := range []string{"", "gzip", "br"} {
		header := "Accept-Encoding: " + accept + "\r\n"
		first, _ := ask(t, r.addr, "GET", "/css/base.css", header, "")
		tag := first.Header.Get("ETag")
		if tag == "" || seen[tag] || first.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%q: tag %s, %s", accept, tag, first.Header.Get("Cache-Control"))
		}
		seen[tag] = true
		for _, known := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			res, body := ask(t, r.addr, "GET", "/css/base.css", header+"If-None-Match: "+known+"\r\n", "")
			if res.StatusCode != 304 || body != "" || res.Header.Get("ETag") != tag {
				t.Errorf("%s: %d %s", known, res.StatusCode, res.Header.Get("ETag"))
			}
		}
		if res, _ := ask(t, r.addr, "GET", "/css/base.css", header+"If-None-Match: \"other\"\r\n", ""); res.StatusCode != 200 {
			t.Errorf("another tag: %d", res.StatusCode)
		}
	}
}

func TestTheTagIsOfTheContent(t *testing.T) {
	sum := sha256.Sum256(pages()["css/base.css"].Data)
	res, _ := ask(t, serveSite(t).addr, "GET", "/css/base.css", "", "")
	if want := fmt.Sprintf(`"%x"`, sum[:12]); res.Header.Get("ETag") != want {
		t.Errorf("%s, want %s", res.Header.Get("ETag"), want)
	}
}

func TestHEADOfAFileIsItsGETWithoutTheBody(t *testing.T) {
	r := serveSite(t)
	get, body := ask(t, r.addr, "GET", "/css/base.css", "", "")
	head, _ := ask(t, r.addr, "HEAD", "/css/base.css", "", "")
	for _, name := range []string{"Content-Length", "Content-Type", "ETag"} {
		if get.Header.Get(name) != head.Header.Get(name) {
			t.Errorf("%s: %q, %q", name, get.Header.Get(name), head.Header.Get(name))
		}
	}
	if fmt.Sprint(len(body)) != head.Header.Get("Content-Length") {
		t.Errorf("%d bytes, said %s", len(body), head.Header.Get("Content-Length"))
	}
}

func TestWarmingChangesNothingAndEnds(t *testing.T) {
	s := site(t, pages(), locales())
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	s.Warm(ended)
	s.Warm(t.Context())
	r := run(t, func(c *web.Config) { c.Site = s })
	_, body := ask(t, r.addr, "GET", "/css/base.css", "Accept-Encoding: br\r\n", "")
	if unpack(t, "br", body) != string(pages()["css/base.css"].Data) {
		t.Error("the body changed")
	}
}

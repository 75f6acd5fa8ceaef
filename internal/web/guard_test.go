package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// evil is a request that must never be answered, because it only ever stands
// in, or behind, the body of another.
const evil = "GET /healthz HTTP/1.1\r\nHost: evil\r\n\r\n"

func evils(size int) string { return strings.Repeat(evil, size/len(evil)+1) }

func head(method, path string, fields ...string) string {
	return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + strings.Join(append(fields, "\r\n"), "\r\n")
}

func withLength(method, path, body string, fields ...string) string {
	return head(method, path, append(fields, fmt.Sprintf("Content-Length: %d", len(body)))...) + body
}

func inChunks(method, path string, chunks ...string) string {
	out := head(method, path, "Transfer-Encoding: chunked", "Content-Type: application/json")
	for _, chunk := range chunks {
		out += fmt.Sprintf("%x\r\n%s\r\n", len(chunk), chunk)
	}
	return out
}

const (
	small  = 10 << 10
	medium = 60 << 10
	large  = 400 << 10 // more than net/http drains by itself
	json   = "Content-Type: application/json"
	v1     = "/api/folje/v1/"
)

func TestTheRestOfABodyIsNeverTheNextRequest(t *testing.T) {
	r := run(t, nil)
	for name, c := range map[string]struct {
		request string
		status  int
	}{
		"unread small body":         {withLength("POST", v1+"deaf", evils(small)), 200},
		"unread body at the limit":  {withLength("POST", v1+"deaf", evils(medium)), 200},
		"handler writes nothing":    {withLength("POST", v1+"silent", evils(small)), 200},
		"body read in part":         {withLength("POST", v1+"sip", evils(small)), 200},
		"broken JSON before more":   {withLength("POST", v1+"bind", "{]"+evils(small), json), 400},
		"whole JSON before more":    {withLength("POST", v1+"bind", "{}"+evils(small), json), 200},
		"length over the limit":     {withLength("POST", v1+"deaf", evils(large)), 413},
		"unread chunks":             {inChunks("POST", v1+"deaf", evils(small), evils(small)) + "0\r\n\r\n", 200},
		"unread endless chunk":      {head("POST", v1+"deaf", "Transfer-Encoding: chunked") + "7fffffff\r\n" + evils(large), 200},
		"broken chunks":             {inChunks("POST", v1+"bind", "{") + "nonsense\r\n", 400},
		"chunks over the limit":     {inChunks("POST", v1+"bind", `{"a":"`+strings.Repeat("a", large), `"}`) + "0\r\n\r\n", 413},
		"body nobody waits for":     {withLength("POST", v1+"deaf", evils(small), "Expect: 100-continue"), 200},
		"body of an unknown path":   {withLength("POST", v1+"nothing", evils(small)), 404},
		"body of a refused path":    {withLength("POST", "/api/settings", evils(small)), 404},
		"body of a wrong method":    {withLength("PUT", v1+"deaf", evils(small)), 405},
		"body for a file":           {withLength("POST", "/js/app.js", evils(small)), 405},
		"GET with a body":           {withLength("GET", "/js/app.js", evils(small)), 200},
		"GET of health with a body": {withLength("GET", "/healthz", evils(small)), 200},
		"bad path with a body":      {withLength("POST", "/a%00b", evils(small)), 400},
		"record API":                {withLength("POST", "/api/collections/letters/records", evils(small)), 404},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onlyAnswer(t, dial(t, r.addr).talk(c.request+evil+evil), c.status)
		})
	}
}

// A client that never sends what it announced doesn't keep its connection.
func TestAnUnreadBodyThatNeverComesClosesToo(t *testing.T) {
	t.Parallel()
	r := run(t, nil)
	onlyAnswer(t, dial(t, r.addr).talk(head("POST", v1+"deaf", "Content-Length: 50000")+"few"), 200)
}

func TestTheAdministratorsListenerIsGuardedToo(t *testing.T) {
	r := run(t, nil)
	for _, size := range []int{small, large} {
		onlyAnswer(t, dial(t, r.admin).talk(withLength("POST", v1+"deaf", evils(size))+evil), 200)
	}
}

// onlyAnswer fails unless raw, all that came over a connection, is one answer
// that says that the connection ends with it.
func onlyAnswer(t *testing.T, raw string, status int) {
	t.Helper()
	got := answers(t, raw, "POST")
	if len(got) != 1 {
		t.Fatalf("%d answers, want one: %.300q", len(got), raw)
	}
	if got[0].StatusCode != status || !got[0].Close {
		t.Errorf("%d, close %v; want %d with close", got[0].StatusCode, got[0].Close, status)
	}
}

func TestAConnectionLivesOnAfterABodyReadToItsEnd(t *testing.T) {
	r := run(t, nil)
	for name, request := range map[string]string{
		"length":    withLength("POST", v1+"bind", `{"a":1}`, json),
		"chunks":    inChunks("POST", v1+"bind", `{"a"`, `:1}`) + "0\r\n\r\n",
		"no body":   head("GET", "/healthz"),
		"empty":     withLength("POST", v1+"deaf", ""),
		"not found": head("GET", v1+"nothing"),
	} {
		t.Run(name, func(t *testing.T) {
			l := dial(t, r.addr)
			read := bufio.NewReader(l)
			for range 3 {
				if _, err := io.WriteString(l, request); err != nil {
					t.Fatal(err)
				}
				res, err := http.ReadResponse(read, nil)
				if err != nil {
					t.Fatal(err)
				}
				if _, err = io.Copy(io.Discard, res.Body); err != nil || res.Close {
					t.Fatalf("close %v, %v", res.Close, err)
				}
			}
		})
	}
}

func TestHEADEnds(t *testing.T) {
	r := run(t, nil)
	superuser := "Authorization: " + superuserToken(t, r.app) + "\r\n"
	for path, status := range map[string]int{
		"/": 200, "/js/app.js": 200, "/nothing.js": 404, "/healthz": 200, "/readyz": 200,
		v1 + "who": 200, v1 + "endless": 200, v1 + "panic": 500, v1 + "deaf": 405, "/api/realtime": 404,
	} {
		if res, body := ask(t, r.addr, "HEAD", path, "", ""); res.StatusCode != status || body != "" {
			t.Errorf("public %s: %d %q, want %d", path, res.StatusCode, body, status)
		}
	}
	for path, status := range map[string]int{
		"/": 302, "/_/": 200, "/api/realtime": 200, "/api/health": 200, "/api/settings": 200,
		"/api/logs": 200, "/api/collections": 200, v1 + "endless": 200, "/nothing": 404,
	} {
		if res, body := ask(t, r.admin, "HEAD", path, superuser, ""); res.StatusCode != status || body != "" {
			t.Errorf("administrators %s: %d %q, want %d", path, res.StatusCode, body, status)
		}
	}
}

func TestAPanicIsOneShortAnswer(t *testing.T) {
	r := run(t, nil)
	res, body := ask(t, r.addr, "GET", v1+"panic", "Accept-Language: ar\r\n", "")
	if res.StatusCode != 500 || strings.Contains(body, "Fatima") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

func TestABodyOverTheLimitIsToldInTheCallersLanguage(t *testing.T) {
	r := run(t, nil)
	const want = `{"code":"error.too_large","message":"ar:error.too_large"}`
	arabic := "Accept-Language: ar"
	big := `{"a":"` + strings.Repeat("a", large) + `"}`
	for name, request := range map[string]string{
		"length":       withLength("POST", v1+"bind", big, arabic, json),
		"chunks":       strings.Replace(inChunks("POST", v1+"bind", big)+"0\r\n\r\n", "\r\n", "\r\n"+arabic+"\r\n", 1),
		"only claimed": head("POST", v1+"bind", "Content-Length: 99999999", arabic),
		"record API":   head("POST", "/api/collections/letters/records", "Content-Length: 1048577", arabic),
	} {
		t.Run(name, func(t *testing.T) {
			got := answers(t, dial(t, r.addr).talk(request), "POST")
			body, _ := io.ReadAll(got[0].Body)
			if got[0].StatusCode != 413 || string(body) != want {
				t.Errorf("%d %s", got[0].StatusCode, body)
			}
		})
	}
}

func TestTheRecordAPITakesMoreThanThePhones(t *testing.T) {
	r := run(t, nil)
	body := `{"a":"` + strings.Repeat("a", large) + `"}`
	res, got := ask(t, r.addr, "POST", "/api/collections/letters/records", json+"\r\n", body)
	if res.StatusCode != 404 { // there is no such collection here, and PocketBase says so
		t.Errorf("%d %s", res.StatusCode, got)
	}
}

func superuserToken(t *testing.T, app core.App) string {
	t.Helper()
	superusers, err := app.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	record := core.NewRecord(superusers)
	record.SetEmail("root@folje.example")
	record.SetPassword("1234567890")
	if err := app.Save(record); err != nil {
		t.Fatal(err)
	}
	token, err := record.NewAuthToken()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Requests that no client of ours makes are the caller's mistake, every one.
// (Two answers are net/http's own, before any handler, and HTTP's standard asks
// for them: 505 to a version it doesn't speak, 501 to a transfer coding it
// doesn't know. Both hang up.)
func TestMalformedRequestsAreNever5xx(t *testing.T) {
	r := run(t, nil)
	makeStaff(t, r.app)
	for _, request := range slices.Concat(badPaths(), badQueries(), badBodies(), badForms(), badHeaders()) {
		for _, res := range answers(t, dial(t, r.addr).talk(closing(request)), "POST") {
			if res.StatusCode >= 500 {
				t.Errorf("%d for %.120q", res.StatusCode, request)
			}
		}
	}
}

const (
	records = "/api/collections/staff/records"
	signIn  = "/api/collections/staff/auth-with-password"
)

// closing asks the server to hang up after the answer.
func closing(request string) string {
	return strings.Replace(request, "Host: localhost\r\n", "Host: localhost\r\nConnection: close\r\n", 1)
}

func badPaths() (requests []string) {
	for _, path := range []string{
		"/%", "/%zz", "/%00", "/a%00b", "/a%0d%0ab", "/\\..\\api", "/%ff%fe", "*", "letters", "", "//", "/..", "/%2e%2e/",
		"/" + strings.Repeat("a", 9000), "/" + strings.Repeat("a/", 4000), "http://", "http://a b/", records + "/%00",
		v1 + "who?a=%zz", v1 + "who?;", v1 + "who?fields=x:excerpt(", records + "?%zz", "/healthz?%zz", "/?" + strings.Repeat("a=b&", 4000),
	} {
		requests = append(requests, head("GET", path), head("POST", path, "Content-Length: 0"))
	}
	return requests
}

func badQueries() (requests []string) {
	for _, query := range []string{
		"page=-1", "page=99999999999999999999", "page=x", "perPage=99999999999999999999", "skipTotal=x",
		"filter=(((", "filter=%00", "filter=email='%00'", "filter=%ff", "filter=1e400=1", "filter=" + strings.Repeat("(", 4000),
		"filter=" + url.QueryEscape(strings.Repeat("id='a'||", 500)+"id='b'"), "filter=id.id.id.id=1", "filter=geoDistance('a')<1",
		"filter=@now>@x", "filter=@collection.staff.id='x'", "sort=%00", "sort=nothing", "sort=" + strings.Repeat("-id,", 2000),
		"expand=%00", "expand=" + strings.Repeat("a.", 3000), "fields=%00", "fields=:excerpt(1,2,3)",
	} {
		requests = append(requests, head("GET", records+"?"+query))
	}
	return requests
}

func badBodies() (requests []string) {
	for _, body := range []string{
		"", "{", "null", "[]", "1", `"x"`, "\x00\x01", `{"name":"\u0000"}`, `{"name":{}}`, `{"name":1e400}`, `{"id":"\u0000"}`, `{"id":{}}`,
		`{"name":"\ud800"}`, "{\"name\":\"\xff\xfe\"}", strings.Repeat("[", 50000), strings.Repeat(`{"a":`, 12000), `{"name":null}{`,
		`{"password":[1]}`, `{"email":{"a":1}}`, `{"identity":"\u0000","password":"\u0000"}`, `{"identity":1}`,
		`{"identity":"a","password":"b","identityField":"id"}`,
	} {
		for _, path := range []string{records, signIn, v1 + "bind"} {
			requests = append(requests, withLength("POST", path, body, json))
		}
		requests = append(requests, withLength("PATCH", records+"/"+staffID, body, json))
	}
	return requests
}

func badForms() (requests []string) {
	for _, kind := range []string{
		"multipart/form-data", "multipart/form-data; boundary=a", "application/x-www-form-urlencoded", "text/xml", "nonsense/", "",
		"application/json; charset=x",
	} {
		for _, body := range []string{
			"x", "%zz", "<a", "--a\r\nx", "--a\r\nContent-Disposition: form-data; name=\"@jsonPayload\"\r\n\r\n{\r\n--a--\r\n",
		} {
			requests = append(requests, withLength("POST", records, body, "Content-Type: "+kind), withLength("POST", v1+"bind", body, "Content-Type: "+kind))
		}
	}
	return requests
}

func badHeaders() []string {
	return []string{
		"\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "\x00\x00\x00\x00\r\n\r\n",
		head("POST", v1+"bind", "Content-Length: -1"), head("POST", v1+"bind", "Content-Length: 99999999999999999999"),
		head("POST", v1+"bind", "Content-Length: 1", "Content-Length: 2"), head("CONNECT", "a:1"), head("OPTIONS", "*"),
		head("GET", "/", "Expect: x"), head("GET", "/", "A\x00: b"), head("GET", "/", "X: "+strings.Repeat("a", 64<<10)),
		head("GET", "/", "Accept-Language: "+strings.Repeat("sv,", 3000)), head("GET", "/", "Accept-Encoding: ;;q=,,"),
		head("GET", "/", "If-None-Match: "+strings.Repeat(`"a",`, 3000)),
	}
}

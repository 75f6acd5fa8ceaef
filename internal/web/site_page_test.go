package web_test

import (
	"strings"
	"testing"
)

func TestStaffsPagesAskForStaffsModulesAtOnce(t *testing.T) {
	r := serveSite(t)
	const staff = `<link rel="modulepreload" href="/js/staff/index.js">`
	for path, want := range map[string]int{
		"/": 0, "/letters": 0, "/staffing": 0, "/staff": 1, "/staff/letters/x": 1, "/translate": 0,
	} {
		res, body := ask(t, r.addr, "GET", path, "Sec-Fetch-Mode: navigate\r\n", "")
		if got := strings.Count(body, staff); res.StatusCode != 200 || got != want {
			t.Errorf("%s: %d, %d links, want %d", path, res.StatusCode, got, want)
		}
		if got := strings.Count(body, `<link rel="preload" as="style" href="/css/staff.css">`); got != want {
			t.Errorf("%s: staff's styles are asked for %d times", path, got)
		}
		if n := strings.Count(body, `"modulepreload" href="/js/lib/b.js"`); n != 1 {
			t.Errorf("%s asks for a shared module %d times", path, n)
		}
	}
}

package rules_test

import (
	"net/http"
	"strings"
	"testing"
)

// may is what a role may ever be shown, as the table writes it. Nothing else
// may stand in an answer to it, but what is its own, the municipality's public
// setting, the school words and the guide, the app's own messages once they are finished, and
// what the request itself gives a right to (row.opens).
var may = map[string]string{
	guest: "", revoked: "", gone: "", superuser: "",
	phone:       "A:ugmptvVJ *:p",
	editor:      "A:uUgfmMplPwrtTvVJeciIAkWRF *:p -:QSZ",
	translator:  "A:uUgnMplPwtTvVJecRF *:p -:TQSZ", // n: who has taken a text
	coordinator: "A:uUg -:QSZ", steget: "A:uUg -:QSEZ", demoted: "A:uUg -:QSZ",
	stranger: "B:uUgfnmMplPwrtTvVJeciIAkWRF *:p -:TQSZ",
	onTablet: "A:uUgfmMplPwrtTvJAkWRF *:p -:QZ",
	admin:    "A:uUgnNmMplPwrtTvVJeciIAkWRHF+ B:uUgnNmMplPwrtTvVJeciIAkWRHF+ *:p -:xnNTQSEZ", // H: the month's words
}

// invariants hold whatever the table says.
func invariants(t *testing.T, r result) {
	t.Helper()
	someone := false
	faults := map[string][]string{} // what is wrong → for whom
	for _, who := range roles {
		c := r.cells[who.name]
		someone = someone || c.through()
		for _, fault := range r.faults(who, c) {
			faults[fault] = append(faults[fault], who.name+" ("+c.show(who.name)+")")
		}
	}
	for fault, who := range faults {
		t.Errorf("%s, %s: %s: %s", r.section, r.name, fault, strings.Join(who, ", "))
	}
	if someone == (r.nobody != "") {
		t.Errorf("%s, %s: somebody gets through: %t; the row says %q about that", r.section, r.name, someone, r.nobody)
	}
}

// faults lists what is wrong with one role's cell.
func (r result) faults(who role, c cell) (faults []string) {
	add := func(wrong bool, fault string) {
		if wrong {
			faults = append(faults, fault)
		}
	}
	guests := r.cells[guest].show(guest)
	add(c.status >= 500, "the server failed")
	add(c.status >= 400 && c.changed, "a refused request changed the database")
	add(r.method == http.MethodGet && c.changed, "a request to read changed the database")
	hidden := (c.status == http.StatusNotFound || c.status == http.StatusForbidden) && len(c.found) == 0
	add(r.inside && !who.admin && !hidden, "the public listener gives what is the administrators'")
	add(exceeds(who.name, r, c) != "", "the answer shows what the role may never see:"+exceeds(who.name, r, c))
	add(self(who.name) == onTablet && r.beyond(c, who.admin), "a shared tablet gives more than its unit's editor gets, or what is closed to it")
	add((who.name == gone || who.name == superuser) && c.show(who.name) != guests, "is answered otherwise than a guest")
	return faults
}

// exceeds writes what of a cell the role may not see.
func exceeds(who string, r result, c cell) string {
	if who == superuserIn { // sees everything, by PocketBase's design
		return ""
	}
	var too []canary
	for _, one := range c.found {
		allowed := one.kind == kTown || one.kind == kWord || one.kind == kGuide || one.kind == kTheme || one.kind == kMessage || one.owner == self(who) || within(may[self(who)], one) || within(r.opens, one)
		if !allowed || one.kind == kSecret {
			too = append(too, one)
		}
	}
	return shown(too, who)
}

// within reports whether a list such as "A:ug *:p" has the canary's kind.
func within(list string, one canary) bool {
	for part := range strings.FieldsSeq(list) {
		unit, kinds, _ := strings.Cut(part, ":")
		if unit == string(one.unit) && strings.ContainsRune(kinds, rune(one.kind)) {
			return true
		}
	}
	return false
}

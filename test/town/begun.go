package town

import (
	"path/filepath"
	"regexp"

	"folje/test/browser"
	"folje/test/demo"
)

// Begun is a municipality that has just been set up by `folje init`: one unit
// without groups, and its administrator. Nothing of the demonstration is in it.
func (s *Workshop) Begun(r browser.Reporter, municipality, unit string) *Town {
	r.Helper()
	browser.Require(r)
	w := &Town{r: r, shop: s}
	w.must(s.prepare())
	var err error
	w.Server, err = s.template.Empty(filepath.Join(r.TempDir(), "data"), "--demo=false")
	w.must(err)
	said, err := w.Server.Run(r.Context(), "init", "--municipality", municipality, "--unit", unit, "--name", "Eva Ek", "--email", "eva.ek@bjorkhult.example")
	w.must(err)
	w.began(said)
	w.Start()
	r.Cleanup(w.end)
	return w
}

// Elsewhere is a municipality that a program has begun which others start and
// stop, serving at an origin; said is what its init printed.
func (s *Workshop) Elsewhere(r browser.Reporter, origin, said string) *Town {
	r.Helper()
	browser.Require(r)
	w := &Town{r: r, shop: s, Server: &demo.Server{Origin: origin}}
	w.must(s.read())
	w.began(said)
	return w
}

// began knows the administrator by what init said.
func (w *Town) began(said string) {
	w.r.Helper()
	found := signInLines.FindStringSubmatch(said)
	if found == nil {
		w.r.Fatalf("init says no password:\n%s", said)
	}
	w.Ways = &demo.Manifest{URL: w.Server.Origin, Staff: []demo.Staff{{Email: found[1], Password: found[2], Roles: []string{"admin"}}}}
}

// signInLines are those on which init prints the address and the password.
var signInLines = regexp.MustCompile(`(?m)^  (\S+@\S+)\n  ([a-z2-7]{20})$`)

package rules_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"folje/internal/apptest"

	"github.com/pocketbase/pocketbase/core"
)

var update = flag.Bool("update", false, "write matrix.golden anew")

// cell is one role's answer to a row. Verdict is that of an operation, "" where
// none was sent. Changed says that the database was written.
type cell struct {
	status  int
	verdict string
	found   []canary
	changed bool
}

func (c cell) show(role string) string {
	out := fmt.Sprint(c.status)
	if c.verdict != "" {
		out += " " + c.verdict
	}
	return out + shown(c.found, role)
}

// through reports whether the role got what it asked for.
func (c cell) through() bool { return c.status < 400 && c.verdict != "rejected" }

// result is a row with its cells, by role.
type result struct {
	row
	cells map[string]cell
}

// shown is the role's cell as the table has it.
func (r result) shown(role string) string {
	c := r.cells[role]
	if r.some && c.through() {
		return fmt.Sprint(c.status, " some")
	}
	return c.show(role)
}

func TestMatrix(t *testing.T) {
	w := newWorld(t)
	rows := w.rows(t)
	results := w.run(t, rows)
	if t.Failed() {
		return
	}
	compare(t, table(results))
	for _, r := range results {
		invariants(t, r)
	}
}

// rows are all there are to ask, with a complaint about each collection and
// route that none of them is about.
func (w *world) rows(t *testing.T) []row {
	s, err := w.serve(tinySite())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	all, err := s.schema()
	if err != nil {
		t.Fatal(err)
	}
	rows, missing := all.collectionRows(w.fixtures())
	for _, complaint := range missing {
		t.Error(complaint)
	}
	for _, c := range all {
		if c.IsAuth() && c.Name == "staff" {
			rows = append(rows, w.authRows(c.Name, signingIn)...)
		} else if c.IsAuth() {
			rows = append(rows, w.authRows(c.Name, superSigning)...)
		}
	}
	rows = append(rows, w.ownRows()...)
	rows = append(rows, w.pocketbaseRows()...)
	rows = append(rows, siteRows()...)
	for _, complaint := range uncovered(s.routes, rows) {
		t.Error(complaint)
	}
	return rows
}

// uncovered complains of every route of the router that no row is about, and
// of every row about a route that is none.
func uncovered(routes []string, rows []row) (complaints []string) {
	asked := map[string]bool{}
	for _, r := range rows {
		asked[r.route] = true
	}
	for _, route := range routes {
		if !asked[route] {
			complaints = append(complaints, "the route "+route+" has no row in the authorization matrix: add rows to "+
				"row_own_test.go (for one of PocketBase's, row_pocketbase_test.go), run with -update and read their cells")
		}
		delete(asked, route)
	}
	delete(asked, "") // files have no route
	for route := range asked {
		complaints = append(complaints, "the matrix has rows for "+route+", which is not a route (any more): remove them")
	}
	return complaints
}

func TestWhatHasNoRowIsTold(t *testing.T) {
	rows := []row{{route: "GET /a"}, {route: "GET /old"}, {}}
	if got := uncovered([]string{"GET /a", "POST /new"}, rows); len(got) != 2 ||
		!strings.Contains(got[0], "POST /new has no row") || !strings.Contains(got[1], "GET /old, which is not a route") {
		t.Errorf("routes: %q", got)
	}
	fresh := core.NewBaseCollection("fresh")
	if rows, got := (schema{fresh}).collectionRows(nil); len(rows) != 0 || len(got) != 1 || !strings.Contains(got[0], "fresh has no row") {
		t.Errorf("collections: %q, %d rows", got, len(rows))
	}
}

// run asks every row as every role, on two servers at a time.
func (w *world) run(t *testing.T, rows []row) []result {
	results := make([]result, len(rows))
	next := make(chan int)
	var failed sync.Map
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			d := desk{world: w, site: os.DirFS(filepath.Join(apptest.Root(), "public"))}
			defer d.closing.Wait()
			defer d.retire()
			for i := range next {
				r, err := d.fill(rows[i])
				if err != nil {
					failed.Store(i, err)
				}
				results[i] = r
			}
		})
	}
	for i := range rows {
		next <- i
	}
	close(next)
	workers.Wait()
	failed.Range(func(i, err any) bool {
		t.Errorf("%s %s: %v", rows[i.(int)].section, rows[i.(int)].name, err)
		return true
	})
	return results
}

// desk is where rows are asked: it has a server, and takes a new one when an
// answer changed the world. Only rows about files get the real web app.
type desk struct {
	*world
	*server
	site    fs.FS
	files   bool // what the server has
	closing sync.WaitGroup
}

func (d *desk) fill(r row) (result, error) {
	out := result{r, map[string]cell{}}
	for _, who := range roles {
		c, err := d.one(who, r)
		if err != nil {
			return out, fmt.Errorf("as %s: %w", who.name, err)
		}
		out.cells[who.name] = c
	}
	return out, nil
}

func (d *desk) one(who role, r row) (c cell, err error) {
	if err := d.open(r.section == files); err != nil {
		return c, err
	}
	before, err := d.version()
	if err != nil {
		return c, err
	}
	a, err := d.send(who, r.request)
	if err != nil {
		return c, err
	}
	after, err := d.version()
	c = cell{a.status, verdictIn(a.text), d.world.in(a.text), before != after}
	if c.changed || r.spoils && a.status < 400 {
		d.retire()
	}
	return c, err
}

func (d *desk) open(files bool) (err error) {
	if d.server != nil && d.files == files {
		return nil
	}
	d.retire()
	site := tinySite()
	if files {
		site = d.site
	}
	d.server, err = d.world.serve(site)
	d.files = files
	return err
}

// retire lets the server go. It closes by itself: a connection with the rest
// of a body on it takes half a second to end.
func (d *desk) retire() {
	if d.server != nil {
		d.closing.Go(d.server.close)
		d.server = nil
	}
}

// golden is the reviewed table.
const golden = "matrix.golden"

func compare(t *testing.T, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	raw, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	differences := diff(string(raw), got)
	for _, d := range differences[:min(len(differences), 60)] {
		t.Error(d)
	}
	if got != string(raw) {
		t.Errorf("the matrix has changed, in %d cells; if that is meant, run go test ./test/rules -update and review every line",
			len(differences))
	}
}

var verdictField = regexp.MustCompile(`"verdicts":\[\{"op":"[^"]*","verdict":"([a-z]+)"`)

// verdictIn is the first operation's verdict, "" where the answer has none.
func verdictIn(text string) string {
	if m := verdictField.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

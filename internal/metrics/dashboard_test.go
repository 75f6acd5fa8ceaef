package metrics

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the module's folder, seen from here.
const root = "../.."

// exported are the names that this package gives, by their constants'.
func exported(t *testing.T) map[string]Name {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "catalogue.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]Name{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && len(spec.Values) == 1 {
			if text, ok := spec.Values[0].(*ast.BasicLit); ok && text.Kind == token.STRING {
				value, err := strconv.Unquote(text.Value)
				if err != nil {
					t.Fatal(err)
				}
				names[spec.Names[0].Name] = Name(value)
			}
		}
		return true
	})
	return names
}

func TestEveryMetricIsDescribedAndToldBySomebody(t *testing.T) {
	names := exported(t)
	if len(names) < 20 {
		t.Fatalf("found %d metrics", len(names))
	}
	told := tellers(t)
	for constant, name := range names {
		e, known := lookUp(name)
		if !known || e.help == "" || e.kind == histogram && len(e.buckets) == 0 || (e.kind == counter) != strings.HasSuffix(string(name), "_total") {
			t.Errorf("%s: %+v", name, e)
		}
		if !told[constant] {
			t.Errorf("%s (%s) is told by nobody", name, constant)
		}
	}
}

// tellers are the constants that other packages use, and those that every set
// tells by itself.
func tellers(t *testing.T) map[string]bool {
	t.Helper()
	told := map[string]bool{"Build": true, "Ready": true, "Failing": true, "Requests": true}
	use := regexp.MustCompile(`\bmetrics\.([A-Z]\w+)`)
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, found := range use.FindAllSubmatch(text, -1) {
			told[string(found[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// dashboard is what of Grafana's file is looked at.
type dashboard struct {
	Title       string
	Templating  struct{ List []struct{ Name string } }
	Annotations struct{ List []struct{ Expr string } }
	Panels      []struct {
		ID          int
		Type, Title string
		Targets     []struct{ Expr string }
		GridPos     struct{ X, Y, W, H int }
	}
}

func TestTheDashboardAsksForWhatThereIs(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root, "docs", "grafana", "folje.json"))
	if err != nil {
		t.Fatal(err)
	}
	var d dashboard
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	ids, asked := map[int]bool{}, map[Name]bool{}
	for _, p := range d.Panels {
		if ids[p.ID] || p.Title == "" || p.GridPos.X+p.GridPos.W > 24 || p.GridPos.W == 0 || p.Type != "row" && len(p.Targets) == 0 {
			t.Errorf("panel %d %q is not whole", p.ID, p.Title)
		}
		ids[p.ID] = true
		for _, target := range p.Targets {
			checkQuery(t, target.Expr, asked)
		}
	}
	for _, a := range d.Annotations.List {
		checkQuery(t, a.Expr, asked)
	}
	for _, name := range exported(t) {
		if !asked[name] && !slices.Contains([]Name{Build, NatsdStreams}, name) {
			t.Errorf("no panel shows %s", name)
		}
	}
}

var (
	named    = regexp.MustCompile(`\b(folje|go|process)_[a-z_]+`)
	selector = regexp.MustCompile(`\{[^}]*\}`)
	by       = regexp.MustCompile(`by \(([^)]*)\)`)
	matched  = regexp.MustCompile(`(\w+)(?:=~|!~|!=|=)"`)
)

// checkQuery looks that the metrics of a query are exported, with its labels.
func checkQuery(t *testing.T, query string, asked map[Name]bool) {
	t.Helper()
	found := named.FindAllString(query, -1)
	if len(found) == 0 || strings.Count(query, "(") != strings.Count(query, ")") || strings.Count(query, "{") != len(selector.FindAllString(query, -1)) {
		t.Errorf("%s is no query", query)
	}
	labels := []string{"instance", "le"} // Prometheus's own, and a histogram's
	for _, text := range found {
		if !strings.HasPrefix(text, "folje_") {
			checkProcess(t, text)
			continue
		}
		name := Name(text)
		for _, part := range []string{"_bucket", "_sum", "_count"} {
			if whole, cut := strings.CutSuffix(text, part); cut {
				if e, ok := lookUp(Name(whole)); ok && e.kind == histogram {
					name = Name(whole)
				}
			}
		}
		e, known := lookUp(name)
		if !known || e.kind == histogram && name == Name(text) || e.kind == counter && !strings.Contains(query, "rate(") {
			t.Errorf("%s: %s is not exported so", query, text)
		}
		asked[name] = true
		labels = append(labels, e.labels...)
	}
	var used []string
	for _, m := range by.FindAllStringSubmatch(query, -1) {
		used = append(used, strings.Split(m[1], ", ")...)
	}
	for _, m := range matched.FindAllStringSubmatch(query, -1) {
		used = append(used, m[1])
	}
	for _, label := range used {
		if !slices.Contains(labels, label) {
			t.Errorf("%s: nothing there has the label %s", query, label)
		}
	}
}

// checkProcess looks that a figure of the process is among those of a set.
func checkProcess(t *testing.T, name string) {
	t.Helper()
	families, err := New("edge", "").registry().Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == name {
			return
		}
	}
	t.Errorf("%s is not exported", name)
}

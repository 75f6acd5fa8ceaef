package app_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"folje/internal/apptest"
)

// layers say which way imports point: a package may import packages of lower
// layers only, so features can't import each other.
var layers = map[string]int{
	"folje":                       7,
	"folje/internal/command":      6,
	"folje/internal/app":          5,
	"folje/internal/demo":         5, // puts a pack into the features
	"folje/internal/exchange":     5, // takes packs over, and gives them away
	"folje/internal/activity":     4,
	"folje/internal/attachment":   4,
	"folje/internal/calendar":     4,
	"folje/internal/colleague":    4,
	"folje/internal/glossary":     4,
	"folje/internal/guide":        4,
	"folje/internal/letter":       4,
	"folje/internal/machine":      4,
	"folje/internal/meeting":      4,
	"folje/internal/message":      4,
	"folje/internal/municipality": 4,
	"folje/internal/phrase":       4,
	"folje/internal/policy":       4,
	"folje/internal/recording":    4,
	"folje/internal/theme":        4,
	"folje/internal/wish":         4,
	"folje/internal/translation":  3, // tells sync which texts changed
	"folje/internal/operation":    2,
	"folje/internal/outbox":       2,
	"folje/internal/push":         1,
	"folje/internal/access":       1,
	"folje/internal/backup":       2,
	"folje/internal/pack":         1,
	"folje/internal/sync":         1,
	"folje/internal/web":          1,
	"folje/internal/apptest":      1,
	"folje/internal/erasure":      1,
	"folje/internal/allowance":    0,
	"folje/internal/audit":        0,
	"folje/internal/database":     0,
	"folje/internal/folder":       -1,
	"folje/internal/locale":       0,
	"folje/internal/post":         0,
	"folje/internal/problem":      0,
	"folje/internal/text":         0,
	"folje/internal/cell":         -1,
	"folje/internal/colour":       -1,
	"folje/internal/wording":      -1,
	"folje/internal/pattern":      -2, // nothing of ours below it
	"folje/internal/zone":         -1,

	"folje/packs":         0,
	"folje/pb_migrations": 0,

	"folje/internal/ticket":              0, // what phones show to edges
	"folje/internal/announce":            2, // what NATS must hear
	"folje/internal/cluster":             0,
	"folje/internal/lease":               1,
	"folje/internal/replica":             1,
	"folje/internal/node":                5, // lease, replica and data folder together
	"folje/internal/cluster/clustertest": 1,
	"folje/internal/shard":               3, // brings deliveries to workers

	"folje/internal/edge":  5,
	"folje/internal/natsd": 1, // the servers that a cluster needs

	"folje/internal/early":   -3, // before everything else
	"folje/internal/listen":  -2,
	"folje/internal/metrics": -1, // what a role tells those who run it

	"folje/internal/confidential": 4,

	"folje/internal/question": 4,
	"folje/internal/tablet":   4,
}

// elsewhere are folders whose code may import anything: nobody imports it.
var elsewhere = []string{"test", "tools", "node_modules", ".git", ".ci"}

func TestImportsPointOneWay(t *testing.T) {
	root := apptest.Root()
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains(elsewhere, d.Name()) {
			return fs.SkipDir
		}
		if strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") {
			checkImports(t, root, file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkImports(t *testing.T, root, file string) {
	t.Helper()
	dir, err := filepath.Rel(root, filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	path := strings.TrimSuffix("folje/"+filepath.ToSlash(dir), "/.")
	layer, known := layers[path]
	if !known {
		t.Errorf("%s is in no layer: add it to the table in this test", path)
		return
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !strings.HasPrefix(imported, "folje/") {
			continue
		}
		if other, ok := layers[imported]; !ok || other >= layer {
			t.Errorf("%s (layer %d) imports %s (layer %d)", path, layer, imported, other)
		}
	}
}

package pattern_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"folje/internal/pattern"
)

// A wrong expression would be found only by who first uses it.
func TestEveryPatternCompiles(t *testing.T) {
	found := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isOf(call.Fun) {
				return true
			}
			found++
			expression, ok := literal(call.Args[0])
			if !ok {
				t.Errorf("%s: the expression is not written out", path)
			} else if _, err := regexp.Compile(expression); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			return true
		})
		return nil
	})
	if err != nil || found < 20 {
		t.Fatalf("%d patterns, %v", found, err)
	}
}

func isOf(fun ast.Expr) bool {
	selector, ok := fun.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "Of" {
		return false
	}
	from, ok := selector.X.(*ast.Ident)
	return ok && from.Name == "pattern"
}

func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, also := literal(e.Y)
		return left + right, ok && also && e.Op == token.ADD
	}
	return "", false
}

func TestAPatternIsTheExpression(t *testing.T) {
	p := pattern.Of(`a(b+)`)
	if p.MatchString("b") || !p.Match([]byte("xab")) || p.FindString("xabbx") != "abb" || p.FindStringSubmatch("abb")[1] != "bb" ||
		p.ReplaceAllString("abb", "$1") != "bb" || len(p.FindAllString("ab ab", -1)) != 2 {
		t.Error("it finds something else")
	}
	defer func() {
		if recover() == nil {
			t.Error("a wrong expression found something")
		}
	}()
	pattern.Of(`(`).MatchString("")
}

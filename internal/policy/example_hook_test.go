package policy_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/dop251/goja_nodejs/require"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"folje/internal/locale"
	"folje/internal/policy"
)

// The hook that comes with the program. A municipality may delete it, and these
// tests with it are then skipped.
func exampleHooks(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("../../pb_hooks")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "personal_numbers.pb.js")); errors.Is(err, fs.ErrNotExist) {
		t.Skip("pb_hooks/personal_numbers.pb.js was deleted")
	}
	return dir
}

// The numbers are invented: birth numbers 980 to 999 are given to nobody, and
// 121212-1212 and 701063-2391 are the authorities' own examples.
func TestPersonalNumberIsFound(t *testing.T) {
	cases := map[string]bool{
		"190503-9804":                          true,
		"20190503-9804":                        true,
		"201905039804":                         true,
		"1905039804":                           true,
		"190503 9804":                          true,
		"20190503 - 9804":                      true,
		"121212+1212":                          true,
		"19121212-1212":                        true,
		"20070123-9808":                        true,
		"070123-9808":                          true,
		"701063-2391":                          true, // a coordination number
		"20190563-9835":                        true,
		"Ella (190503-9804) fyller år.":        true,
		"pnr:190503-9804.":                     true,
		"Ring 070-123 45 67 eller 190503-9804": true,
		"190503–9804":                          true, // en dash
		"190503\u2011\u20609804":               true, // no-break hyphen, word joiner
		"1905\u200b03\u00ad-9804":              true,
		"190503\u00a09804":                     true,
		"１９０５０３-９８０４":                          true, // full width
		"":                                     false,
		"Vi ses kl. 9.30 den 12 november.":     false,
		"190503-9805":                          false, // check digit
		"191303-9804":                          false, // month
		"190532-9804":                          false, // day
		"0701239808":                           false, // a telephone number
		"070-123 98 08":                        false,
		"0586-123456":                          false,
		"1190503-98041":                        false,
		"556036-0793":                          false, // a company's number
		"2026-11-12 17.30":                     false,
		"Bankgiro 5050-1055, OCR 1234567890":   false,
		"https://example.se/190503":            false,
	}
	vm := goja.New()
	new(require.Registry).Enable(vm)
	if err := vm.Set("path", filepath.Join(exampleHooks(t), "lib", "personal_number.js")); err != nil {
		t.Fatal(err)
	}
	contains, ok := goja.AssertFunction(must(t, vm, "require(path).contains"))
	if !ok {
		t.Fatal("the module exports no contains")
	}
	for text, want := range cases {
		got, err := contains(goja.Undefined(), vm.ToValue(text))
		if err != nil || got.ToBoolean() != want {
			t.Errorf("contains(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
}

func must(t *testing.T, vm *goja.Runtime, script string) goja.Value {
	t.Helper()
	v, err := vm.RunString(script)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLetterWithPersonalNumberIsRefused(t *testing.T) {
	const number = "190503-9804"
	block := func(id, text string) map[string]any {
		return map[string]any{"id": id, "kind": "paragraph", "text": text}
	}
	cases := map[string]struct {
		letter map[string]any
		fields []string // where the number stands; none: the letter is stored
	}{
		"right": {map[string]any{"title": "Möte", "question": "Hur gör vi?", "blocks": []any{block("a", "Ring 070-123 45 67.")}}, nil},
		"title": {map[string]any{"title": "Om " + number}, []string{"title"}},
		"all": {map[string]any{"title": number, "question": number, "blocks": []any{block("a", "Hej"), block("b", number), block("c", number)}},
			[]string{"title", "question", "block.b", "block.c"}},
		"empty":          {map[string]any{}, nil},
		"strange blocks": {map[string]any{"blocks": map[string]any{"text": "x"}}, nil},
		"broken blocks":  {map[string]any{"blocks": []any{nil, 7, "x", map[string]any{}}}, nil},
	}
	for name, c := range cases {
		for _, method := range []string{http.MethodPost, http.MethodPatch} {
			t.Run(name+" "+method, func(t *testing.T) { tryLetter(t, method, c.letter, c.fields) })
		}
	}
}

// tryLetter creates a letter, or changes one, and checks the answer in Arabic.
func tryLetter(t *testing.T, method string, letter map[string]any, fields []string) {
	dir := exampleHooks(t)
	messages, err := locale.Load(os.DirFS("../../locales"))
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(letter)
	if err != nil {
		t.Fatal(err)
	}
	s := tests.ApiScenario{
		Method: method, URL: "/api/collections/letters/records", Body: strings.NewReader(string(body)),
		Headers:        map[string]string{"Accept-Language": "ar"},
		ExpectedStatus: http.StatusOK, ExpectedContent: []string{`"collectionName":"letters"`},
		NotExpectedContent: []string{"error.personal_number"},
	}
	if method == http.MethodPatch {
		s.URL += "/stored000000000"
	}
	if len(fields) > 0 {
		s.ExpectedStatus = http.StatusBadRequest
		s.ExpectedContent, s.NotExpectedContent = nil, []string{"190503", `"block.a"`}
		for _, field := range fields {
			s.ExpectedContent = append(s.ExpectedContent,
				`"`+field+`":{"code":"error.personal_number","message":"`+messages.Text("ar", "error.personal_number", nil)+`"}`)
		}
	}
	s.TestAppFactory = func(t testing.TB) *tests.TestApp {
		app := newApp(t)
		storeLetter(t, app)
		if err := policy.Register(app, dir, messages); err != nil {
			t.Fatal(err)
		}
		return app
	}
	s.Test(t)
}

func storeLetter(t testing.TB, app core.App) {
	t.Helper()
	c, err := app.FindCollectionByNameOrId("letters")
	if err != nil {
		t.Fatal(err)
	}
	r := core.NewRecord(c)
	r.Id = "stored000000000"
	r.Set("title", "Möte")
	if err := app.Save(r); err != nil {
		t.Fatal(err)
	}
}

func TestMeetingWithPersonalNumberIsRefused(t *testing.T) {
	messages, err := locale.Load(os.DirFS("../../locales"))
	if err != nil {
		t.Fatal(err)
	}
	for field, words := range map[string]string{
		"information": "Ella 190503-9804 fyller år.", "question": "Hur mår 190503-9804?", "place": "hos 190503-9804",
		"contact": "190503-9804", "": "Ring 070-123 45 67.",
	} {
		t.Run(field, func(t *testing.T) {
			body, err := json.Marshal(map[string]any{cmp.Or(field, "contact"): words})
			if err != nil {
				t.Fatal(err)
			}
			s := tests.ApiScenario{
				Method: http.MethodPost, URL: "/api/collections/meetings/records", Body: strings.NewReader(string(body)),
				ExpectedStatus: http.StatusOK, ExpectedContent: []string{`"collectionName":"meetings"`},
				TestAppFactory: func(t testing.TB) *tests.TestApp {
					app := newApp(t)
					if err := policy.Register(app, exampleHooks(t), messages); err != nil {
						t.Fatal(err)
					}
					return app
				},
			}
			if field != "" {
				s.ExpectedStatus, s.ExpectedContent = http.StatusBadRequest, []string{`"` + field + `":{"code":"error.personal_number"`}
				s.NotExpectedContent = []string{"190503"}
			}
			s.Test(t)
		})
	}
}

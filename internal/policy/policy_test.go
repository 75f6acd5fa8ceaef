package policy_test

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pocketbase/pocketbase/tools/types"

	"folje/internal/policy"
)

// says is a message's id in brackets, after the language asked for.
type says struct{}

func (says) Negotiate(acceptLanguage string) string { return acceptLanguage }

func (says) Text(locale, id string, params map[string]any) string {
	name, _ := params["Name"].(string)
	return locale + " [" + id + name + "]"
}

// newApp is a PocketBase with an empty collection letters that anybody may write.
func newApp(t testing.TB) *tests.TestApp {
	t.Helper()
	app, err := tests.NewTestApp()
	if err != nil {
		t.Fatal(err)
	}
	c := core.NewBaseCollection("letters")
	c.CreateRule, c.UpdateRule = types.Pointer(""), types.Pointer("")
	c.Fields.Add(&core.TextField{Name: "title"}, &core.TextField{Name: "question"}, &core.JSONField{Name: "blocks"})
	meetings := core.NewBaseCollection("meetings")
	meetings.CreateRule = types.Pointer("")
	for _, name := range []string{"information", "question", "place", "contact"} {
		meetings.Fields.Add(&core.TextField{Name: name})
	}
	for _, collection := range []*core.Collection{c, meetings} {
		if err := app.Save(collection); err != nil {
			t.Fatal(err)
		}
	}
	return app
}

// folder writes files into a new folder.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// append to the title, so that a test sees who ran and when.
func appending(word string) string {
	return `onRecordCreateRequest((e) => {
		e.record.set('title', e.record.get('title') + ' ` + word + `')
		e.next()
	}, 'letters')`
}

func TestRegisterRunsFilesInOrderInsideOurs(t *testing.T) {
	files := map[string]string{
		"b.pb.js": appending("b"), "a.pb.js": appending("a"), "c.pb.js": appending("c"),
		"0.js": "throw new Error('a module nobody requires is not run')", "lib/x.pb.js": "throw new Error('nor is this')",
		"1_create.js": "migrate(() => {})", "d.pb.ts": "const x: number = 1", "notes.txt": "}{",
	}
	(&tests.ApiScenario{
		Method: http.MethodPost, URL: "/api/collections/letters/records", Body: strings.NewReader(`{"title":"x"}`),
		ExpectedStatus: 200, ExpectedContent: []string{`"title":"x go a b c"`},
		TestAppFactory: func(t testing.TB) *tests.TestApp {
			app := newApp(t)
			app.OnRecordCreateRequest("letters").BindFunc(func(e *core.RecordRequestEvent) error {
				e.Record.Set("title", e.Record.GetString("title")+" go")
				return e.Next()
			})
			if err := policy.Register(app, folder(t, files), says{}); err != nil {
				t.Fatal(err)
			}
			return app
		},
	}).Test(t)
}

func TestRefusalSaysAMessageAtItsField(t *testing.T) {
	files := map[string]string{
		"lib/refuse.js": `module.exports = (e) => { throw new BadRequestError('', {
			'block.b1': new ValidationError('error.x', $message(e, 'error.x', { Name: 'Åsa' })),
			'title': new ValidationError('error.y', $message(e, 'error.y')),
		}) }`,
		"a.pb.js": "onRecordCreateRequest((e) => require(`${__hooks}/lib/refuse.js`)(e), 'letters')",
	}
	wrapped := false
	(&tests.ApiScenario{
		Method: http.MethodPost, URL: "/api/collections/letters/records", Body: strings.NewReader(`{"title":"x"}`),
		Headers:        map[string]string{"Accept-Language": "Ar"},
		ExpectedStatus: 400,
		ExpectedContent: []string{
			`"block.b1":{"code":"error.x","message":"Ar [error.xÅsa]."}`,
			`"title":{"code":"error.y","message":"Ar [error.y]."}`,
		},
		ExpectedEvents: map[string]int{"OnRecordCreateRequest": 1, "OnRecordCreate": 0},
		TestAppFactory: func(t testing.TB) *tests.TestApp {
			app := newApp(t)
			app.OnRecordCreateRequest("letters").BindFunc(func(e *core.RecordRequestEvent) error {
				err := e.Next()
				wrapped = err != nil
				return err
			})
			if err := policy.Register(app, folder(t, files), says{}); err != nil {
				t.Fatal(err)
			}
			return app
		},
		AfterTestFunc: func(t testing.TB, app *tests.TestApp, _ *http.Response) {
			if n, err := app.CountRecords("letters"); err != nil || n != 0 {
				t.Errorf("%d letters stored, %v", n, err)
			}
			if !wrapped {
				t.Error("the feature's hook didn't see the refusal")
			}
		},
	}).Test(t)
}

func TestBrokenHandlerStoresNothing(t *testing.T) {
	(&tests.ApiScenario{
		Method: http.MethodPost, URL: "/api/collections/letters/records", Body: strings.NewReader(`{"title":"x"}`),
		ExpectedStatus: 400, NotExpectedContent: []string{"outer", "ReferenceError"},
		ExpectedEvents: map[string]int{"OnRecordCreate": 0},
		TestAppFactory: func(t testing.TB) *tests.TestApp {
			app := newApp(t)
			dir := folder(t, map[string]string{"a.pb.js": `const outer = 1
				onRecordCreateRequest((e) => { e.record.set('title', outer); e.next() }, 'letters')`})
			if err := policy.Register(app, dir, says{}); err != nil {
				t.Fatal(err)
			}
			return app
		},
	}).Test(t)
}

func TestBrokenFileStopsTheStart(t *testing.T) {
	good := appending("a")
	cases := map[string]struct {
		files map[string]string
		want  []string
	}{
		"syntax error":        {map[string]string{"a.pb.js": good, "july.pb.js": "onBootstrap((e) => {\n  e.next(\n})"}, []string{"july.pb.js", "3:"}},
		"throws":              {map[string]string{"a.pb.js": good, "july.pb.js": "throw new Error('no July')"}, []string{"july.pb.js", "no July"}},
		"no such hook":        {map[string]string{"july.pb.js": "onRecordCreateReqest((e) => e.next())"}, []string{"july.pb.js", "onRecordCreateReqest is not defined"}},
		"no such module":      {map[string]string{"july.pb.js": "require(`${__hooks}/lib/none.js`)"}, []string{"july.pb.js", "Invalid module"}},
		"strict mode":         {map[string]string{"july.pb.js": "onBootstrap((e) => { with (e) { next() } })"}, []string{"july.pb.js"}},
		"module syntax error": {map[string]string{"a.pb.js": good, "lib/dates.js": "module.exports = {"}, []string{filepath.Join("lib", "dates.js")}},
		"module throws":       {map[string]string{"july.pb.js": "require(`${__hooks}/lib/dates.js`)", "lib/dates.js": "nothing.here"}, []string{"july.pb.js", "nothing is not defined"}},
		"bad cron expression": {map[string]string{"july.pb.js": "cronAdd('x', 'never', () => {})"}, []string{"july.pb.js"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			app := newApp(t)
			defer app.Cleanup()
			err := policy.Register(app, folder(t, c.files), says{})
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q doesn't say %q", err, want)
				}
			}
		})
	}
}

func TestRegisterWithoutPolicy(t *testing.T) {
	app := newApp(t)
	defer app.Cleanup()
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "gone"), link); err != nil {
		t.Fatal(err)
	}
	if err := policy.Register(app, filepath.Join(dir, "none"), says{}); err != nil {
		t.Errorf("a missing folder: %v", err)
	}
	if err := policy.Register(app, t.TempDir(), says{}); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	if err := policy.Register(app, link, says{}); err == nil {
		t.Error("a link to nowhere was taken for no policy")
	}
	if err := policy.Register(app, filepath.Join(folder(t, map[string]string{"x": ""}), "x"), says{}); err == nil {
		t.Error("a file was taken for a folder")
	}
}

func TestRegisterWritesNothingIntoTheFolder(t *testing.T) {
	app := newApp(t)
	defer app.Cleanup()
	files := map[string]string{"a.pb.js": appending("a"), "empty.pb.js": "", "lib/empty.js": ""}
	dir := folder(t, files)
	link := filepath.Join(t.TempDir(), "policy")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if err := policy.Register(app, link, says{}); err != nil {
		t.Fatal(err)
	}
	if err := app.OnBootstrap().Trigger(&core.BootstrapEvent{App: app}); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, dir); !maps.Equal(got, files) {
		t.Errorf("the folder now holds %q", slices.Sorted(maps.Keys(got)))
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, pattern := range []string{"*", "*/*"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range names {
			name, _ := filepath.Rel(dir, path)
			if raw, err := os.ReadFile(path); err == nil {
				found[filepath.ToSlash(name)] = string(raw)
			}
		}
	}
	return found
}

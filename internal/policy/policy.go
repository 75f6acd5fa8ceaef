// Package policy loads one municipality's own rules: the JavaScript files
// *.pb.js of a folder, run by PocketBase's jsvm plugin inside the program's own
// hooks. The folder's README says what belongs there. Without the folder the
// program is correct and safe.
package policy

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/plugins/jsvm"
)

// Messages says a message id in a locale. *locale.Bundle is one.
type Messages interface {
	Negotiate(acceptLanguage string) string
	Text(locale, id string, params map[string]any) string
}

// Binding is what a feature offers scripts, under a name that begins with $.
// An error of its function is thrown.
type Binding struct {
	Name  string
	Value any
}

// hookSuffix ends the name of every file that is run; other .js files are
// modules for them to require.
const hookSuffix = ".pb.js"

// prewarmed is how many JavaScript runtimes wait for each file's handlers; more
// are made, and thrown away, when more requests come at once. Each takes a
// millisecond of every start and half a megabyte.
const prewarmed = 1

// Register runs every *.pb.js in dir, in the order of their names, which binds
// their handlers to app. Call it after the program's features have bound theirs,
// so that these wrap the policy's. A missing dir is fine.
//
// A file that can't be parsed or that throws while it is run, or a module
// (.js) that can't be parsed, is an error that names it; the caller must then
// not serve. Handlers find `$message(e, id, params)`, which says a message in the
// language of the request e, and more, beside what PocketBase gives them.
// Migrations in JavaScript are never run, and nothing is written into dir.
func Register(app core.App, dir string, says Messages, more ...Binding) error {
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return fmt.Errorf("load site policy: %w", err)
	}
	hooks, err := check(dir)
	if err != nil {
		return fmt.Errorf("load site policy: %w", err)
	}
	for _, name := range hooks {
		if err := register(app, dir, name, says, more); err != nil {
			return fmt.Errorf("load site policy %s: %w", name, err)
		}
	}
	return nil
}

// check parses every script below dir and returns the names of the hook files,
// sorted, without those that are empty: jsvm would write into them.
func check(dir string) ([]string, error) {
	var hooks []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path == dir && !entry.IsDir():
			return fmt.Errorf("%s is not a folder", dir)
		case entry.IsDir() && entry.Name() == "node_modules":
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".js"):
			return nil
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		hook := name == entry.Name() && strings.HasSuffix(name, hookSuffix)
		if hook && len(source) > 0 {
			hooks = append(hooks, name)
		}
		return parse(name, string(source), hook)
	})
	return hooks, err
}

// parse reports a syntax error. A module is parsed as require would.
func parse(name, source string, hook bool) error {
	if !hook {
		source = "(function (exports, require, module) {" + source + "\n})"
	}
	_, err := goja.Compile(name, source, false)
	return err
}

// register runs one file. jsvm takes the files it is given in random order and
// panics where one throws, so it is given one at a time.
func register(app core.App, dir, name string, says Messages, more []Binding) (err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			err = fmt.Errorf("%v", thrown)
		}
	}()
	return jsvm.Register(app, jsvm.Config{
		HooksWatch:             false, // it would skip a broken file in silence
		HooksDir:               dir,
		HooksFilesPattern:      "^" + regexp.QuoteMeta(name) + "$",
		HooksPoolSize:          prewarmed,
		MigrationsDir:          filepath.Join(dir, "no_migrations"),
		MigrationsFilesPattern: "^$", // no file has an empty name
		TypesDir:               app.DataDir(),
		OnInit:                 func(vm *goja.Runtime) { bindMessage(vm, says, more) },
	})
}

// bindMessage makes $message, and what features offer. It takes the whole event because goja doesn't show
// a script the http.Request inside a record's event.
func bindMessage(vm *goja.Runtime, says Messages, more []Binding) {
	err := vm.Set("$message", func(event any, id string, params map[string]any) (string, error) {
		e, ok := event.(interface {
			RequestInfo() (*core.RequestInfo, error)
		})
		if !ok {
			return "", fmt.Errorf("$message: %T is not the event of a request", event)
		}
		info, err := e.RequestInfo()
		if err != nil {
			return "", fmt.Errorf("$message: %w", err)
		}
		return says.Text(says.Negotiate(info.Headers["accept_language"]), id, params), nil
	})
	for _, b := range more {
		err = errors.Join(err, vm.Set(b.Name, b.Value))
	}
	if err != nil {
		panic(err) // register turns it into an error
	}
}

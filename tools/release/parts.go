package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Part is one piece of other people's work inside the program.
type Part struct {
	Name, Version string
	// Purl is its package URL without a version, such as pkg:npm/idb.
	Purl string
	// Integrity is npm's hash of the package, "" for Go modules, whose hashes the program itself has.
	Integrity string
	// Texts are its licences, as they lie in it.
	Texts []Text
}

// Text is one file of a licence.
type Text struct{ File, Content string }

// Go is the name of the part that is Go's own: its library and what runs its programs.
const Go = "Go's standard library"

// licenceName matches the files that say under which terms something may be used.
var licenceName = regexp.MustCompile(`(?i)^(licen[cs]es?|copying|copyright|notice|patents|unlicense)([.-].*)?$`)

// Parts lists everything inside the program, sorted by name: the Go modules of its packages, Go itself, and what is
// vendored into the web app.
func Parts(ctx context.Context, root string) ([]Part, error) {
	modules, err := goParts(ctx, root)
	if err != nil {
		return nil, err
	}
	vendored, err := webParts(root)
	if err != nil {
		return nil, err
	}
	parts := append(modules, vendored...)
	slices.SortFunc(parts, func(a, b Part) int { return strings.Compare(a.Name+" "+a.Version, b.Name+" "+b.Version) })
	return parts, nil
}

// found is one package of the program, as `go list` tells of it.
type found struct{ Path, Version, Root, Dir string }

func goParts(ctx context.Context, root string) ([]Part, error) {
	packages, err := listed(ctx, root)
	if err != nil {
		return nil, err
	}
	parts := map[string]*Part{}
	for _, p := range packages {
		part := parts[p.Path]
		if part == nil {
			part = &Part{Name: p.Path, Version: p.Version, Purl: "pkg:golang/" + p.Path}
			parts[p.Path] = part
		}
		if err := part.collect(p.Root, p.Dir); err != nil {
			return nil, err
		}
	}
	goes, err := ofGo(ctx, root)
	if err != nil {
		return nil, err
	}
	all := []Part{goes}
	for _, p := range parts {
		all = append(all, *p)
	}
	return all, nil
}

// listed asks for the packages that the program for Linux is made of, this module's and Go's own left out.
func listed(ctx context.Context, root string) ([]found, error) {
	const what = `{{with .Module}}{{if not .Main}}{{.Path}}|{{.Version}}|{{.Dir}}|{{$.Dir}}{{end}}{{end}}`
	list := exec.CommandContext(ctx, "go", "list", "-deps", "-f", what, ".")
	list.Dir = root
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64")
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("list the program's packages: %w%s", err, said(err))
	}
	var all []found
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		if field := strings.Split(lines.Text(), "|"); len(field) == 4 {
			all = append(all, found{field[0], field[1], field[2], field[3]})
		}
	}
	return all, nil
}

// said is what a program wrote before it failed.
func said(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "\n" + string(exit.Stderr)
	}
	return ""
}

// collect takes the licences of a folder and of those above it, up to the module's root.
func (p *Part) collect(root, dir string) error {
	for {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return fmt.Errorf("look for the licence of %s: %w", p.Name, err)
		}
		for _, e := range entries {
			if e.Type().IsRegular() && licenceName.MatchString(e.Name()) && filepath.Ext(e.Name()) != ".go" {
				if err := p.add(root, filepath.Join(dir, e.Name())); err != nil {
					return err
				}
			}
		}
		if dir == root || !strings.HasPrefix(dir, root) {
			return nil
		}
		dir = filepath.Dir(dir)
	}
}

// add takes one file, once.
func (p *Part) add(root, path string) error {
	name, err := filepath.Rel(root, path)
	if err != nil {
		return fmt.Errorf("name a licence of %s: %w", p.Name, err)
	}
	if slices.ContainsFunc(p.Texts, func(t Text) bool { return t.File == name }) {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read a licence of %s: %w", p.Name, err)
	}
	p.Texts = append(p.Texts, Text{filepath.ToSlash(name), string(text)})
	slices.SortFunc(p.Texts, func(a, b Text) int { return strings.Compare(a.File, b.File) })
	return nil
}

// ofGo is Go itself. Which Go it is the program says; it isn't written down, since each machine may have another.
func ofGo(ctx context.Context, root string) (Part, error) {
	ask := exec.CommandContext(ctx, "go", "env", "GOROOT")
	ask.Dir = root
	out, err := ask.Output()
	if err != nil {
		return Part{}, fmt.Errorf("ask where Go is: %w", err)
	}
	p, dir := Part{Name: Go, Purl: "pkg:golang/std"}, strings.TrimSpace(string(out))
	if err := p.collect(dir, dir); err != nil {
		return p, err
	}
	if len(p.Texts) == 0 { // some distributions keep it elsewhere
		return p, p.collect("/usr/share/doc/golang", "/usr/share/doc/golang")
	}
	return p, nil
}

// webParts are the npm packages whose files lie in public/.
func webParts(root string) ([]Part, error) {
	var m struct {
		Packages []struct {
			Package, Version, Integrity string
			Files                       []struct{ To string }
		}
		Bundles []struct {
			Folder  string
			Licence struct{ To string }
		}
	}
	if err := readJSON(filepath.Join(root, "tools/vendor/vendor.json"), &m); err != nil {
		return nil, err
	}
	var parts []Part
	for _, p := range m.Packages {
		part := Part{Name: p.Package, Version: p.Version, Purl: npm(p.Package), Integrity: p.Integrity}
		for _, f := range p.Files {
			if strings.HasPrefix(f.To, "public/") && licenceName.MatchString(filepath.Base(f.To)) {
				if err := part.add(root, filepath.Join(root, f.To)); err != nil {
					return nil, err
				}
			}
		}
		if len(part.Texts) > 0 { // the others are for tests
			parts = append(parts, part)
		}
	}
	for _, b := range m.Bundles {
		bundled, err := bundleParts(root, b.Folder, b.Licence.To)
		if err != nil {
			return nil, err
		}
		parts = append(parts, bundled...)
	}
	return parts, nil
}

// folderOfPackages begins a package's name in its path; one in another's folder is a second version of it.
const folderOfPackages = "node_modules/"

// bundleParts are the packages in a bundled script; they share one file of licences.
func bundleParts(root, folder, licence string) ([]Part, error) {
	var lock struct {
		Packages map[string]struct {
			Version, Integrity string
			Optional           bool
		}
	}
	if err := readJSON(filepath.Join(root, folder, "package-lock.json"), &lock); err != nil {
		return nil, err
	}
	var parts []Part
	for path, p := range lock.Packages {
		at := strings.LastIndex(path, folderOfPackages)
		if at < 0 {
			continue // the bundle itself
		}
		name := path[at+len(folderOfPackages):]
		if name == "esbuild" || p.Optional { // the bundler, and its program for each machine
			continue
		}
		part := Part{Name: name, Version: p.Version, Purl: npm(name), Integrity: p.Integrity}
		if err := part.add(root, filepath.Join(root, licence)); err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// npm is a package's URL, in which a scope's @ is escaped.
func npm(name string) string { return "pkg:npm/" + strings.Replace(name, "@", "%40", 1) }

func readJSON(path string, into any) error {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is missing: %w", path, err)
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

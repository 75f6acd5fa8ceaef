// Command vendor copies exact versions of npm packages into the repository, so that neither users nor developers need
// npm: vendor.json names each package, its version and the files taken from it, and holds the hash of what was taken.
//
//	go run ./tools/vendor          fetch with `npm pack`, write the files, fill in integrity and hashes
//	go run ./tools/vendor -check   verify the files against vendor.json, without npm or network
//
// The only edit made to a file is that a script's sourceMappingURL comment is cut off, since maps are not vendored. A
// package that comes in many files which import each other by name is bundled into one script (bundles in vendor.json).
// An update is a changed version in vendor.json (with its "integrity" emptied) and a run of the first form.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

// Manifest is the content of vendor.json.
type Manifest struct {
	Packages []Package `json:"packages"`
	Bundles  []Bundle  `json:"bundles,omitempty"`
}

// Package is one npm package. Integrity is npm's own hash of the package's archive ("sha512-…"); once set it must match.
type Package struct {
	Package   string  `json:"package"`
	Version   string  `json:"version"`
	Integrity string  `json:"integrity"`
	Files     []File  `json:"files"`
	Sprite    *Sprite `json:"sprite,omitempty"`
}

// File is one file taken: From inside the package, To from the repository's root.
type File struct {
	From   string `json:"from"`
	To     string `json:"to"`
	SHA256 string `json:"sha256"`
}

// Sprite is one SVG file made of several icons of a package, each a <symbol> with the icon's name as its id.
type Sprite struct {
	To     string   `json:"to"`
	Icons  []string `json:"icons"`
	SHA256 string   `json:"sha256"`
}

const manifestPath = "tools/vendor/vendor.json"

func main() {
	log.SetFlags(0)
	check := flag.Bool("check", false, "verify the vendored files instead of fetching them")
	root := flag.String("root", ".", "the repository's root")
	flag.Parse()
	run := update
	if *check {
		run = Check
	}
	if err := run(*root); err != nil {
		log.Fatal(err)
	}
}

// Check compares every vendored file under root with the hash in vendor.json and names the first that differs.
func Check(root string) error {
	m, err := load(root)
	if err != nil {
		return err
	}
	for _, p := range m.Packages {
		for _, f := range p.taken() {
			if err := same(root, f, p.Package+" "+p.Version); err != nil {
				return err
			}
		}
	}
	for _, b := range m.Bundles {
		for _, f := range []File{b.Script, b.Types, b.Licence} {
			if err := same(root, f, b.Folder); err != nil {
				return err
			}
		}
	}
	return nil
}

// same compares one vendored file with its hash.
func same(root string, f File, from string) error {
	b, err := os.ReadFile(filepath.Join(root, f.To))
	if err != nil {
		return fmt.Errorf("read vendored file of %s: %w", from, err)
	}
	if got := sum(b); got != f.SHA256 {
		return fmt.Errorf("%s differs from %s: sha256 is %s, want %s", f.To, from, got, f.SHA256)
	}
	return nil
}

// taken lists everything the package put into the repository, its sprite included.
func (p Package) taken() []File {
	if p.Sprite == nil {
		return p.Files
	}
	return append(append([]File{}, p.Files...), File{To: p.Sprite.To, SHA256: p.Sprite.SHA256})
}

func load(root string) (*Manifest, error) {
	b, err := os.ReadFile(filepath.Join(root, manifestPath))
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	m := &Manifest{}
	if err := json.Unmarshal(b, m); err != nil {
		return nil, fmt.Errorf("parse manifest: %w", err)
	}
	return m, nil
}

func save(root string, m *Manifest) error {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("encode manifest: %w", err)
	}
	if err := os.WriteFile(filepath.Join(root, manifestPath), append(b, '\n'), 0o644); err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	return nil
}

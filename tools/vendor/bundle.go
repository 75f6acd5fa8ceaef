package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Bundle is one script made by esbuild of several npm packages, where a package can't be used as it comes. Its folder has
// package.json, package-lock.json (exact versions and npm's own hashes of all of them, esbuild's included) and entry.js,
// which says what the script exports. The licences of everything that went into it are joined into one file.
type Bundle struct {
	Folder  string `json:"folder"`
	Target  string `json:"target"` // the oldest browsers that must understand it, in esbuild's words
	Script  File   `json:"script"`
	Types   File   `json:"types"` // From inside node_modules
	Licence File   `json:"licence"`
}

// makeBundle installs what the lock names into a temporary folder, and writes the script, its types and the licences
// under root.
func makeBundle(root string, b *Bundle) error {
	dir, err := os.MkdirTemp("", "vendor")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer os.RemoveAll(dir)
	for _, name := range []string{"package.json", "package-lock.json", "entry.js"} {
		if err := copyFile(filepath.Join(root, b.Folder, name), filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	if err := run(dir, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"); err != nil {
		return err
	}
	err = run(dir, filepath.Join("node_modules", ".bin", "esbuild"), "entry.js", "--bundle", "--format=esm", "--minify", "--charset=utf8",
		"--legal-comments=none", "--log-level=warning", "--target="+b.Target, "--metafile=meta.json", "--outfile=out.js")
	if err != nil {
		return err
	}
	return takeBundle(root, dir, b)
}

func takeBundle(root, dir string, b *Bundle) error {
	script, err := os.ReadFile(filepath.Join(dir, "out.js"))
	if err != nil {
		return fmt.Errorf("read script: %w", err)
	}
	types, err := os.ReadFile(filepath.Join(dir, "node_modules", b.Types.From))
	if err != nil {
		return fmt.Errorf("read types: %w", err)
	}
	licence, err := licences(dir)
	if err != nil {
		return err
	}
	for f, content := range map[*File][]byte{&b.Script: edit(b.Script.To, script), &b.Types: edit(b.Types.To, types), &b.Licence: licence} {
		if f.SHA256, err = write(root, f.To, content); err != nil {
			return err
		}
	}
	return nil
}

// licences joins those of every package that has a file in the script.
func licences(dir string) ([]byte, error) {
	raw, err := os.ReadFile(filepath.Join(dir, "meta.json"))
	if err != nil {
		return nil, fmt.Errorf("read what esbuild used: %w", err)
	}
	var meta struct{ Inputs map[string]struct{} }
	if err := json.Unmarshal(raw, &meta); err != nil {
		return nil, fmt.Errorf("parse what esbuild used: %w", err)
	}
	var folders []string
	for name := range meta.Inputs {
		if folder := packageOf(name); folder != "" && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	slices.Sort(folders)
	var all bytes.Buffer
	for _, folder := range folders {
		var of struct{ Name, Version string }
		described, err := os.ReadFile(filepath.Join(dir, folder, "package.json"))
		if err != nil {
			return nil, fmt.Errorf("read package: %w", err)
		}
		if err := json.Unmarshal(described, &of); err != nil {
			return nil, fmt.Errorf("parse %s: %w", folder, err)
		}
		text, err := os.ReadFile(filepath.Join(dir, folder, "LICENSE"))
		if err != nil {
			return nil, fmt.Errorf("read licence: %w", err)
		}
		fmt.Fprintf(&all, "%s %s\n\n%s\n\n\n", of.Name, of.Version, bytes.TrimSpace(text))
	}
	return append(bytes.TrimSpace(all.Bytes()), '\n'), nil
}

// packageOf is the folder of the package that a file belongs to, "" for one of ours.
func packageOf(name string) string {
	const modules = "node_modules/"
	at := strings.LastIndex(name, modules)
	if at < 0 {
		return ""
	}
	parts := strings.Split(name[at+len(modules):], "/")
	names := 1
	if strings.HasPrefix(parts[0], "@") {
		names = 2
	}
	return name[:at] + modules + strings.Join(parts[:min(names, len(parts))], "/")
}

func run(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, args[0], err, out)
	}
	return nil
}

func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("read %s: %w", from, err)
	}
	return os.WriteFile(to, b, 0o644)
}

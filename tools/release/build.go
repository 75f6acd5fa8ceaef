package main

import (
	"context"
	"debug/buildinfo"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Program is what was built.
type Program struct {
	Path    string
	Version string // v1.2.0
	Commit  string
	Time    string // of the commit, RFC 3339
}

// errChanged is returned for files that differ from the commit.
var errChanged = errors.New("files differ from the commit: commit them, or say -changed for a program to try only")

// errCommit is returned where the compiler can't tell which commit it builds.
var errCommit = errors.New("the commit is unknown: build inside a git checkout")

// treeOf is the folder that a release is built in: the commit alone, copied into work, or the repository as it lies there
// where files may differ. What git ignores would be inside otherwise, unseen.
func treeOf(ctx context.Context, o Options, work string) (string, error) {
	if o.Changed {
		return o.Root, nil
	}
	differs, err := git(ctx, o.Root, "status", "--porcelain")
	if err != nil {
		return "", err
	}
	if differs != "" {
		return "", fmt.Errorf("%w:\n%s", errChanged, differs)
	}
	folder := filepath.Join(work, "tree")
	_, err = git(ctx, o.Root, "clone", "--quiet", "--local", ".", folder)
	return folder, err
}

// git runs git in a folder and answers what it printed.
func git(ctx context.Context, folder string, args ...string) (string, error) {
	c := exec.CommandContext(ctx, "git", args...)
	c.Dir = folder
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w%s", args[0], err, said(err))
	}
	return string(out), nil
}

// Build compiles the program in root into folder: static, without paths of this machine and without symbols.
func Build(ctx context.Context, o Options, root, folder string) (Program, error) {
	p := Program{Path: filepath.Join(folder, "folje")}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=true", "-ldflags=-s -w", "-o", p.Path, ".")
	build.Dir = root
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+o.System, "GOARCH="+o.Arch)
	if out, err := build.CombinedOutput(); err != nil {
		return p, fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return p, p.look(o.Changed)
}

// look reads from the program itself what it was made of.
func (p *Program) look(changed bool) error {
	info, err := buildinfo.ReadFile(p.Path)
	if err != nil {
		return fmt.Errorf("read what the program was built from: %w", err)
	}
	p.Version = info.Main.Version
	modified := false
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			p.Commit = s.Value
		case "vcs.time":
			p.Time = s.Value
		case "vcs.modified":
			modified = s.Value == "true"
		}
	}
	switch {
	case changed && p.Commit == "":
		p.Version = "devel"
	case p.Commit == "":
		return errCommit
	case modified && !changed:
		return errChanged
	}
	return nil
}

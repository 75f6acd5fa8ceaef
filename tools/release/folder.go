package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// besides are the files that lie beside the program, by their names there.
var besides = map[string]string{
	"LICENSE":       "LICENSE",
	"LICENCES.txt":  licencesPath,
	"Containerfile": "tools/release/Containerfile",
	"folje.service": "tools/release/folje.service",
	"folje.conf":    "tools/release/folje.conf",
	"operations.md": "docs/operations.md",

	"folje-node.service": "tools/release/folje-node.service", "node.conf": "tools/release/node.conf",
	"folje-worker.service": "tools/release/folje-worker.service", "worker.conf": "tools/release/worker.conf",
	"folje-edge.service": "tools/release/folje-edge.service", "edge.conf": "tools/release/edge.conf",
	"folje-natsd.service": "tools/release/folje-natsd.service", "natsd.conf": "tools/release/natsd.conf",
	"scale.md": "docs/scale.md", "scale-edge.md": "docs/scale-edge.md", "scale-nats.md": "docs/scale-nats.md",
	"scale-node.md": "docs/scale-node.md", "grafana.json": "docs/grafana/folje.json",
}

// beside copies them into the folder.
func beside(root, folder string) error {
	for name, from := range besides {
		text, err := os.ReadFile(filepath.Join(root, from))
		if err != nil {
			return fmt.Errorf("read what belongs beside the program: %w", err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			return fmt.Errorf("put %s beside the program: %w", name, err)
		}
	}
	return nil
}

// checksumsName is the file that `sha256sum -c` reads.
const checksumsName = "SHA256SUMS"

// checksums writes those of all files of the folder.
func checksums(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("list the release: %w", err)
	}
	var sums bytes.Buffer
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return fmt.Errorf("read the release: %w", err)
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(content), e.Name())
	}
	return os.WriteFile(filepath.Join(folder, checksumsName), sums.Bytes(), 0o644)
}

// deliver puts a finished folder in its place, whole or not at all.
func deliver(from, to string) (string, error) {
	if _, err := os.Stat(to); err == nil {
		return "", fmt.Errorf("%s is there already: remove it first", to)
	}
	part := to + ".part"
	if err := os.RemoveAll(part); err != nil {
		return "", fmt.Errorf("remove half a release: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return "", fmt.Errorf("make the folder of releases: %w", err)
	}
	if err := os.CopyFS(part, os.DirFS(from)); err != nil {
		return "", fmt.Errorf("copy the release: %w", err)
	}
	if err := os.Chmod(part, 0o755); err != nil {
		return "", fmt.Errorf("let others read the release: %w", err)
	}
	return to, os.Rename(part, to)
}

// sorted gives a slice's values in order, each once.
func sorted(values []string) []string {
	slices.Sort(values)
	return slices.Compact(values)
}

package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// readPublic reads the files that are served, by path.
func readPublic(public fs.FS) (map[string][]byte, error) {
	sources := map[string][]byte{}
	err := fs.WalkDir(public, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(d.Name(), ".") && d.IsDir():
			return fs.SkipDir
		case d.IsDir() || toolsOnly(d.Name()):
			return nil
		}
		sources["/"+name], err = fs.ReadFile(public, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read public files: %w", err)
	}
	return sources, nil
}

func toolsOnly(name string) bool {
	return strings.HasPrefix(name, ".") || name == "jsconfig.json" || strings.HasSuffix(name, ".d.ts")
}

func buildID(sources map[string][]byte) string {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		fmt.Fprintf(sum, "%s %d\n", name, len(sources[name]))
		sum.Write(sources[name])
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

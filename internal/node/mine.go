package node

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNodes says that a data folder is a node's.
var ErrNodes = errors.New("this data folder is a node's (it has " + markFile + ")")

// NotNodes fails with [ErrNodes] where the data folder is a node's: a writer
// without a lease that takes it over is heard by nobody who has heard of a lease.
func NotNodes(dir string) error {
	_, err := os.Stat(filepath.Join(dir, markFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for %s: %w", markFile, err)
	}
	return ErrNodes
}

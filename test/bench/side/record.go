package side

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Record puts the text between the markers of that name in the file, making
// what is missing; all else in the file is left alone.
func Record(path, name, text string) error {
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read the record: %w", err)
	}
	if err := os.WriteFile(path, []byte(replace(string(old), name, text)), 0o644); err != nil {
		return fmt.Errorf("write the record: %w", err)
	}
	return nil
}

func replace(old, name, text string) string {
	begins := fmt.Sprintf("<!-- %s: written by go run ./test/bench/%s -->", name, name)
	ends := fmt.Sprintf("<!-- /%s -->", name)
	before, rest, found := strings.Cut(old, begins)
	_, after, closed := strings.Cut(rest, ends)
	if !found || !closed {
		before, after = strings.TrimRight(old, "\n")+"\n\n", "\n"
	}
	return before + begins + "\n" + strings.TrimSpace(text) + "\n\n" + ends + after
}

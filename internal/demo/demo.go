package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Demo is how to get into a demo: it is written to demo.json in the data folder.
type Demo struct {
	URL         string       `json:"url"`
	Invitations []Invitation `json:"invitations"`
	Staff       []Staff      `json:"staff"`
}

// Invitation is one group's code and the address that a poster's QR code holds.
type Invitation struct {
	Group string `json:"group"`
	Code  string `json:"code"`
	URL   string `json:"url"`
}

// Staff is one sign-in.
type Staff struct {
	Email    string   `json:"email"`
	Password string   `json:"password"`
	Roles    []string `json:"roles"`
}

// The refusals of [Check].
var (
	ErrNotDemo    = errors.New("the data folder is not empty and is not a demo's: choose another with --dir")
	ErrUnfinished = errors.New("an earlier demo was not filled to its end: delete its data folder and start again")
)

// File is where the demo in dir keeps how to get in.
func File(dir string) string { return filepath.Join(dir, "demo.json") }

// Check gives the demo in dir, or nil where dir is empty or missing and may be
// filled. It fails with [ErrNotDemo] and [ErrUnfinished].
func Check(dir string) (*Demo, error) {
	raw, err := os.ReadFile(File(dir))
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read the data folder: %w", err)
		}
		if len(entries) > 0 {
			return nil, ErrNotDemo
		}
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read demo.json: %w", err)
	}
	var d Demo
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, fmt.Errorf("read demo.json: %w", err)
	}
	if len(d.Staff) == 0 {
		return nil, ErrUnfinished
	}
	return &d, nil
}

// Begin marks dir as a demo's before anything is put into it.
func Begin(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	return (&Demo{}).Write(dir)
}

// Write stores the demo in dir, readable by its owner only.
func (d *Demo) Write(dir string) error {
	raw, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	temp := File(dir) + ".new"
	if err := os.WriteFile(temp, append(raw, '\n'), 0o600); err != nil {
		return fmt.Errorf("write demo.json: %w", err)
	}
	if err := os.Rename(temp, File(dir)); err != nil {
		return fmt.Errorf("write demo.json: %w", err)
	}
	return nil
}

// At gives the demo as it is reached at origin today: the port may be another
// than when it was filled.
func (d *Demo) At(origin string) *Demo {
	moved := *d
	moved.URL = origin
	moved.Invitations = make([]Invitation, len(d.Invitations))
	for i, invitation := range d.Invitations {
		invitation.URL = origin + "/join#" + invitation.Code
		moved.Invitations[i] = invitation
	}
	return &moved
}

// Print says how to get in.
func (d *Demo) Print(w io.Writer) {
	fmt.Fprintf(w, "\nFöljes demo: en påhittad kommun. Följe's demo: an invented municipality.\n\n")
	fmt.Fprintf(w, "  The app           %s\n", d.URL)
	if len(d.Invitations) > 0 {
		fmt.Fprintf(w, "  Join as a parent  %s  (group %s)\n", d.Invitations[0].URL, d.Invitations[0].Group)
	}
	fmt.Fprintf(w, "  Sign in as staff  %s/staff\n\n", d.URL)
	for _, s := range d.Staff {
		fmt.Fprintf(w, "    %-38s %s  %s\n", s.Email, s.Password, strings.Join(s.Roles, ", "))
	}
	fmt.Fprintf(w, "\n")
}

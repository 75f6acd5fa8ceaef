package demo

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// Manifest is what demo.json says: how to get in.
type Manifest struct {
	URL         string       `json:"url"`
	Invitations []Invitation `json:"invitations"`
	Staff       []Staff      `json:"staff"`
}

// Invitation lets a phone into a group.
type Invitation struct {
	Group string `json:"group"`
	Code  string `json:"code"`
	URL   string `json:"url"`
}

// Staff is a sign-in.
type Staff struct {
	Email    string   `json:"email"`
	Password string   `json:"password"`
	Roles    []string `json:"roles"`
}

// Manifest reads the demo.json beside the server's data.
func (s *Server) Manifest() (*Manifest, error) {
	raw, err := os.ReadFile(filepath.Join(s.Dir, "demo.json"))
	if err != nil {
		return nil, fmt.Errorf("read how to get into the demonstration: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, fmt.Errorf("decode demo.json: %w", err)
	}
	return &m, nil
}

// With answers the sign-ins that have a role.
func (m *Manifest) With(role string) []Staff {
	return slices.DeleteFunc(slices.Clone(m.Staff), func(s Staff) bool { return !slices.Contains(s.Roles, role) })
}

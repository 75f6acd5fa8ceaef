package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// licencesPath is the file that the program carries and the app's page about itself links to.
const licencesPath = "public/licences.txt"

// allowed are the licences, by SPDX, under which something may be inside: all let the program be given away whole, and
// changed, with no more than their text going with it. MPL-2.0 wants besides that everybody can have the source of the
// files under it; they are unchanged, and the table says which package at which version they come from.
var allowed = []string{"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MPL-2.0", "Unlicense"}

// besidesLicence are texts that licensecheck names and that are no terms of their own: a grant of patents beside one.
var besidesLicence = []string{"GooglePatentsFile", "GooglePatentClause"}

// errLicence is returned for a part whose licence isn't known or doesn't fit.
var errLicence = errors.New("a licence doesn't fit")

// enough is how much of a file must be text of known licences, in per cent, for the file to be one.
const enough = 50

// Licences are a part's, by SPDX, sorted. They are read from its files.
func (p Part) Licences() ([]string, error) {
	var ids []string
	for _, t := range p.Texts {
		found := licensecheck.Scan([]byte(t.Content))
		if found.Percent < enough {
			continue
		}
		for _, m := range found.Match {
			if !slices.Contains(besidesLicence, m.ID) {
				ids = append(ids, m.ID)
			}
		}
	}
	ids = sorted(ids)
	if len(ids) == 0 {
		return nil, fmt.Errorf("%w: %s %s has none that is known", errLicence, p.Name, p.Version)
	}
	for _, id := range ids {
		if !slices.Contains(allowed, id) {
			return nil, fmt.Errorf("%w: %s %s is under %s", errLicence, p.Name, p.Version, id)
		}
	}
	return ids, nil
}

// WriteLicences writes public/licences.txt.
func WriteLicences(ctx context.Context, root string) error {
	parts, err := Parts(ctx, root)
	if err != nil {
		return err
	}
	text, err := licenceText(root, parts)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, licencesPath), text, 0o644); err != nil {
		return fmt.Errorf("write the licences: %w", err)
	}
	return nil
}

// CheckLicences tells whether public/licences.txt is of these parts.
func CheckLicences(root string, parts []Part) error {
	want, err := licenceText(root, parts)
	if err != nil {
		return err
	}
	got, err := os.ReadFile(filepath.Join(root, licencesPath))
	if err != nil {
		return fmt.Errorf("read the licences: %w", err)
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf("%s is not of what the program is made of now: write it with go run ./tools/release -licences", licencesPath)
	}
	return nil
}

const rule = "\n--------------------------------------------------------------------------------\n"

// licenceText is the file: the app's own licence, a table of the parts, and each text once, with those it is for.
func licenceText(root string, parts []Part) ([]byte, error) {
	own, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		return nil, fmt.Errorf("read the app's licence: %w", err)
	}
	var table, texts bytes.Buffer
	for _, p := range parts {
		ids, err := p.Licences()
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&table, "  %s: %s (%s)\n", strings.TrimSpace(p.Name+" "+p.Version), strings.Join(ids, ", "), p.Purl)
	}
	for _, t := range together(parts) {
		fmt.Fprintf(&texts, "%s\n%s\n\n%s\n", rule, strings.Join(t.of, "\n"), strings.TrimSpace(t.content))
	}
	var all bytes.Buffer
	fmt.Fprintf(&all, "Följe\n\n%s\n\nInside are parts that others made, each with its licence and where its source is. Thank you.\n\n%s%s", strings.TrimSpace(string(own)), table.Bytes(), texts.Bytes())
	return all.Bytes(), nil
}

// shared is a text with the files that have it.
type shared struct {
	content string
	of      []string
}

// together gives each text once, in the order of the first part that has it.
func together(parts []Part) []*shared {
	byContent, all := map[string]*shared{}, []*shared{}
	for _, p := range parts {
		for _, t := range p.Texts {
			content := strings.TrimSpace(strings.ReplaceAll(t.Content, "\r\n", "\n"))
			known := byContent[content]
			if known == nil {
				known = &shared{content: content}
				byContent[content] = known
				all = append(all, known)
			}
			known.of = append(known.of, p.Name+" ("+filepath.Base(t.File)+")")
		}
	}
	return all
}

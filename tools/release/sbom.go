package main

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// toolFile says which version of cyclonedx-gomod is used. It is a go.mod of its own, so that what that program needs has
// no say in which versions the app uses.
const toolFile = "tools/release/sbom.mod"

// BillOfMaterials writes the list of the program's parts as CycloneDX: cyclonedx-gomod reads the Go modules from the
// program itself, and what is vendored into the web app and the licences are added.
func BillOfMaterials(ctx context.Context, root string, p Program, parts []Part, file string) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return fmt.Errorf("find the list of parts: %w", err)
	}
	tool := exec.CommandContext(ctx, "go", "tool", "-modfile="+toolFile, "cyclonedx-gomod", "bin",
		"-json", "-std", "-noserial", "-notimestamp", "-version", p.Version, "-output", path, p.Path)
	tool.Dir = root
	if out, err := tool.CombinedOutput(); err != nil {
		return fmt.Errorf("list the program's modules: %w\n%s", err, out)
	}
	var bill map[string]any
	if err := readJSON(path, &bill); err != nil {
		return err
	}
	if err := complete(bill, p, parts); err != nil {
		return err
	}
	raw, err := json.MarshalIndent(bill, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the list of parts: %w", err)
	}
	return os.WriteFile(path, append(raw, '\n'), 0o644)
}

// complete adds to a list of Go modules what is vendored into the web app, every part's licences, and the time of the
// commit, so that the same commit has the same list.
func complete(bill map[string]any, p Program, parts []Part) error {
	components, _ := bill["components"].([]any)
	known := map[string]map[string]any{}
	for _, c := range components {
		if component, ok := c.(map[string]any); ok {
			known[fmt.Sprint(component["name"])] = component
		}
	}
	known[Go] = known["std"]
	for _, part := range parts {
		ids, err := part.Licences()
		if err != nil {
			return err
		}
		component := known[part.Name]
		if component == nil {
			if !strings.HasPrefix(part.Purl, "pkg:npm/") {
				continue // of another system than this program's
			}
			if component, err = part.component(); err != nil {
				return err
			}
			components = append(components, component)
		}
		component["licenses"] = spdx(ids)
	}
	bill["components"] = components
	if metadata, ok := bill["metadata"].(map[string]any); ok {
		if p.Time != "" {
			metadata["timestamp"] = p.Time
		}
		if own, ok := metadata["component"].(map[string]any); ok {
			own["licenses"] = spdx([]string{"MIT"})
		}
		withoutSums(metadata["tools"])
	}
	return nil
}

// withoutSums takes away the checksums of the program that made the list: each machine builds its own.
func withoutSums(tools any) {
	list, _ := tools.([]any)
	for _, t := range list {
		if tool, ok := t.(map[string]any); ok {
			delete(tool, "hashes")
		}
	}
}

// component is a vendored package as CycloneDX says it.
func (p Part) component() (map[string]any, error) {
	purl := p.Purl + "@" + p.Version
	c := map[string]any{"bom-ref": purl, "type": "library", "name": p.Name, "version": p.Version, "purl": purl, "scope": "required"}
	if encoded, ok := strings.CutPrefix(p.Integrity, "sha512-"); ok {
		hash, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return nil, fmt.Errorf("read the hash of %s: %w", p.Name, err)
		}
		c["hashes"] = []any{map[string]any{"alg": "SHA-512", "content": hex.EncodeToString(hash)}}
	}
	return c, nil
}

func spdx(ids []string) []any {
	var all []any
	for _, id := range ids {
		all = append(all, map[string]any{"license": map[string]any{"id": id}})
	}
	return all
}

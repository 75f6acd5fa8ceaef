package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// update fetches every package of the manifest, writes its files under root and the new hashes into the manifest.
func update(root string) error {
	m, err := load(root)
	if err != nil {
		return err
	}
	for i := range m.Packages {
		if err := take(root, &m.Packages[i]); err != nil {
			return fmt.Errorf("vendor %s: %w", m.Packages[i].Package, err)
		}
	}
	for i := range m.Bundles {
		if err := makeBundle(root, &m.Bundles[i]); err != nil {
			return fmt.Errorf("bundle %s: %w", m.Bundles[i].Folder, err)
		}
	}
	return save(root, m)
}

func take(root string, p *Package) error {
	archive, err := pack(p.Package + "@" + p.Version)
	if err != nil {
		return err
	}
	integrity := "sha512-" + base64.StdEncoding.EncodeToString(sha512sum(archive))
	if p.Integrity != "" && p.Integrity != integrity {
		return fmt.Errorf("integrity of %s is %s, want %s", p.Version, integrity, p.Integrity)
	}
	p.Integrity = integrity
	content, err := unpack(archive)
	if err != nil {
		return err
	}
	for i := range p.Files {
		f := &p.Files[i]
		b, ok := content[f.From]
		if !ok {
			return fmt.Errorf("no file %s in the package", f.From)
		}
		if f.SHA256, err = write(root, f.To, edit(f.To, b)); err != nil {
			return err
		}
	}
	if p.Sprite == nil {
		return nil
	}
	b, err := sprite(p, content)
	if err != nil {
		return err
	}
	p.Sprite.SHA256, err = write(root, p.Sprite.To, b)
	return err
}

// pack returns the archive that npm has for an exact version.
func pack(spec string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "vendor")
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	defer os.RemoveAll(dir)
	cmd := exec.Command("npm", "pack", "--json", spec)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("npm pack %s: %w", spec, err)
	}
	var packed []struct{ Filename string }
	if err := json.Unmarshal(out, &packed); err != nil || len(packed) != 1 {
		return nil, fmt.Errorf("read npm's answer for %s: %w", spec, err)
	}
	b, err := os.ReadFile(filepath.Join(dir, filepath.Base(packed[0].Filename)))
	if err != nil {
		return nil, fmt.Errorf("read archive: %w", err)
	}
	return b, nil
}

// unpack returns the files of an npm archive by their path inside the package.
func unpack(archive []byte) (map[string][]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	content := map[string][]byte{}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return content, nil
		}
		if err != nil {
			return nil, fmt.Errorf("unpack: %w", err)
		}
		b, err := io.ReadAll(t)
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", h.Name, err)
		}
		if _, name, ok := strings.Cut(h.Name, "/"); ok {
			content[name] = b
		}
	}
}

var sourceMap = regexp.MustCompile(`(?m)^//# sourceMappingURL=.*\n?`)

func edit(to string, b []byte) []byte {
	if strings.HasSuffix(to, ".js") || strings.HasSuffix(to, ".d.ts") {
		b = sourceMap.ReplaceAll(b, nil)
	}
	return append(bytes.TrimRight(b, "\n"), '\n')
}

var (
	comment = regexp.MustCompile(`(?s)<!--.*?-->`)
	outer   = regexp.MustCompile(`(?s)^\s*<svg[^>]*>(.*)</svg>\s*$`)
	blanks  = regexp.MustCompile(`>\s+<`)
)

// sprite joins a package's icons (24 × 24, drawn with strokes) into one file.
func sprite(p *Package, content map[string][]byte) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!-- %s %s, see LICENSE -->\n<svg xmlns=\"http://www.w3.org/2000/svg\">\n", p.Package, p.Version)
	for _, name := range p.Sprite.Icons {
		icon, ok := content["icons/"+name+".svg"]
		if !ok {
			return nil, fmt.Errorf("no icon %s in the package", name)
		}
		inner := outer.FindSubmatch(comment.ReplaceAll(icon, nil))
		if inner == nil {
			return nil, fmt.Errorf("icon %s is not one svg element", name)
		}
		shapes := blanks.ReplaceAll(bytes.TrimSpace(inner[1]), []byte("><"))
		fmt.Fprintf(&b, "<symbol id=%q viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\""+
			" stroke-linecap=\"round\" stroke-linejoin=\"round\">%s</symbol>\n", name, shapes)
	}
	b.WriteString("</svg>\n")
	return b.Bytes(), nil
}

func write(root, to string, b []byte) (string, error) {
	path := filepath.Join(root, to)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", fmt.Errorf("make folder: %w", err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		return "", fmt.Errorf("write %s: %w", to, err)
	}
	return sum(b), nil
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func sha512sum(b []byte) []byte {
	h := sha512.Sum512(b)
	return h[:]
}

package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"folje/test/town"
)

const root = "../.."

// shop has the browsers; TestMain owns it.
var shop town.Workshop

func TestMain(m *testing.M) { os.Exit(shop.Run(m)) }

// The folder of a release is made once, and looked at from all sides: what is in it, that one needs nothing else, and
// that it runs as the systemd unit starts it.
func TestRelease(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a release for Linux runs on Linux")
	}
	had := exec.Command("go", "mod", "download", "-modfile="+toolFile)
	had.Dir = root
	if out, err := had.CombinedOutput(); err != nil && os.Getenv("CI") == "" {
		t.Skipf("what lists a program's parts can't be fetched: %s", out)
	}
	o := Options{Root: root, Out: t.TempDir(), System: "linux", Arch: runtime.GOARCH, Changed: true}
	folder, err := Release(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("checksums", func(t *testing.T) { compareSums(t, folder) })
	t.Run("static", func(t *testing.T) { isStatic(t, filepath.Join(folder, "folje")) })
	t.Run("parts", func(t *testing.T) { listsParts(t, filepath.Join(folder, "folje.cdx.json")) })
	t.Run("as the unit starts it", func(t *testing.T) { runsAsUnit(t, folder) })
}

func compareSums(t *testing.T, folder string) {
	sums, err := os.ReadFile(filepath.Join(folder, checksumsName))
	if err != nil {
		t.Fatal(err)
	}
	summed := map[string]bool{checksumsName: true}
	for lines := bufio.NewScanner(bytes.NewReader(sums)); lines.Scan(); {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := sha256.Sum256(content); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s has another sum", name)
		}
		summed[name] = true
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !summed[e.Name()] {
			t.Errorf("%s has no sum", e.Name())
		}
	}
	for _, name := range []string{"folje", "folje.cdx.json", "LICENSE", "LICENCES.txt", "folje.service", "folje.conf", "Containerfile", "operations.md",
		"folje-node.service", "node.conf", "folje-worker.service", "worker.conf", "folje-edge.service", "edge.conf", "folje-natsd.service", "natsd.conf", "scale.md", "scale-node.md", "scale-nats.md", "scale-edge.md", "grafana.json"} {
		if !summed[name] {
			t.Errorf("%s is missing", name)
		}
	}
}

// isStatic looks that nothing is loaded when the program starts, and that no path of this machine is in it.
func isStatic(t *testing.T, program string) {
	f, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("it is linked when it starts: %v", p.Type)
		}
	}
	content, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(content, []byte(here+"/internal")) {
		t.Error("it has this machine's paths inside")
	}
}

// listsParts looks for some of the parts, with version, address, licence and hash.
func listsParts(t *testing.T, file string) {
	type component struct {
		Name, Version, Purl string
		Hashes              []struct{ Alg, Content string }
		Licenses            []struct{ License struct{ ID string } }
	}
	var bill struct {
		BomFormat, SpecVersion string
		Metadata               struct {
			Component component
		}
		Components []component
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &bill); err != nil {
		t.Fatal(err)
	}
	if bill.BomFormat != "CycloneDX" || bill.Metadata.Component.Name != "folje" || bill.Metadata.Component.Version == "" || len(bill.Metadata.Component.Licenses) != 1 {
		t.Errorf("%s %+v", bill.BomFormat, bill.Metadata)
	}
	wanted := map[string]string{"github.com/pocketbase/pocketbase": "MIT", "modernc.org/sqlite": "BSD-3-Clause", "std": "BSD-3-Clause", "lit-html": "BSD-3-Clause", "age-encryption": "MIT", "ical.js": "MPL-2.0"}
	for _, c := range bill.Components {
		if len(c.Licenses) == 0 || c.Version == "" || c.Purl == "" || len(c.Hashes) == 0 && c.Name != "std" {
			t.Errorf("%s %s lacks its version, address, hash or licence", c.Name, c.Version)
		}
		for _, l := range c.Licenses {
			if wanted[c.Name] == l.License.ID {
				delete(wanted, c.Name)
			}
		}
	}
	if len(wanted) > 0 {
		t.Errorf("not listed with these licences: %v", wanted)
	}
	t.Logf("%d parts, CycloneDX %s", len(bill.Components), bill.SpecVersion)
}

// What the app's page about itself links to is of what is inside now.
func TestLicencesAreOfWhatIsInside(t *testing.T) {
	parts, err := Parts(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	if err := CheckLicences(root, parts); err != nil {
		t.Error(err)
	}
}

func TestALicenceThatDoesNotFitIsNamed(t *testing.T) {
	agpl := Part{Name: "example.org/part", Version: "v1.0.0", Texts: []Text{{"LICENSE", "https://www.gnu.org/licenses/agpl-3.0.html"}}}
	for name, part := range map[string]Part{"of another kind": agpl, "without one": {Name: "example.org/part", Version: "v1.0.0"}} {
		if ids, err := part.Licences(); !errors.Is(err, errLicence) || !strings.Contains(err.Error(), "example.org/part v1.0.0") {
			t.Errorf("%s: %v %v", name, ids, err)
		}
	}
}

// What was released is not released once more, with another checksum.
func TestARepeatedReleaseIsRefused(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "dist", "folje-v1.0.0")
	if _, err := deliver(from, to); err != nil {
		t.Fatal(err)
	}
	if _, err := deliver(from, to); err == nil || !strings.Contains(err.Error(), "remove it first") {
		t.Errorf("%v", err)
	}
}

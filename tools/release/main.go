// Command release makes what is put on a server: one static program with everything inside, and what belongs beside it.
//
//	go run ./tools/release                  makes dist/folje-VERSION-linux-amd64/ of the commit that is checked out
//	go run ./tools/release -arch arm64      for another processor
//	go run ./tools/release -licences        writes public/licences.txt anew, after a dependency came, went or changed
//
// The folder holds the program, its list of parts (SBOM, CycloneDX), the licences of all of them, the systemd unit with
// its configuration, a container file, docs/operations.md, and SHA256SUMS of all that. The version is the tag of the
// commit, such as v1.2.0, or what Go makes of a commit without one. The same commit and the same Go give the same bytes.
// Files that differ from the commit are refused, unless -changed says that this is for trying only.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
)

// Options are what is released, and for which machines.
type Options struct {
	Root    string // of the repository
	Out     string // the folder that gets the release's own
	System  string // GOOS
	Arch    string // GOARCH
	Changed bool   // files may differ from the commit
}

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	o := Options{Root: "."}
	flag.StringVar(&o.Out, "o", "dist", "the folder that gets the release's own")
	flag.StringVar(&o.System, "os", "linux", "the operating system, as Go names it")
	flag.StringVar(&o.Arch, "arch", "amd64", "the processor, as Go names it")
	flag.BoolVar(&o.Changed, "changed", false, "also of files that differ from the commit, for trying")
	licences := flag.Bool("licences", false, "write public/licences.txt anew, and nothing else")
	flag.Parse()
	if err := run(ctx, o, *licences); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, o Options, licences bool) error {
	if licences {
		return WriteLicences(ctx, o.Root)
	}
	folder, err := Release(ctx, o)
	if err != nil {
		return err
	}
	fmt.Println(folder)
	return nil
}

// Release makes the release's folder and answers its path. A folder of that name that is there already is refused: two
// releases of one version would have two checksums.
func Release(ctx context.Context, o Options) (folder string, err error) {
	work, err := os.MkdirTemp("", "folje-release-")
	if err != nil {
		return "", fmt.Errorf("make a working folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()
	root, err := treeOf(ctx, o, work)
	if err != nil {
		return "", err
	}
	made := filepath.Join(work, "made")
	if err := os.Mkdir(made, 0o755); err != nil {
		return "", fmt.Errorf("make a working folder: %w", err)
	}
	program, err := fill(ctx, o, root, made)
	if err != nil {
		return "", err
	}
	return deliver(made, filepath.Join(o.Out, fmt.Sprintf("folje-%s-%s-%s", program.Version, o.System, o.Arch)))
}

// fill puts everything into the folder: what can be wrong is found before the program is built.
func fill(ctx context.Context, o Options, root, folder string) (Program, error) {
	parts, err := Parts(ctx, root)
	if err != nil {
		return Program{}, err
	}
	if err := CheckLicences(root, parts); err != nil {
		return Program{}, err
	}
	program, err := Build(ctx, o, root, folder)
	if err != nil {
		return program, err
	}
	if err := BillOfMaterials(ctx, root, program, parts, filepath.Join(folder, "folje.cdx.json")); err != nil {
		return program, err
	}
	if err := beside(root, folder); err != nil {
		return program, err
	}
	return program, checksums(folder)
}

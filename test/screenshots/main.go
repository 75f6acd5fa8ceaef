// Command screenshots remakes the pictures in docs/images: every screen as it
// is on a small phone, the parents' in Swedish and in Arabic, and for the
// README a letter in Arabic beside its Swedish original.
//
//	go run ./test/screenshots
//
// It needs a Chromium that speaks Swedish and Noto's fonts; of Debian's
// packages: chromium chromium-l10n fonts-noto-core fonts-noto-color-emoji.
package main

import (
	"context"
	"fmt"
	"image/color"
	"log"
	"os"
	"os/signal"
	"path/filepath"

	"folje/test/browser"
	"folje/test/demo"
	"folje/test/program"
	"folje/test/town"
)

// Where the README's picture is taken, and what it is called.
const (
	letter = "letter"
	pair   = "letter-ar-beside-sv"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := remake(ctx); err != nil {
		log.Fatal(err)
	}
}

func remake(ctx context.Context) error {
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "folje-screenshots-")
	if err != nil {
		return fmt.Errorf("make a working folder: %w", err)
	}
	defer os.RemoveAll(folder)
	a := &album{r: program.New(ctx, folder), folder: filepath.Join(root, "docs", "images"), kept: map[string][]byte{}}
	return a.r.Run(a.fill)
}

// album is the folder of the pictures.
type album struct {
	r      *program.Program
	folder string
	kept   map[string][]byte // the pictures that the README's is made of
}

func (a *album) fill() {
	var shop town.Workshop
	a.r.Cleanup(shop.Close)
	if err := os.MkdirAll(a.folder, 0o755); err != nil {
		a.r.Fatalf("make the folder of the pictures: %v", err)
	}
	for _, tag := range []string{"sv", "ar"} {
		shop.Town(a.r).TourParent(tag, a.visit(tag))
	}
	w := shop.Town(a.r)
	w.TourStaff("sv", a.visit("sv"))
	w.TourTranslator("sv", a.visit("sv"))
	a.pair()
}

// visit takes a picture of every screen of a tour.
func (a *album) visit(tag string) town.Visit {
	return func(screen string, page *browser.Page) {
		page.Emulate(browser.Media{ReducedMotion: true})
		a.keep(screen+"-"+tag, page.Screenshot(false))
	}
}

func (a *album) keep(name string, picture []byte) {
	small, err := compress(picture)
	if err != nil {
		a.r.Fatalf("%s: %v", name, err)
	}
	path := filepath.Join(a.folder, name+".png")
	if err := os.WriteFile(path, small, 0o644); err != nil {
		a.r.Fatalf("keep %s: %v", name, err)
	}
	a.kept[name] = picture
	fmt.Printf("%s: %d kB\n", path, len(small)>>10)
}

// pair lays the letter in Arabic beside its original.
func (a *album) pair() {
	both, err := beside(32, color.RGBA{0xd9, 0xd6, 0xd0, 0xff}, a.kept[letter+"-ar"], a.kept[letter+"-sv"])
	if err != nil {
		a.r.Fatalf("%s: %v", pair, err)
	}
	a.keep(pair, both)
}

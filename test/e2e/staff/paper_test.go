package staff_test

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"folje/test/browser"
)

// perMM is how many pixels of a picture are a millimetre of paper.
const perMM = 4

// papers prints the page and gives a picture of every sheet. They stay with the
// test's artefacts, to be looked at.
func papers(t *testing.T, page *browser.Page, name string) []*image.Gray {
	t.Helper()
	draw, err := exec.LookPath("pdftoppm")
	if err != nil {
		t.Skip("poppler's pdftoppm is not here, so nothing can be looked at as it prints")
	}
	at := filepath.Join(t.ArtifactDir(), name)
	if err := os.WriteFile(at+".pdf", page.PDF(), 0o644); err != nil {
		t.Fatal(err)
	}
	resolution := fmt.Sprint(perMM * 25.4)
	if out, err := exec.CommandContext(t.Context(), draw, "-gray", "-r", resolution, at+".pdf", at).CombinedOutput(); err != nil {
		t.Fatalf("draw %s: %v\n%s", name, err, out)
	}
	files, err := filepath.Glob(at + "-*.pgm")
	if err != nil || len(files) == 0 {
		t.Fatalf("%s printed on no sheet: %v", name, err)
	}
	sheets := make([]*image.Gray, len(files))
	for i, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if sheets[i], err = grey(raw); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if size := sheets[i].Bounds().Size(); abs(size.X-210*perMM) > perMM || abs(size.Y-297*perMM) > perMM {
			t.Errorf("%s, sheet %d is no A4: %d × %d mm", name, i+1, size.X/perMM, size.Y/perMM)
		}
	}
	return sheets
}

// grey reads a picture in the format that pdftoppm draws fastest (PGM, binary).
func grey(raw []byte) (*image.Gray, error) {
	var width, height, white int
	r := bytes.NewReader(raw)
	if _, err := fmt.Fscanf(r, "P5\n%d %d\n%d\n", &width, &height, &white); err != nil {
		return nil, fmt.Errorf("read a picture's head: %w", err)
	}
	pixels := raw[len(raw)-r.Len():]
	if len(pixels) != width*height || white != 0xff {
		return nil, fmt.Errorf("%d bytes for %d × %d pixels of %d greys", len(pixels), width, height, white)
	}
	return &image.Gray{Pix: pixels, Stride: width, Rect: image.Rect(0, 0, width, height)}, nil
}

// mm is a part of a sheet, in millimetres from its top left corner.
func mm(left, top, right, bottom int) image.Rectangle {
	return image.Rect(left*perMM, top*perMM, right*perMM, bottom*perMM)
}

// ink reports how many pixels of the part are printed on.
func ink(sheet *image.Gray, part image.Rectangle) (n int) {
	part = part.Intersect(sheet.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		row := sheet.PixOffset(part.Min.X, y)
		for _, grey := range sheet.Pix[row : row+part.Dx()] {
			if grey < 0xc0 {
				n++
			}
		}
	}
	return n
}

// framed fails where something reaches into the frame of a part, from so many
// millimetres inside it to so many: what is cut off runs over that first.
func framed(t *testing.T, what string, sheet *image.Gray, part image.Rectangle, from, to int) {
	t.Helper()
	outer, inner := part.Inset(from*perMM), part.Inset(to*perMM)
	for side, band := range map[string]image.Rectangle{
		"top":    image.Rect(outer.Min.X, outer.Min.Y, outer.Max.X, inner.Min.Y),
		"bottom": image.Rect(outer.Min.X, inner.Max.Y, outer.Max.X, outer.Max.Y),
		"left":   image.Rect(outer.Min.X, outer.Min.Y, inner.Min.X, outer.Max.Y),
		"right":  image.Rect(inner.Max.X, outer.Min.Y, outer.Max.X, outer.Max.Y),
	} {
		if n := ink(sheet, band); n > 0 {
			t.Errorf("%s: something is cut off at the %s (%d pixels)", what, side, n)
		}
	}
	if ink(sheet, inner) == 0 {
		t.Errorf("%s: nothing is printed", what)
	}
}

func abs(n int) int { return max(n, -n) }

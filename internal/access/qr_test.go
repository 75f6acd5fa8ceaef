package access

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"
)

var runs = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// modules reads a path back to the set of dark modules.
func modules(t *testing.T, q QR) map[[2]int]bool {
	t.Helper()
	if rest := runs.ReplaceAllString(q.Path, ""); rest != "" {
		t.Fatalf("path holds more than runs: %.80q", rest)
	}
	dark := map[[2]int]bool{}
	for _, m := range runs.FindAllStringSubmatch(q.Path, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		n, _ := strconv.Atoi(m[3])
		if m[3] != m[4] || n == 0 {
			t.Fatalf("run %q does not close", m[0])
		}
		for i := range n {
			if dark[[2]int{x + i, y}] {
				t.Fatalf("module %d,%d is drawn twice", x+i, y)
			}
			dark[[2]int{x + i, y}] = true
		}
	}
	return dark
}

func TestQRPathIsTheCode(t *testing.T) {
	for _, content := range []string{"https://folje.example/join#ABCDE-FGHJK", strings.Repeat("å", 150)} {
		q, err := NewQR(content)
		if err != nil {
			t.Fatal(err)
		}
		code, err := qr.Encode(content, qr.M, qr.Auto)
		if err != nil {
			t.Fatal(err)
		}
		side := code.Bounds().Dx()
		if q.Size != side+8 {
			t.Fatalf("size %d for %d modules", q.Size, side)
		}
		dark := modules(t, q)
		for y := range q.Size {
			for x := range q.Size {
				inside := x >= 4 && y >= 4 && x < side+4 && y < side+4
				want := inside && code.At(x-4, y-4) == color.Color(color.Black)
				if dark[[2]int{x, y}] != want {
					t.Fatalf("module %d,%d is %v", x, y, !want)
				}
			}
		}
	}
}

func TestQRRefusesTooMuch(t *testing.T) {
	if _, err := NewQR(strings.Repeat("x", 10_000)); err == nil {
		t.Error("10 kB fitted into a QR code")
	}
}

func TestQRIsReadByAReader(t *testing.T) {
	zbar, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Skip("zbarimg (Debian: zbar-tools) is not installed")
	}
	const content = "https://folje.example/join#ABCDE-FGHJK"
	q, err := NewQR(content)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "qr.png")
	draw(t, q, file)
	out, err := exec.Command(zbar, "--quiet", "--raw", file).Output()
	if err != nil || strings.TrimSpace(string(out)) != content {
		t.Errorf("read %q, %v", out, err)
	}
}

func draw(t *testing.T, q QR, file string) {
	t.Helper()
	const scale = 4
	dark := modules(t, q)
	picture := image.NewGray(image.Rect(0, 0, q.Size*scale, q.Size*scale))
	for y := range q.Size * scale {
		for x := range q.Size * scale {
			if !dark[[2]int{x / scale, y / scale}] {
				picture.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, picture); err != nil {
		t.Fatal(err)
	}
}
